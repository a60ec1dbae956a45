import type { ContextEntry } from '../../../src/import/bundle/inspection-file.js';
import { oneOf } from '../../../src/simulate/random.js';
import type { Row } from '../blocks.js';
import type { Making } from '../style.js';
import { capital, inWords, monthText, thousands } from '../words.js';
import { fill } from './fill.js';

type Fact = Omit<ContextEntry, 'place'>;

/** Background, with some figures in its sentences. */
export function background(making: Making): void {
  const { draft, inspected, words, random } = making;
  draft.add({ kind: 'heading', level: 2, text: 'Background' });
  draft.add({ kind: 'paragraph', text: fill(making, 3) });
  if (random.isBelow(0.5)) {
    const population = random.whole(60, 700) * 1000 + 100 * random.whole(1, 9);
    const year = Number(inspected.from.slice(0, 4)) - 1;
    const key = 'background population';
    draft.add({
      kind: 'paragraph',
      key,
      text: `In ${year}, the population of ${inspected.service.area} was estimated to be ${thousands(population)}. ${fill(making, 1)}`,
    });
    tellFact(making, { measure: 'total population', value: population, unit: 'people', year }, key);
  }
  draft.add({
    kind: 'paragraph',
    text: `The ${words.team} is there for ${words.children} aged 10 to 18, with a sentence or without one. ${fill(making, 2)}`,
  });
}

