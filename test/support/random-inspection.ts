import fc from 'fast-check';
import { sql, type Transaction } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import type { Framework } from '../../src/framework/framework.js';
import type { EditionFile } from '../../src/import/edition/edition-entries.js';
import { edition as readEdition } from '../../src/queries/editions.js';
import { days, mostSamples } from './random-edition.js';

type Known =
  | 'nothing'
  | 'answers'
  | 'counts'
  | 'percentage'
  | 'counts and percentage'
  | 'lost'
  | 'impossible'
  | 'not applicable';

/** An inspection as dice say: chances that are read off one after the other, so that any edition can use them. */
export interface RandomInspection {
  /** null where only the publication is known, and with it only ratings. */
  fieldworkStart: string | null;
  /** A day; NULL, or not said, where it is not known. */
  published?: string | null;
  /** Which of the edition's programmes it is of. */
  programme: number;
  /** Cases of each sample; null where the source does not say. */
  cases: (number | null)[];
  /** Of each sample, whether each case gives its answers; needs the number of cases. */
  answered: boolean[];
  questions: {
    known: Known;
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

const kinds: Known[] = ['nothing', 'counts', 'percentage', 'counts and percentage', 'lost', 'not applicable'];

/** A random inspection: few or many cases, every kind of evidence, gaps everywhere. */
export function randomInspection(): fc.Arbitrary<RandomInspection> {
  const share = fc.integer({ min: 0, max: 1000 });
  // often so many that their fractions are near the boundaries of random bands
  const cases = fc.option(fc.oneof(fc.integer({ min: 0, max: 25 }), fc.constantFrom(3, 6, 7, 12)), {
    freq: 6,
  });
  const chosen = fc.option(fc.nat(100));
  const ofEachSample = { minLength: mostSamples, maxLength: mostSamples };
  return fc.record({
    fieldworkStart: fc.constantFrom(...days),
    programme: fc.nat(1),
    cases: fc.array(cases, ofEachSample),
    answered: fc.array(fc.boolean(), ofEachSample),
    questions: fc.array(
      fc.record({
        // mostly counts, so that standards are often computed
        known: fc.oneof(
          { weight: 3, arbitrary: fc.constant<Known>('counts') },
          { weight: 2, arbitrary: fc.constantFrom(...kinds) },
        ),
        relevant: share,
        yes: share,
        percent: fc.integer({ min: 0, max: 100 }),
        answers: fc.array(fc.nat(2), { minLength: 25, maxLength: 25 }),
        judged: fc.option(fc.nat(100), { freq: 4 }),
      }),
      { minLength: 60, maxLength: 60 },
    ),
    standards: fc.array(
      fc.record({ judged: chosen, decided: fc.option(fc.nat(100), { freq: 1 }), published: chosen }),
      {
        minLength: 9,
        maxLength: 9,
      },
    ),
    overall: chosen,
  });
}

/** The rows of random inspections, by table. A table's rows all have the same columns. */
export interface RandomRows {
  'core.service': { service_id: number; service_code: string; area: string }[];
  'core.inspection': Record<string, string | number | boolean | null>[];
  'core.inspection_sample': Record<string, string | number | null>[];
  'core.inspected_case': Record<string, string | number | null>[];
  'core.answer': Record<string, string | number>[];
  'core.published_result': Record<string, number | boolean | null>[];
  'core.published_standard_rating': Record<string, string | number>[];
  'core.qualitative_rating': Record<string, string | number>[];
  'core.judged_question': Record<string, string | number>[];
  'core.panel_decision': Record<string, string | number>[];
  'core.published_overall': Record<string, string | number>[];
}

/** The tables of random inspections, each after those that it refers to. */
export const randomTables = [
  'core.service',
  'core.inspection',
  'core.inspection_sample',
  'core.inspected_case',
  'core.answer',
  'core.published_result',
  'core.published_standard_rating',
  'core.qualitative_rating',
  'core.judged_question',
  'core.panel_decision',
  'core.published_overall',
] as const satisfies (keyof RandomRows)[];

/** No row of any table. */
export const noRandomRows = (): RandomRows =>
  Object.fromEntries(randomTables.map((table) => [table, []])) as unknown as RandomRows;

/** Writes a random inspection under an edition that is in the database. Returns its key. */
export async function writeRandomInspection(
  trx: Transaction<DB>,
  edition: EditionFile,
  random: RandomInspection,
  number: number,
): Promise<number> {
  const framework = await readEdition(trx, String(edition.edition));
  const key = randomKeys + number;
  const rows = noRandomRows();
  addRandomRows(rows, framework, random, key);
  for (const table of randomTables) {
    const columns = Object.keys(rows[table][0] ?? {});
    if (columns.length === 0) continue;
    const names = sql.join(columns.map((column) => sql.ref(column)));
    await sql`
      insert into ${sql.table(table)} (${names}) overriding system value
      select ${names}
      from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows[table])}::text::json)`.execute(
      trx,
    );
  }
  return key;
}

/** Keys from here on are those of random inspections and services. */
export const randomKeys = 500_000;

/** Adds the rows of a random inspection, and of a service of its own, which both have the given key. Pure but for `rows`. */
export function addRandomRows(
  rows: RandomRows,
  framework: Framework,
  random: RandomInspection,
  key: number,
): void {
  const inspection_id = key;
  const name = `random-${key}`;
  const { fieldworkStart, published = null } = random;
  rows['core.service'].push({ service_id: key, service_code: name, area: `Random ${key}` });
  rows['core.inspection'].push({
    inspection_id,
    inspection_code: name,
    service_id: key,
    edition_code: framework.code,
    programme: framework.programmes[random.programme % framework.programmes.length]?.name as string,
    service_at_inspection: `Random ${key}`,
    fieldwork_start: fieldworkStart,
    fieldwork_precision: fieldworkStart === null ? 'not known' : 'day',
    published,
    published_year: published === null ? null : Number(published.slice(0, 4)),
    published_precision: published === null ? null : 'day',
    is_synthetic: true,
  });
  const own = { inspection_id, edition_code: framework.code };
  let caseNo = 0;
  for (const [at, { id: sample_id, kinds }] of [...framework.samples.values()].entries()) {
    // without its fieldwork an inspection is known by its ratings only
    if (fieldworkStart === null) continue;
    const cases = random.cases[at] ?? null;
    rows['core.inspection_sample'].push({ ...own, sample_id, cases });
    const questions = [...framework.questions.values()]
      .filter((question) => question.sampleId === sample_id)
      .map(({ id }, q) => ({
        id,
        dice: random.questions[(q + 17 * at) % random.questions.length] as RandomInspection['questions'][0],
      }));
    const first = caseNo + 1;
    if (cases && random.answered[at]) {
      caseNo += cases;
      for (let case_no = first; case_no <= caseNo; case_no++)
        rows['core.inspected_case'].push({
          inspection_id,
          case_no,
          sample_id,
          pseudonym: `case ${case_no}`,
          kind: [...kinds.keys()].at(-1) ?? null,
        });
      for (const { id, dice } of questions) {
        // some questions go unanswered, so that published figures stand in for them
        if (dice.known === 'lost') continue;
        for (let c = 0; c < cases; c++)
          rows['core.answer'].push({
            inspection_id,
            case_no: first + c,
            question_id: id,
            sample_id,
            answer: answerValues[dice.known === 'not applicable' ? 2 : (dice.answers[c] as number)] as string,
          });
      }
    }
    for (const { id, dice } of questions) {
      const figures = publishedFigures(dice, cases ?? 20);
      if (figures)
        rows['core.published_result'].push({
          inspection_id,
          question_id: id,
          sample_id,
          ...nothingPublished,
          ...figures,
        });
    }
  }
  const pick = (roll: number) => framework.ratings[roll % framework.ratings.length] as string;
  for (const [q, { id, basis, level }] of [...framework.questions.values()].entries()) {
    const { judged } = random.questions[q % random.questions.length] as RandomInspection['questions'][0];
    if (basis === 'qualitative' && level === 'key question' && fieldworkStart !== null && judged !== null)
      rows['core.judged_question'].push({ ...own, question_id: id, rating: pick(judged) });
  }
  for (const [at, { code: standard_code, basis }] of framework.standards.entries()) {
    const dice = random.standards[at % 9] as RandomInspection['standards'][0];
    if (dice.published !== null)
      rows['core.published_standard_rating'].push({ ...own, standard_code, rating: pick(dice.published) });
    if (basis === 'qualitative' && dice.judged !== null)
      rows['core.qualitative_rating'].push({ ...own, standard_code, rating: pick(dice.judged) });
    if (basis === 'cases' && dice.decided !== null && pick(dice.decided) !== pick(dice.decided + 1))
      rows['core.panel_decision'].push({
        ...own,
        standard_code,
        from_rating: pick(dice.decided),
        to_rating: pick(dice.decided + 1),
        reason: 'dice',
      });
  }
  if (random.overall !== null)
    rows['core.published_overall'].push({
      ...own,
      rating: pick(random.overall),
    });
}

const answerValues = ['yes', 'no', 'not applicable'];

const nothingPublished = {
  relevant: null,
  yes: null,
  percent: null,
  no_relevant_case: false,
  relevant_lost: false,
  yes_lost: false,
  percent_lost: false,
};

function publishedFigures(dice: RandomInspection['questions'][0], cases: number) {
  const relevant = Math.floor((dice.relevant * (cases + 1)) / 1001);
  const yes = Math.floor((dice.yes * (relevant + 1)) / 1001);
  const { percent } = dice;
  switch (dice.known) {
    case 'counts':
      return { relevant, yes };
    case 'percentage':
      return { percent };
    case 'counts and percentage':
      return { relevant, yes, percent };
    case 'lost':
      return dice.yes % 2 === 0
        ? { yes, relevant_lost: true }
        : dice.yes % 3 === 0
          ? { percent_lost: true }
          : { relevant, yes_lost: true };
    case 'impossible':
      return dice.yes % 2 === 0
        ? { relevant, yes: relevant + 1, percent }
        : { relevant: cases + 1, yes, ...(dice.yes % 3 === 0 && { percent }) };
    case 'not applicable':
      return { no_relevant_case: true };
    default:
      return undefined;
  }
}
