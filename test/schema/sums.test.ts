import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ColumnMeanings } from '../../src/database/columns.js';
import { editions } from '../../src/queries/editions.js';
import { evidence } from '../../src/queries/evidence.js';
import { type InspectionResult, rateInspection, type StandardResult } from '../../src/ratings/inspection.js';
import { testDatabase } from '../support/database.js';
import { type Counts, fromAnswers, type Worked } from '../support/from-answers.js';
import { loadProgramme } from '../support/programme.js';
import { renew } from '../support/renew.js';

// Every number that db/views/columns.yaml calls additive is summed over all that it may be summed over, and the sum is what the case
// answers come to, counted without a view: by plain SQL over the base tables, or by the ratings computation in TypeScript.
const database = testDatabase();

let worked: Worked[];
let rated: {
  id: number;
  result: InspectionResult;
  decided: ReadonlyMap<string, { from: string; to: string }>;
}[];

beforeAll(async () => {
  const { db } = database;
  await loadProgramme(database, { inspections: 60, seed: 5 });
  // One is known by its ratings alone, of another a percentage is published: what is left out is counted too.
  const inspections = sql`(select inspection_id from core.inspection where is_synthetic and edition_code = '2021' order by 1 limit 2)`;
  await sql`delete from core.answer where inspection_id in ${inspections}`.execute(db);
  await sql`
    insert into core.published_result (inspection_id, question_id, sample_id, percent)
    select max(inspection_id), question_id, sample_id, 60
    from ${inspections} as without_answers, core.question join core.standard using (edition_code, standard_code)
    where edition_code = '2021' and question_code in ('2.1.1', '2.1.1.a')
    group by question_id, sample_id`.execute(db);
  await renew(db);
  worked = await fromAnswers(db);
  const known = await editions(db);
  rated = (await evidence(db))
    .filter(({ inspectionId }) => worked.some(({ id }) => id === inspectionId))
    .flatMap(({ inspectionId, edition, evidence: of }) => {
      const rules = known.get(edition);
      return rules ? [{ id: inspectionId, result: rateInspection(rules, of), decided: of.decisions }] : [];
    });
});

type Figure = () => number | Promise<number>;

const total = (of: (one: Worked) => number): number => worked.reduce((sum, one) => sum + of(one), 0);

// Answers, case by case.
const [keyQuestions, prompts] = [/^\d\.\d\.\d$/, /^\d\.\d\.\d\.\w$/];
const answers =
  (codes: RegExp, of: (counts: Counts) => number): Figure =>
  () =>
    total(({ questions }) =>
      [...questions].filter(([code]) => codes.test(code)).reduce((sum, [, counts]) => sum + of(counts), 0),
    );
const yes = (counts: Counts) => counts.yes;
const no = (counts: Counts) => counts.no;
const relevant = (counts: Counts) => counts.yes + counts.no;
const notApplicable = (counts: Counts) => counts.all - counts.yes - counts.no;
const all = (counts: Counts) => counts.all;
const asking =
  (code: string): Figure =>
  () =>
    total(({ questions }) => Number(questions.has(code)));
const notAsking =
  (code: string): Figure =>
  async () =>
    worked.length - (await asking(code)());

// Case-based standards, as rated in TypeScript.
type Rated = StandardResult & { decided?: { from: string; to: string } | undefined };
const standards =
  (is: (one: Rated) => boolean, code?: string): Figure =>
  () =>
    rated
      .flatMap(({ result, decided }) =>
        result.standards.map((one) => ({ ...one, decided: decided.get(one.code) })),
      )
      .filter((one) => one.basis === 'cases' && (code ?? one.code) === one.code && is(one)).length;
const isComputed = (one: Rated) => one.computedRating !== null;
const decisions = (is: (one: Rated) => boolean) =>
  standards((one) => isComputed(one) && one.decided !== undefined && is(one));
const steps = ({ decided }: Rated) => rank(decided?.to) - rank(decided?.from);
const rank = (rating?: string) =>
  ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'].indexOf(rating ?? '');
const grounds = ({ grounds: known }: Rated) => [
  known?.nearBoundary ?? null,
  known?.oneCaseFlips ?? null,
  known?.smallSample ?? null,
];
const lowest = ({ drivingKeyQuestion, tiedKeyQuestions }: Rated) => [
  drivingKeyQuestion,
  ...(tiedKeyQuestions?.split(', ') ?? []),
];
const overall =
  (of: (result: InspectionResult['overall']) => number | null): Figure =>
  () =>
    rated.reduce((sum, { result }) => sum + (of(result.overall) ?? 0), 0);

/** The last inspection of each service. */
const latest = () =>
  worked.filter((one) =>
    worked.every(
      ({ serviceId, asOf, id }) =>
        serviceId !== one.serviceId || asOf < one.asOf || (asOf === one.asOf && id <= one.id),
    ),
  );
const keyQuestionsOf = ({ questions }: Worked, of: (counts: Counts) => number) =>
  [...questions].reduce((sum, [code, counts]) => sum + (keyQuestions.test(code) ? of(counts) : 0), 0);
