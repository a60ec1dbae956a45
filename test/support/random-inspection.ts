import { sql, type Transaction } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import type { Framework } from '../../src/framework/framework.js';
import { readFrameworks } from '../../src/framework/read-frameworks.js';
import { draws, oneOf, weighted } from '../../src/simulate/random.js';
import { days, mostSamples } from './random-edition.js';

/** What is known of a question. */
const kinds = [
  ...(['counts', 'percentage', 'counts and percentage', 'lost'] as const),
  ...(['not applicable', 'nothing', 'impossible'] as const),
];

/** What is known of most inspections: all counts, all percentages, a mixture, and figures with gaps. */
const mixtures = [
  [1, 0, 0, 0, 0.05, 0, 0],
  [0, 1, 0, 0, 0.05, 0, 0],
  [4, 2, 2, 0.2, 0.5, 0.2, 0.2],
  [2, 1, 1, 1, 1, 1, 1],
] as const;

/** An inspection as dice say: chances that are read off one after the other, so that any edition can use them. */
export interface RandomInspection {
  /** null where only the publication is known, and with it only ratings. */
  fieldworkStart: string | null;
  published: string | null;
  /** Which of the edition's programmes it is of. */
  programme: number;
  /** Cases of each sample; null where the source does not say. */
  cases: (number | null)[];
  /** Of each sample, whether each case gives its answers; needs the number of cases. */
  answered: boolean[];
  questions: {
    known: (typeof kinds)[number];
    relevant: number;
    yes: number;
    percent: number;
    answers: number[];
    /** The rating of a key question that is judged; null where none is recorded. */
    judged: number | null;
  }[];
  standards: { judged: number | null; decided: number | null; published: number | null }[];
  overall: number | null;
}

/**
 * The random inspection of a seed and number: the same ones give the same inspection. Each has a temper of its own, so that what is
 * rare comes up together in some; samples are as large as real ones, up to 71 cases.
 */
export function drawnInspection(seed: number, number: number): RandomInspection {
  const random = draws(seed, 'random inspection', number);
  const yes = random.uniform();
  const notApplicable = random.isBelow(0.3) ? random.uniform() : 0.1;
  const allAnswered = random.isBelow(0.25) ? 1 : 0.05;
  const known = oneOf(random, mixtures);
  const cases = Array.from({ length: mostSamples }, () =>
    random.isBelow(0.1) ? null : random.whole(0, weighted(random, [5, 15, 71], [2, 5, 3])),
  );
  const answered = cases.map(() => random.isBelow(allAnswered));
  const most = Math.max(...cases.map((count, at) => (answered[at] ? (count ?? 0) : 0)));
  const isListed = random.isBelow(0.03);
  const chosen = (chance: number) => (random.isBelow(chance) ? random.whole(0, 100) : null);
  const answer = () => {
    if (random.isBelow(notApplicable)) return 2;
    return random.isBelow(yes) ? 0 : 1;
  };
  return {
    fieldworkStart: isListed ? null : oneOf(random, days),
    published: isListed || random.isBelow(0.5) ? oneOf(random, days) : null,
    programme: random.whole(0, 1),
    cases,
    answered,
    questions: Array.from({ length: 60 }, () => ({
      known: weighted(random, kinds, known),
      relevant: random.isBelow(0.1) ? 0 : random.whole(0, 1000),
      yes: Math.floor(1000 * (yes + random.uniform() * (1 - yes))),
      percent: random.whole(0, 100),
      answers: Array.from({ length: most }, answer),
      judged: chosen(0.9),
    })),
    standards: Array.from({ length: 9 }, () => ({
      judged: chosen(0.9),
      decided: chosen(0.15),
      published: chosen(0.7),
    })),
    overall: chosen(0.8),
  };
}

/** The tables of random inspections, each after those that it refers to. */
export const randomTables = [
  ...(['core.service', 'core.inspection', 'core.inspection_sample', 'core.inspected_case'] as const),
  ...(['core.answer', 'core.published_result', 'core.published_standard_rating'] as const),
  ...(['core.qualitative_rating', 'core.judged_question', 'core.panel_decision'] as const),
  'core.published_overall',
] as const;
type Row = Record<string, string | number | boolean | null>;
type Rows = Record<(typeof randomTables)[number], Row[]>;

/** Keys from here on are those of random inspections and services. */
export const randomKeys = 500_000;

/** Writes random inspections under an edition that is in the database, numbered from a number on. Returns their keys. */
export async function writeRandomInspections(
  trx: Transaction<DB>,
  { code }: Framework,
  inspections: readonly RandomInspection[],
  from = 0,
): Promise<number[]> {
  const framework = (await readFrameworks(trx, [code])).get(code) as Framework;
  const rows = Object.fromEntries(randomTables.map((table) => [table, [] as Row[]])) as Rows;
  const keys = inspections.map((inspection, at) => {
    addRows(rows, framework, inspection, randomKeys + from + at);
    return randomKeys + from + at;
  });
  for (const table of randomTables) {
    // a table's rows all have the same columns
    const columns = sql.join(Object.keys(rows[table][0] ?? {}).map((column) => sql.ref(column)));
    if (rows[table].length > 0)
      await sql`
        insert into ${sql.table(table)} (${columns}) overriding system value
        select ${columns}
        from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows[table])}::text::json)`.execute(
        trx,
      );
  }
  return keys;
}