/** Contextual facts: population, characteristics of the children with the national figures, caseload. */
export function facts(making: Making): void {
  const { draft, inspected, words, content, random } = making;
  const { service } = inspected;
  const year = Number(inspected.from.slice(0, 4));
  const population = random.whole(60, 900) * 1000 + random.whole(1, 999);
  const young = Math.round(population * 0.08) + random.whole(-40, 40);
  draft.add({
    kind: 'heading',
    level: 2,
    text: content.facts === 'stacked' ? 'Key facts' : 'Contextual facts',
  });

  const ons = draft.note(
    `Office for National Statistics. (${year}). UK population estimates, mid-${year - 1}.`,
    'ons',
  );
  const mid = { source: 'Office for National Statistics', year: year - 1 };
  const entrants = random.whole(80, 420);
  const nationalEntrants = random.whole(160, 290);
  const entrantsPeriod = `January to December ${year - 1}`;
  const entrantsNote = draft.note(
    `Youth Justice Board. (${year}). First-time entrants, ${entrantsPeriod}.`,
    'entrants',
  );
  const reoffending = random.whole(18, 49);
  const nationalReoffending = random.whole(30, 42);
  const reoffendingPeriod = `April ${year - 2} to March ${year - 1}`;
  const reoffendingNote = draft.note(
    `Ministry of Justice. (${monthText(`${year}-01`)}). Proven reoffending statistics, ${reoffendingPeriod}.`,
    'reoffending',
  );
  const rates: { fact: Fact; own: string; national: string; label: string; nationalLabel: string }[] = [
    {
      fact: {
        measure: 'first-time entrant rate',
        value: entrants,
        national_value: nationalEntrants,
        unit: 'rate per 100,000',
        period: entrantsPeriod,
        source: 'Youth Justice Board',
      },
      own: String(entrants),
      national: String(nationalEntrants),
      label: `First-time entrant rate per 100,000 in ${service.area} ${entrantsNote}`,
      nationalLabel: 'First-time entrant rate per 100,000 in England and Wales',
    },
    {
      fact: {
        measure: 'reoffending rate',
        percent: reoffending,
        national_percent: nationalReoffending,
        period: reoffendingPeriod,
        source: 'Ministry of Justice',
      },
      own: `${reoffending}%`,
      national: `${nationalReoffending}%`,
      label: `Reoffending rate in ${service.area} ${reoffendingNote}`,
      nationalLabel: 'Reoffending rate in England and Wales',
    },
  ];
  const rateRows: Row[] = [];
  for (const [at, { fact, own, national, label, nationalLabel }] of rates.entries()) {
    const key = `rate ${at}`;
    if (content.facts === 'stacked') {
      const heading =
        at === 0
          ? `First-time entrant rate${entrantsNote} per 100,000`
          : `Reoffending rates${reoffendingNote}`;
      draft.add({ kind: 'paragraph', text: heading, key });
      draft.add(
        { kind: 'paragraph', text: own },
        { kind: 'paragraph', text: `${service.area} ${words.team}` },
      );
      draft.add({ kind: 'paragraph', text: national });
      draft.add({ kind: 'paragraph', text: 'Average for England and Wales' });
    } else {
      rateRows.push(pair(making, own, label, key), pair(making, national, nationalLabel));
    }
    tellFact(making, fact, key);
  }
  draft.add({ kind: 'heading', level: 3, text: 'Population information' });
  rateRows.push(
    pair(
      making,
      thousands(population),
      `Total population ${service.area} (${year - 1}) ${ons}`,
      'population',
    ),
    pair(
      making,
      thousands(young),
      `Total youth population (10–17 years) in ${service.area} (${year - 1}) ${ons}`,
      'youth population',
    ),
  );
  draft.add({ kind: 'table', rows: rateRows });
  tellFact(making, { measure: 'total population', value: population, unit: 'people', ...mid }, 'population');
  tellFact(
    making,
    { measure: 'youth population (10-17 years)', value: young, unit: 'children', ...mid },
    'youth population',
  );

  const statistics = draft.note(
    `Youth Justice Board. (${year}). Youth justice annual statistics: ${year - 2} to ${year - 1}.`,
    'statistics',
  );
  draft.add({
    kind: 'heading',
    level: 3,
    text: `Demographics of ${words.children} cautioned or sentenced${statistics}`,
  });
  const about = {
    measure: 'children cautioned or sentenced',
    period: `${year - 2} to ${year - 1}`,
    source: 'Youth Justice Board',
  };
  const splits: [string, string, string[]][] = [
    ['age', 'Age', ['10–14 years', '15–17 years']],
    ['ethnicity', 'Race/ethnicity', ['White', 'Black and minority ethnic', 'Unknown']],
    ['gender', 'Gender', ['Male', 'Female']],
  ];
  for (const [breakdown, title, categories] of splits) {
    const own = shares(making, categories.length);
    const national = shares(making, categories.length);
    const key = `split ${breakdown}`;
    const rows = [
      { cells: [`${service.area} ${words.team}`, ...own.map((share) => `${share}%`)], key },
      { cells: ['National average', ...national.map((share) => `${share}%`)] },
    ];
    draft.add({ kind: 'table', header: [title, ...categories], rows });
    for (const [at, category] of categories.entries()) {
      const percent = own[at] as number;
      tellFact(
        making,
        { ...about, breakdown, category, percent, national_percent: national[at] as number },
        key,
      );
    }
  }

  const supplied = draft.note(
    `${oneOf(random, ['Information', 'Data'])} supplied by the ${words.team}, reflecting the caseload at the time of the inspection announcement.`,
    'supplied',
  );
  draft.add({ kind: 'heading', level: 3, text: `Additional caseload data${supplied}` });
  const caseload: [string, string][] = [
    ['community sentences', 'Total current caseload: community sentences'],
    ['in custody', 'Total current caseload in custody'],
    ['on licence', 'Total current caseload on licence'],
    ['youth caution', 'Total current caseload: youth caution'],
    ['youth conditional caution', 'Total current caseload: youth conditional caution'],
    [
      'community resolution or other out-of-court disposal',
      'Total current caseload: community resolution or other out-of-court disposal',
    ],
  ];
  const rows: Row[] = [];
  for (const [category, label] of caseload) {
    if (random.isBelow(0.1)) continue;
    const value = random.whole(0, 60);
    const key = `caseload ${category}`;
    rows.push(pair(making, String(value), label, key));
    tellFact(
      making,
      { measure: 'current caseload', category, value, unit: 'cases', source: 'Supplied by the service' },
      key,
    );
  }
  draft.add({ kind: 'table', rows });
}