const overallOf = (id: number) =>
  rated.find((one) => one.id === id)?.result.overall as InspectionResult['overall'];

// Rows of base tables.
const counted =
  (rows: string, of = '1'): Figure =>
  async () => {
    const { rows: found } = await sql<{ sum: number }>`
      select coalesce(sum(${sql.raw(of)}), 0)::integer as sum from ${sql.raw(rows)}`.execute(database.db);
    return found[0]?.sum as number;
  };
const invented = 'join core.inspection using (inspection_id) where is_synthetic';
const sampled = (sample = '%') =>
  counted(`core.inspected_case join core.sample using (sample_id) ${invented} and sample like '${sample}'`);
const rowsOf = (table: string) => counted(`core.${table} ${invented}`);
const pair = (which: string, is: string) =>
  counted(
    `core.question_pair join core.answer on question_id = ${which}_question_id ${invented} and answer in (${is})`,
  );

const [isYes, isRelevant] = ["'yes'", "'yes', 'no'"];
const asked = "key_question = '2.1.1'";
const gender = "attribute = 'gender'";

/** View and column; what has to be equal where it is not to be summed over; and what the sum is to be. */
const sums: Record<string, Record<string, Figure | [string, Figure]>> = {
  key_question_result: {
    yes: answers(keyQuestions, yes),
    no: answers(keyQuestions, no),
    relevant: answers(keyQuestions, relevant),
    not_applicable: answers(keyQuestions, notApplicable),
    // of the inspections without answers the number of cases is known
    inspected: [`${asked} and evidence = 'case answers'`, answers(/^2\.1\.1$/, all)],
    eligible: [
      asked,
      counted(
        `core.inspection_sample join core.inspection using (inspection_id) join core.sample using (sample_id)
         where is_synthetic and sample = 'court' and inspection_id in (
           select inspection_id from core.answer union select inspection_id from core.published_result)`,
        'eligible_cases',
      ),
    ],
  },
  prompt_result: {
    yes: answers(prompts, yes),
    no: answers(prompts, no),
    relevant: answers(prompts, relevant),
    not_applicable: answers(prompts, notApplicable),
    inspected: ["prompt = '2.1.1.a' and evidence = 'case answers'", answers(/^2\.1\.1\.a$/, all)],
  },
  key_question_trend: {
    yes: answers(keyQuestions, yes),
    relevant: answers(keyQuestions, relevant),
    inspections: [asked, asking('2.1.1')],
    inspections_without_counts: [asked, notAsking('2.1.1')],
    percentages_only: [asked, () => 1],
  },
  key_question_all_years: {
    yes: answers(keyQuestions, yes),
    relevant: answers(keyQuestions, relevant),
    inspections: [asked, asking('2.1.1')],
    inspections_without_counts: [asked, notAsking('2.1.1')],
    percentages_only: [asked, () => 1],
  },
  prompt_trend: {
    yes: answers(prompts, yes),
    relevant: answers(prompts, relevant),
    inspections: ["prompt = '2.1.1.a'", asking('2.1.1.a')],
    inspections_without_counts: ["prompt = '2.1.1.a'", notAsking('2.1.1.a')],
    percentages_only: ["prompt = '2.1.1.a'", () => 1],
  },
  standard_trend: {
    yes: answers(keyQuestions, yes),
    relevant: answers(keyQuestions, relevant),
    inspections: ["standard = '2.1'", asking('2.1.1')],
    inspections_without_counts: ["standard = '2.1'", notAsking('2.1.1')],
    percentages_only: ["standard = '2.1'", () => 1],
  },
  question_pair: {
    yes: pair('first', isYes),
    relevant: pair('first', isRelevant),
    other_yes: pair('second', isYes),
    other_relevant: pair('second', isRelevant),
  },
  question_pair_trend: {
    yes: pair('first', isYes),
    relevant: pair('first', isRelevant),
    other_yes: pair('second', isYes),
    other_relevant: pair('second', isRelevant),
    inspections: [asked, asking('2.1.1')],
    inspections_without_counts: [asked, notAsking('2.1.1')],
  },
  subgroup_count: {
    cases: [
      `${asked} and ${gender}`,
      counted(
        `core.inspected_case join core.sample using (sample_id) ${invented} and sample = 'court' and inspection_id in (select inspection_id from core.answer)`,
      ),
    ],
    // one of its values says that it is not known
    yes: [gender, answers(keyQuestions, yes)],
    no: [gender, answers(keyQuestions, no)],
    relevant: [gender, answers(keyQuestions, relevant)],
    not_applicable: [gender, answers(keyQuestions, notApplicable)],
  },
  // what is protected would be missing in sums of what is shown
  subgroup_trend: {
    inspections: [`${asked} and ${gender} and value = 'male'`, asking('2.1.1')],
    inspections_without_answers: [`${asked} and ${gender} and value = 'male'`, notAsking('2.1.1')],
  },
  subgroup_all_years: {
    inspections: [`${asked} and ${gender} and value = 'male'`, asking('2.1.1')],
    inspections_without_answers: [`${asked} and ${gender} and value = 'male'`, notAsking('2.1.1')],
  },
  discretion_trend: {
    inspections: standards(isComputed),
    inspections_not_computed: standards((one) => !isComputed(one)),
    decisions: decisions(() => true),
    up: decisions((one) => steps(one) > 0),
    down: decisions((one) => steps(one) < 0),
    decisions_near_boundary: decisions((one) => grounds(one)[0] === true),
    decisions_one_case_flips: decisions((one) => grounds(one)[1] === true),
    decisions_small_sample: decisions((one) => grounds(one)[2] === true),
    decisions_without_ground: decisions((one) => grounds(one).every((ground) => ground === false)),
    decisions_ground_unknown: decisions((one) => grounds(one).includes(null) && !grounds(one).includes(true)),
    decisions_not_computed: standards((one) => !isComputed(one) && one.decided !== undefined),
  },
  rating_driver: {
    alone: standards((one) => isComputed(one) && lowest(one).length === 1),
    tied: [asked, standards((one) => lowest(one).length > 1 && lowest(one).includes('2.1.1'), '2.1')],
    driving: [asked, standards((one) => lowest(one).includes('2.1.1'), '2.1')],
    inspections: [asked, standards(isComputed, '2.1')],
    inspections_not_computed: [
      // the same in each row of a year and edition
      `${asked} and (year, edition, coalesce(rating, '')) in (
        select year, edition, min(coalesce(rating, '')) from analytics.rating_driver where is_synthetic and ${asked} group by 1, 2)`,
      standards((one) => !isComputed(one), '2.1'),
    ],
    from_percentages: [
      asked,
      standards((one) => isComputed(one) && one.evidence === 'published percentages', '2.1'),
    ],
  },
  rating_trend: {
    inspections: ["standard = 'overall'", () => worked.length],
    as_published: ["standard = '2.1'", standards((one) => one.ratingSource === 'published', '2.1')],
  },
  standard_rating: {
    score: () =>
      rated.flatMap(({ result }) => result.standards).reduce((sum, { score }) => sum + (score ?? 0), 0),
  },
  overall_rating: {
    score: overall(({ score }) => score),
    max_score: overall(({ maxScore }) => maxScore),
    score_without_discretion: overall(({ scoreWithoutDiscretion }) => scoreWithoutDiscretion),
    published_score: counted(`core.published_overall ${invented}`, 'score'),
  },
  service_history: {
    score: overall(({ score }) => score),
    max_score: overall(({ maxScore }) => maxScore),
  },
  league_table: {
    yes: () => latest().reduce((sum, one) => sum + keyQuestionsOf(one, yes), 0),
    relevant: () => latest().reduce((sum, one) => sum + keyQuestionsOf(one, relevant), 0),
    score: () => latest().reduce((sum, { id }) => sum + (overallOf(id).score ?? 0), 0),
    max_score: () => latest().reduce((sum, { id }) => sum + (overallOf(id).maxScore ?? 0), 0),
  },
  service: { inspections: counted('core.inspection') },
  inspection: {
    court_cases: sampled('court'),
    out_of_court_cases: sampled('out_of_court'),
    resettlement_cases: sampled('resettlement'),
    recommendations_made: rowsOf('recommendation'),
    recommendations_listed: rowsOf('recommendation'),
    facts_listed: rowsOf('context_fact'),
    findings_listed: rowsOf('finding'),
  },
  inspection_sample: {
    cases: sampled(),
    eligible: counted(`core.inspection_sample ${invented}`, 'eligible_cases'),
    case_manager_interviews: counted(`core.inspection_sample ${invented}`, 'case_manager_interviews'),
  },
  sample_kind: { cases: ['not is_in_whole', sampled()] },
};

