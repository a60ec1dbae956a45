import type { StandardEntry } from '../../../src/import/edition/edition-file.js';
import { oneOf } from '../../../src/simulate/random.js';
import type { Row } from '../blocks.js';
import type { Making } from '../style.js';
import { worded } from '../words.js';
import { asked, questionRow } from './figures.js';
import { fill } from './fill.js';
import { discretionCitation } from './standard.js';

/** How it was inspected and rated: bands and scores that are no results. */
export function methodology(making: Making): void {
  const { draft, inspected, words } = making;
  const { edition, file } = inspected;
  const rules = edition.rules[0]!;
  draft.add({ kind: 'page', number: 40 });
  draft.add({ kind: 'heading', level: 2, text: 'Annexe 1: Methodology' });
  draft.add({ kind: 'heading', level: 3, text: 'HM Inspectorate of Probation standards' });
  draft.add({ kind: 'paragraph', text: fill(making, 2) });
  draft.add({ kind: 'heading', level: 4, text: 'Domain one: organisational delivery' });
  draft.add({
    kind: 'bullets',
    items: [
      { text: `How does the ${words.team} know that its work is effective?` },
      { text: 'What are your priorities for the coming year?' },
    ],
  });
  const { court_disposals: court, out_of_court_disposals: outOfCourt } = file.sample ?? {};
  draft.add({ kind: 'heading', level: 4, text: 'Domain two: court disposals' });
  draft.add({
    kind: 'paragraph',
    text: `We examined ${court?.cases} court disposals. So many are enough to speak for all of them.`,
  });
  draft.add({ kind: 'heading', level: 4, text: 'Domain three: out-of-court disposals' });
  draft.add({
    kind: 'paragraph',
    text: `We examined ${outOfCourt?.cases} out-of-court disposals. Sixty per cent of all cases were to be of domain two, and 40 per cent of domain three.`,
  });
  draft.add({ kind: 'heading', level: 3, text: 'Ratings explained' });
  const names = ['Minority', 'Too few', 'Reasonable majority', 'Large majority'];
  draft.add({
    kind: 'table',
    header: ['Lowest banding (key question level)', 'Rating (standard)'],
    rows: rules.bands.map(({ from_percent, rating }, at) => {
      const next = rules.bands[at + 1]?.from_percent;
      const range =
        at === 0 ? `<${next}%` : next === undefined ? `${from_percent}%+` : `${from_percent}-${next - 1}%`;
      return { cells: [`${names[at] ?? 'Band'}: ${range}`, rating] };
    }),
  });
  draft.add({
    kind: 'paragraph',
    text: `Each of the ${rules.counting_standards.length} standards is scored on a 0–3 scale. Adding the scores gives the overall rating. The ratings panel may use professional discretion where the lowest percentage is close to the boundary.`,
  });
  draft.add({
    kind: 'table',
    header: ['Score', 'Rating (overall)'],
    rows: rules.overall_bands.map(({ from_score, rating }, at) => {
      const next = rules.overall_bands[at + 1]?.from_score ?? 3 * rules.counting_standards.length + 1;
      return { cells: [`${from_score}-${next - 1}`, rating] };
    }),
  });
}

/** Results of the key questions, standard by standard, with their numbers. */
export function resultsAnnexe(making: Making): void {
  const { draft, inspected, words, random } = making;
  draft.add({ kind: 'page', number: 43 });
  draft.add({ kind: 'heading', level: 2, text: 'Annexe 2: Inspection results' });
  for (const domain of inspected.edition.domains) {
    draft.add({ kind: 'heading', level: 3, text: `${domain.code}. ${domain.title}` });
    const rows: Row[] = [];
    const isSplit = random.isBelow(0.5);
    const numbered = (number: string, rest: string[]) =>
      isSplit ? [number, ...rest] : [`${number} ${rest[0]}`, ...rest.slice(1)];
    for (const standard of domain.standards) {
      const decided = discretionCitation(making, standard.code);
      const rating = `${inspected.rating(standard.code) ?? 'Not rated'}${decided ? ` ${decided}` : ''}`;
      rows.push({ cells: numbered(`${standard.code}.`, [standard.title, rating]) });
      rows.push({
        cells: numbered('', [worded(standard.statement ?? '', words), '']).map((cell) => cell.trim()),
      });
      for (const question of asked(making, standard.key_questions)) {
        if (standard.basis === 'qualitative') {
          rows.push({ cells: numbered(`${question.code}.`, [worded(question.text, words), '']) });
          continue;
        }
        const row = questionRow(making, question, { level: 'key question' });
        if (row) rows.push({ ...row, cells: numbered(`${question.code}.`, row.cells) });
      }
    }
    const title = ['Standards and key questions', domain.sample ? 'Rating and % yes' : 'Rating'];
    draft.add({ kind: 'table', header: isSplit ? ['', ...title] : title, rows });
  }
}

/** Results of the prompts, lettered below their key questions. */
export function dataAnnexe(making: Making): void {
  const { draft, inspected } = making;
  draft.add({ kind: 'page', number: 44 });
  draft.add({ kind: 'heading', level: 2, text: 'Annexe 2: Inspection data' });
  draft.add({
    kind: 'paragraph',
    text: 'Percentages are of all inspected cases. Some questions do not apply in all of them.',
  });
  const mark = draft.note('Percentages are rounded.', 'rounded');
  draft.add({ kind: 'paragraph', text: `Data from inspected cases:${mark}`, bold: true });
  for (const domain of inspected.edition.domains) {
    for (const standard of domain.standards)
      if (standard.basis === 'cases') standardData(making, standard, domain.title.toLowerCase());
  }
}

function standardData(making: Making, standard: StandardEntry, domain: string): void {
  const { draft, words, look, random } = making;
  const rows: Row[] = [{ cells: [`${standard.code}. ${standard.title} (${domain})`, ''], bold: [0] }];
  for (const question of asked(making, standard.key_questions)) {
    rows.push({ cells: [worded(question.text, words), ''], bold: [0] });
    let letter = 0;
    for (const prompt of asked(making, question.prompts)) {
      // The source itself prints a letter twice now and then.
      if (letter > 1 && random.isBelow(0.03)) letter--;
      const before = `${String.fromCharCode(97 + letter++)}) `;
      const row = questionRow(making, prompt, { level: 'prompt', before });
      if (row) rows.push(look.bold === 'none' ? row : { ...row, bold: [1] });
    }
  }
  draft.add({ kind: 'table', ...(random.isBelow(0.3) && { header: ['', `% 'Yes'`] }), rows });
}

/** Words and what they mean: rows that are no results. */
export function glossary({ draft, words, random }: Making): void {
  if (random.isBelow(0.4)) return;
  draft.add({ kind: 'heading', level: 2, text: oneOf(random, ['Annexe 3: Glossary', 'Glossary']) });
  draft.add({
    kind: 'table',
    rows: [
      { cells: ['AssetPlus', 'A framework for assessing and planning in work with children who offended.'] },
      { cells: ['Desistance', 'That somebody stops offending.'] },
      { cells: ['Planning', 'What follows from an assessment, and comes before delivery.'] },
      {
        cells: [words.team, 'The team that works with children who offended, of several services together.'],
      },
    ],
  });
}