/** Figures that stand with a standard of domain 1. */
export function standardFacts(making: Making, standard: string): void {
  const { draft, words, random } = making;
  const tell = (fact: Fact, key: string) => tellFact(making, { ...fact, domain: '1', standard }, key);
  if (standard === '1.1' && random.isBelow(0.4)) {
    const spend = random.whole(400, 4000) * 1000 + random.whole(0, 999);
    draft.add({ kind: 'heading', level: 4, text: 'Key data' });
    const key = 'spend';
    draft.add({
      kind: 'table',
      rows: [{ cells: ['Total spend in previous financial year', `£${thousands(spend)}`], key }],
    });
    tell({ measure: 'total spend in previous financial year', value: spend, unit: 'pounds' }, key);
  }
  if (standard === '1.2') {
    const note = draft.note(
      `Data supplied by the ${words.team} and reflecting staffing at the time of the inspection announcement.`,
      'staffing',
    );
    draft.add({ kind: 'heading', level: 4, text: `Key staffing data${note}` });
    const staff = random.whole(12, 95);
    const caseload = random.whole(3, 14);
    const rows: Row[] = [
      { cells: ['Total staff headcount (full-time equivalent, FTE)', String(staff)], key: 'staff' },
      { cells: ['Average caseload per case manager (FTE)', String(caseload)], key: 'average' },
    ];
    const source = 'Supplied by the service';
    tell({ measure: 'total staff headcount', value: staff, unit: 'full-time equivalent', source }, 'staff');
    tell({ measure: 'average caseload per case manager', value: caseload, unit: 'cases', source }, 'average');
    if (random.isBelow(0.6)) {
      const vacancy = random.whole(0, 25);
      rows.push({
        cells: [
          'Vacancy rate (total unfilled posts as a percentage of total staff headcount)',
          `${vacancy}%`,
        ],
        key: 'vacancy',
      });
      tell({ measure: 'vacancy rate', percent: vacancy, source }, 'vacancy');
    }
    draft.add({ kind: 'table', rows });
    if (random.isBelow(0.4)) {
      const share = random.whole(21, 97);
      const text = `${capital(inWords(share))} per cent of staff said that they understood the plans of the ${words.team}.`;
      draft.add({ kind: 'paragraph', text, key: 'prose staff' });
      tell({ measure: 'staff who said that they understood the plans', percent: share }, 'prose staff');
    }
  }
  if (standard === '1.3' && random.isBelow(0.4)) {
    draft.add({ kind: 'heading', level: 4, text: 'Caseload characteristics' });
    const shares: [string, string][] = [
      ['caseload with mental health issues', 'Percentage of current caseload with mental health issues'],
      [
        'caseload with substance misuse issues',
        'Percentage of current caseload with substance misuse issues',
      ],
    ];
    const rows = shares.map(([measure, label]) => {
      const percent = random.whole(8, 70);
      tell({ measure, percent }, measure);
      return { cells: [label, `${percent}%`], key: measure };
    });
    draft.add({ kind: 'table', rows });
  }
}

/** A figure and what it is, in the order of the style. */
function pair({ content, random }: Making, figure: string, label: string, key?: string): Row {
  const isFirst = content.facts !== 'label first';
  const cells = isFirst ? [figure, label] : [label, figure];
  return {
    cells,
    ...(key !== undefined && { key }),
    ...(random.isBelow(0.3) && { bold: [isFirst ? 0 : 1] }),
  };
}

/** Whole percentages that sum to 100. */
function shares({ random }: Making, count: number): number[] {
  let left = 100;
  const parts: number[] = [];
  for (let at = count - 1; at > 0; at--) {
    const part = random.whole(0, Math.floor((left * 2) / (at + 2)));
    parts.push(part);
    left -= part;
  }
  return [left, ...parts];
}

function tellFact({ draft }: Making, fact: Fact, key: string): void {
  const number = new Set(draft.truth.filter(({ path }) => path[0] === 'context').map(({ path }) => path[1]))
    .size;
  for (const [field, value] of Object.entries(fact))
    draft.tell(['context', number, field], value as string | number, key);
}