const meanings = new ColumnMeanings();
const cases = Object.entries(sums).flatMap(([view, columns]) =>
  Object.entries(columns).map(([column, sum]) => [`${view}.${column}`, view, column, sum] as const),
);

test.each(cases)('the sum of %s', async (_, view, column, sum) => {
  const [where, figure] = Array.isArray(sum) ? sum : ['true', sum];
  const invented = view === 'service' ? sql`true` : sql`is_synthetic`;
  const { rows } = await sql<{ sum: number }>`
    select coalesce(sum(${sql.ref(column)}), 0)::integer as sum from ${sql.table(`analytics.${view}`)}
    where ${invented} and ${sql.raw(where)}`.execute(database.db);
  expect(rows[0]?.sum).toBe(await figure());
});

test('every number that may be summed is summed above', async () => {
  const { rows } = await sql<{ view: string; name: string }>`
    select table_name as view, column_name as name from information_schema.columns where table_schema = 'analytics'`.execute(
    database.db,
  );
  const additive = rows.filter(
    ({ view, name }) => ![undefined, 'no'].includes(meanings.of(name, view).additive as 'no'),
  );
  expect(additive.map(({ view, name }) => `${view}.${name}`).sort()).toEqual(
    cases.map(([named]) => named).sort(),
  );
});