/** Adds the rows of a random inspection, and of a service of its own, which both have the given key. */
function addRows(rows: Rows, framework: Framework, random: RandomInspection, key: number): void {
  const [inspection_id, edition_code, name] = [key, framework.code, `random-${key}`];
  const { fieldworkStart, published, programme } = random;
  const questions = [...framework.questions.values()];
  const diceOf = (at: number) =>
    random.questions[at % random.questions.length] as RandomInspection['questions'][0];
  rows['core.service'].push({ service_id: key, service_code: name, area: `Random ${key}` });
  rows['core.inspection'].push({
    inspection_id,
    inspection_code: name,
    service_id: key,
    edition_code,
    programme: framework.programmes[programme % framework.programmes.length]?.name as string,
    service_at_inspection: `Random ${key}`,
    fieldwork_start: fieldworkStart,
    fieldwork_precision: fieldworkStart === null ? 'not known' : 'day',
    published,
    published_year: published === null ? null : Number(published.slice(0, 4)),
    published_precision: published === null ? null : 'day',
    is_synthetic: true,
  });
  let caseNo = 0;
  // without its fieldwork an inspection is known by its ratings only
  const samples = fieldworkStart === null ? [] : [...framework.samples.values()];
  for (const [at, { id: sample_id, kinds }] of samples.entries()) {
    const cases = random.cases[at] ?? null;
    rows['core.inspection_sample'].push({ inspection_id, edition_code, sample_id, cases });
    const asked = questions
      .filter((question) => question.sampleId === sample_id)
      .map(({ id }, q) => ({ question_id: id, dice: diceOf(q + 17 * at) }));
    for (let c = 0; random.answered[at] && c < (cases ?? 0); c++) {
      const case_no = ++caseNo;
      const kind = [...kinds.keys()].at(-1) ?? null;
      rows['core.inspected_case'].push({
        ...{ inspection_id, case_no, sample_id, pseudonym: `case ${case_no}`, kind },
      });
      for (const { question_id, dice } of asked) {
        // some questions go unanswered, so that published figures stand in for them
        if (dice.known === 'lost') continue;
        const answer = answerValues[dice.known === 'not applicable' ? 2 : (dice.answers[c] as number)];
        rows['core.answer'].push({
          inspection_id,
          case_no,
          question_id,
          sample_id,
          answer: answer as string,
        });
      }
    }
    for (const { question_id, dice } of asked) {
      const figures = publishedFigures(dice, cases ?? 20);
      const whose = { inspection_id, question_id, sample_id };
      if (figures) rows['core.published_result'].push({ ...whose, ...nothingPublished, ...figures });
    }
  }
  const own = { inspection_id, edition_code };
  const pick = (roll: number) => framework.ratings[roll % framework.ratings.length] as string;
  for (const [q, { id, basis, level }] of questions.entries()) {
    const { judged } = diceOf(q);
    if (basis === 'qualitative' && level === 'key question' && fieldworkStart !== null && judged !== null)
      rows['core.judged_question'].push({ ...own, question_id: id, rating: pick(judged) });
  }
  for (const [at, { code: standard_code, basis }] of framework.standards.entries()) {
    const { judged, decided, published } = random.standards[at % 9] as RandomInspection['standards'][0];
    if (published !== null)
      rows['core.published_standard_rating'].push({ ...own, standard_code, rating: pick(published) });
    if (basis === 'qualitative' && judged !== null)
      rows['core.qualitative_rating'].push({ ...own, standard_code, rating: pick(judged) });
    if (basis === 'cases' && decided !== null && pick(decided) !== pick(decided + 1)) {
      const change = { from_rating: pick(decided), to_rating: pick(decided + 1), reason: 'dice' };
      rows['core.panel_decision'].push({ ...own, standard_code, ...change });
    }
  }
  if (random.overall !== null) rows['core.published_overall'].push({ ...own, rating: pick(random.overall) });
}

const answerValues = ['yes', 'no', 'not applicable'];

const nothingPublished = {
  ...{ relevant: null, yes: null, percent: null, no_relevant_case: false },
  ...{ relevant_lost: false, yes_lost: false, percent_lost: false },
};

function publishedFigures({ known, percent, ...dice }: RandomInspection['questions'][0], cases: number) {
  const relevant = Math.floor((dice.relevant * (cases + 1)) / 1001);
  const yes = Math.floor((dice.yes * (relevant + 1)) / 1001);
  const lost = [
    { yes, relevant_lost: true },
    dice.yes % 3 === 0 ? { percent_lost: true } : { relevant, yes_lost: true },
  ];
  const impossible = [
    { relevant, yes: relevant + 1, percent },
    { relevant: cases + 1, yes, ...(dice.yes % 3 === 0 && { percent }) },
  ];
  return {
    counts: { relevant, yes },
    percentage: { percent },
    'counts and percentage': { relevant, yes, percent },
    lost: lost[dice.yes % 2],
    impossible: impossible[dice.yes % 2],
    'not applicable': { no_relevant_case: true },
    nothing: undefined,
  }[known];
}
