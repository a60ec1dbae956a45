import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { writeEdition } from '../../src/import/edition/write-edition.js';
import { load } from '../../src/import/load.js';
import { dbPath, packageFolder } from '../../src/paths.js';
import type { rateInspection } from '../../src/ratings/inspection.js';
import { compareSqlAndTypescript, compareWith } from '../../src/reconcile/sql-and-typescript.js';
import { editionOfBatch, inspectionOfBatch } from '../support/agreement-batch.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { plain } from '../support/random-edition.js';
import { type RandomInspection, writeRandomInspection } from '../support/random-inspection.js';
import { renew } from '../support/renew.js';

// Each rule is stated in the views and in src/ratings. Broken in one of them, it has to be seen in the public views, held against
// the other; that they agree would prove little otherwise.

const database = testDatabase();
const files = testFolder();
const seed = 7;
const editions = 24;
const inspections = 8;
let db: Kysely<DB>;

beforeAll(async () => {
  db = database.db;
  await db.transaction().execute(async (trx) => {
    for (let batch = 0; batch < editions; batch++) {
      const written = edition(batch);
      await writeEdition(trx, written);
      for (let number = 0; number < inspections; number++) {
        const drawn = inspectionOfBatch({ seed, batch, inspections }, number);
        const one = number % 3 === 0 ? withoutRelevantCases(drawn) : drawn;
        await writeRandomInspection(trx, written, one, batch * inspections + number);
      }
    }
    await renew(trx);
  });
  const editionFile = (file: string) => readFile(path.join(packageFolder, 'test', 'editions', file), 'utf8');
  const folder = await files.folder({
    'rules.yaml': await editionFile('two-programmes.yaml'),
    'questions.yaml': await editionFile('two-programmes-questions.yaml'),
  });
  // what is judged is as low as what is counted, or lower than that
  const bundles = [judgedLow('2040-05-07', 12), judgedLow('2040-06-07', 13)].map((text) =>
    files.bundle(text),
  );
  await load(db, [folder, ...(await Promise.all(bundles))]);
  await sql`analyze`.execute(db);
}, 120_000);

const unratedRules = ['overall not rated', 'bands in proportion', 'counts as lowest'] as const;

/** An edition in which every standard counts, some of them more than once; of three, one has each rule for unrated standards. */
function edition(number: number): EditionFile {
  const whole = editionOfBatch({ seed, batch: Math.floor(number / 3), inspections });
  const drawn = number % 4 === 1 ? plain(whole) : whole;
  return {
    ...drawn,
    edition: `random ${number}`,
    rules: drawn.rules.map((rules) => ({
      ...rules,
      counting_standards: Object.fromEntries(
        (drawn.programmes.find(({ programme }) => programme === rules.programme)?.standards ?? []).map(
          (code, at) => [code, 1 + (at % 3)],
        ),
      ),
      // enough of them summed for every rule of the sum to come up
      ...(number % 4 < 2 && { overall: 'summed' as const, not_known: [] }),
      unrated_standard: unratedRules[number % 3] as (typeof unratedRules)[number],
    })),
  };
}

/** An inspection under the edition of two programmes: 65% is Good and 64% is Fair, and one answer of twenty is 5%. */
const judgedLow = (day: string, yes: number) => `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "${day}"}
edition: "2040"
samples: {community: {cases: 20}}
judgements: {O1: Good}
key_questions:
  C1.1: {relevant_cases: 20, yes: 20}
  C1.2: {rating: Fair}
  C1.3: {relevant_cases: 20, yes: ${yes}}
`;

/** The same inspection with every judged standard rated, and no relevant case for any other: what is left is a smaller maximum. */
const withoutRelevantCases = (drawn: RandomInspection): RandomInspection => ({
  ...drawn,
  fieldworkStart: drawn.fieldworkStart ?? '2021-01-02',
  answered: [false, false],
  questions: drawn.questions.map((one) => ({ ...one, known: 'not applicable' })),
  standards: drawn.standards.map((_, at) => ({ judged: at, decided: null, published: null })),
  overall: drawn.overall ?? 1,
});

test('unbroken, the two agree', async () => {
  expect((await compareSqlAndTypescript(db)).differences).toEqual([]);
});

/** A file of functions or views, what it says, and what it says wrongly. */
type Broken = [what: string, file: string, right: string, wrong: string];

const inSql: Broken[] = [
  [
    'relevant cases',
    'views/3-percentages/question_evidence.sql',
    'yes::integer + no as',
    'yes::integer + no + not_applicable as',
  ],
  [
    'no',
    'views/3-percentages/question_evidence.sql',
    'known.relevant - known.yes as no',
    'known.relevant as no',
  ],
  [
    'a question in force',
    'views/3-percentages/question_evidence.sql',
    'rating.holds(question.in_force, rules.as_of)',
    'not rating.holds(question.in_force, rules.as_of)',
  ],
  [
    'lost percentages',
    'views/3-percentages/question_evidence.sql',
    'or known.is_percent_lost then 2',
    'then 2',
  ],
  [
    'the base',
    'views/3-percentages/question_percentage.sql',
    "case base when 'relevant' then relevant when 'inspected' then inspected end as base_count",
    'inspected as base_count',
  ],
  [
    'no relevant case',
    'views/3-percentages/question_percentage.sql',
    'relevant > 0 or (',
    'relevant >= 0 or (',
  ],
  [
    'half up',
    'functions/percentage.sql',
    "when 'half up' then (200 * yes + base)",
    "when 'half up' then (200 * yes + base - 1)",
  ],
  ['down', 'functions/percentage.sql', "when 'down' then 100 * yes /", "when 'down' then (100 * yes + 1) /"],
  [
    'rounded or exact',
    'views/3-percentages/key_question_result.sql',
    "when band_on = 'rounded' then percent",
    "when band_on <> 'rounded' then percent",
  ],
  [
    'the band',
    'views/3-percentages/key_question_result.sql',
    'band_ratings[band] as rating',
    'band_ratings[greatest(band - 1, 1)] as rating',
  ],
  [
    'the lowest band',
    'views/4-ratings/standard_lowest.sql',
    'min(band) as lowest_band',
    'max(band) as lowest_band',
  ],
  [
    'the question that sets it',
    'views/4-ratings/standard_lowest.sql',
    'codes[1] as driving',
    'codes[cardinality(codes)] as driving',
  ],
  [
    'unknown, but the lowest there is',
    'views/4-ratings/standard_result.sql',
    'unknown = 0 or computed_rank = 0',
    'unknown = 0',
  ],
  [
    'a panel decides',
    'views/4-ratings/standard_result.sql',
    'panel_decision.to_rating,\n      qualitative_rating',
    'panel_decision.from_rating,\n      qualitative_rating',
  ],
  [
    'published where nothing is computed',
    'views/4-ratings/standard_result.sql',
    '      published.rating\n',
    '      null\n',
  ],
  [
    'one case flips it',
    'views/4-ratings/standard_result.sql',
    'rated.computed_rank) or ground.falls',
    'rated.computed_rank) and ground.falls',
  ],
  [
    'near a boundary',
    'views/4-ratings/discretion_ground.sql',
    'percent - band_percents[band] <= discretion_points',
    'percent - band_percents[band] < discretion_points',
  ],
  [
    'a small sample',
    'views/4-ratings/discretion_ground.sql',
    'or inspected <= discretion_sample',
    'or inspected < discretion_sample',
  ],
  [
    'a small sub-sample',
    'views/4-ratings/discretion_ground.sql',
    'relevant <= discretion_sample or',
    'base_count <= discretion_sample or',
  ],
  [
    'enough relevant cases',
    'views/4-ratings/discretion_ground.sql',
    'least(base_count, relevant)',
    'base_count',
  ],
  [
    'more than were inspected',
    'views/3-percentages/question_evidence.sql',
    'greatest(published.yes, published.relevant) <= sample.cases',
    'published.yes <= sample.cases',
  ],
  [
    'a percentage of no case',
    'views/3-percentages/question_evidence.sql',
    'case when sample.cases is distinct from 0 then published.percent::integer end',
    'published.percent::integer',
  ],
  ['an empty sample', 'views/3-percentages/question_evidence.sql', 'where sample.cases = 0', 'where false'],
  [
    'an unrated standard',
    'views/4-ratings/overall_score.sql',
    'unrated * rules.lowest_score',
    'unrated * rules.highest_score',
  ],
  [
    'unknown standards',
    'views/4-ratings/overall_score.sql',
    'when unknown is not null then',
    'when false then',
  ],
  [
    'bands in proportion',
    'views/4-ratings/overall_band.sql',
    'banded_score * full_score / max_score',
    'banded_score',
  ],
  [
    'a limit',
    'views/4-ratings/overall_band.sql',
    'filter (where low >= minimum_standards))[1] as ceiling_rank',
    'filter (where low > minimum_standards))[1] as ceiling_rank',
  ],
  [
    'which rules hold',
    'views/1-rules/inspection_rule.sql',
    'rating.holds(rules.in_force, inspection.as_of)',
    'rating.holds(rules.in_force, inspection.as_of - 1)',
  ],
  [
    'published overall',
    'views/4-ratings/overall_result.sql',
    'coalesce(banded.rating, banded.printed_rating) as rating',
    'banded.rating as rating',
  ],
  [
    'what is judged lower',
    'views/4-ratings/standard_result.sql',
    'coalesce(judged.rating_rank < rules',
    'coalesce(judged.rating_rank > rules',
  ],
  [
    'what is judged, and not recorded',
    'views/4-ratings/standard_result.sql',
    '- coalesce(cardinality(judged.settled), 0) as unknown',
    '- asked.judged_questions as unknown',
  ],
  [
    'what is judged holds a rating',
    'views/4-ratings/standard_result.sql',
    'and rated.judged_rank is distinct from rated.computed_rank',
    '',
  ],
  [
    'what is judged lower, and answers that would make it lower still',
    'views/4-ratings/discretion_ground.sql',
    'when judged.rating_rank is not null',
    'when false',
  ],
  [
    'which key questions count: how many',
    'views/1-rules/standard_period.sql',
    "else standard.rated_from <> 'counted key questions'",
    'else true',
  ],
  [
    'which key questions count: the lowest of which',
    'views/4-ratings/judged_lowest.sql',
    "and standard.rated_from <> 'counted key questions'",
    '',
  ],
  [
    'grounds where what is judged counts alone',
    'views/4-ratings/standard_result.sql',
    'and rated.counted_questions > 0',
    '',
  ],
  [
    'standards of the programme',
    'views/4-ratings/standard_result.sql',
    'join core.programme_standard using (edition_code, programme)\n  join core.standard using (edition_code, standard_code)',
    'join core.standard using (edition_code)',
  ],
  [
    'weights of points',
    'views/4-ratings/standard_result.sql',
    'rating_score.score::integer * counting_standard.weight as score',
    'rating_score.score::integer as score',
  ],
  [
    'weights of the maximum',
    'views/4-ratings/overall_score.sql',
    'coalesce(sum(weight) filter (where rating is not null), 0) as rated',
    'count(weight) filter (where rating is not null) as rated',
  ],
  [
    'a full score',
    'views/1-rules/rule_period.sql',
    'sum(weight)::integer as weights',
    'count(*)::integer as weights',
  ],
  ['overall judged', 'views/4-ratings/overall_score.sql', "when overall = 'judged' then", 'when false then'],
  ['no overall rating', 'views/4-ratings/overall_score.sql', "when overall = 'none' then", 'when false then'],
  [
    'an overall rule that is not known',
    'views/4-ratings/overall_score.sql',
    'when overall is null or',
    'when',
  ],
  [
    'an overall rule of which a part is not known',
    'views/4-ratings/overall_score.sql',
    'or overall_scores is null or full_score is null then',
    'then',
  ],
  [
    'bands that are not known',
    'views/4-ratings/standard_result.sql',
    'when band_percents is null and counted_questions > 0 then',
    'when false then',
  ],
  [
    'a base that is not known',
    'views/3-percentages/question_percentage.sql',
    "case base when 'relevant' then relevant when 'inspected' then inspected end as base_count",
    "case base when 'relevant' then relevant else inspected end as base_count",
  ],
  [
    'intervals',
    'views/9-public/key_question_result.sql',
    'counted.base_count, result.z) as low',
    'counted.base_count, display.z) as low',
  ],
];

describe('a rule that is broken in SQL is seen in the public views:', () => {
  test.each(inSql)('%s', async (_what, file, right, wrong) => {
    const text = await readFile(dbPath(file), 'utf8');
    expect(text.split(right)).toHaveLength(2);
    await rolledBack(db, async (trx) => {
      const statements = text
        .replace(right, () => wrong)
        .replaceAll(/^create (view|function)/gm, 'create or replace $1');
      await sql.raw(statements).execute(trx);
      const seen = await sql`select rating.rate_edition(edition_code) from core.edition`
        .execute(trx)
        .then(() => compareSqlAndTypescript(trx))
        .then(
          ({ differences }) => differences.length,
          // that it can't be computed at all is seen as well
          () => 1,
        );
      expect(seen).toBeGreaterThan(0);
    });
  });
});

const inTypescript: Broken[] = [
  ['half up', 'percentage.ts', '2 * rest >= base ? whole + 1', '2 * rest > base ? whole + 1'],
  ['up', 'percentage.ts', 'return rest > 0 ? whole + 1 : whole', 'return rest > 1 ? whole + 1 : whole'],
  ['half even', 'percentage.ts', 'whole % 2 === 1', 'whole % 2 === 0'],
  [
    'a printed percentage',
    'percentage.ts',
    '(yes, base, rounding) === printed',
    '(yes, base, rounding) >= printed',
  ],
  ['no yes', 'percentage.ts', 'low: yes === 0 ? 0 :', 'low: yes === 1 ? 0 :'],
  [
    'the base',
    'question.ts',
    "base === null ? null : base === 'relevant' ? relevant : inspected",
    "base === null ? null : base === 'relevant' ? inspected : relevant",
  ],
  [
    'no relevant case',
    'question.ts',
    'yes !== null && yes > 0 : relevant > 0',
    'yes !== null && yes > 0 : relevant >= 0',
  ],
  [
    'relevant cases',
    'question.ts',
    'relevant: yes + no, printed',
    'relevant: yes + no + notApplicable, printed',
  ],
  [
    'rounded or exact',
    'question.ts',
    "rules.bandOn === 'rounded' ? rounded : exact",
    "rules.bandOn === 'rounded' ? exact : rounded",
  ],
  ['rounding matters', 'question.ts', ': rounded !== exact', ': rounded === exact'],
  [
    'the lowest band',
    'standard.ts',
    'rankOf(rules, a.result.rating) - rankOf(rules, b.result.rating)',
    'rankOf(rules, b.result.rating) - rankOf(rules, a.result.rating)',
  ],
  [
    'unknown, but the lowest there is',
    'standard.ts',
    'unknown.length === 0 || rank === 0',
    'unknown.length === 0 || rank === 1',
  ],
  [
    'near a boundary',
    'standard.ts',
    'Math.abs(percent - boundary) <= points',
    'Math.abs(percent - boundary) < points',
  ],
  ['a small sample', 'standard.ts', 'cases <= sample', 'cases < sample'],
  ['a small sub-sample', 'standard.ts', '[relevant, inspected].some(', '[inspected].some('],
  ['enough relevant cases', 'standard.ts', 'Math.min(baseCount, relevant ?? baseCount)', 'baseCount'],
  ['more yes than relevant cases', 'question.ts', '(yes ?? 0) <= (relevant ?? most)', 'true'],
  ['more than were inspected', 'question.ts', '(relevant ?? 0) <= most', 'true'],
  [
    'a percentage of no case',
    'question.ts',
    'inspected === 0 ? null : published.percent',
    'published.percent',
  ],
  ['an empty sample', 'question.ts', 'return inspected === 0 ?', 'return false ?'],
  ['one case flips it', 'standard.ts', '!isOpen) || toFall <= judgements', '!isOpen) || toFall < judgements'],
  [
    'a panel decides',
    'inspection.ts',
    'evidence.decisions.get(standard.code)?.to]',
    'evidence.decisions.get(standard.code)?.from]',
  ],
  ['published overall', 'inspection.ts', 'result.rating ?? evidence.publishedOverall', 'result.rating'],
  ['an unrated standard', 'overall.ts', 'asLowest * Math.min(...points)', 'asLowest * Math.max(...points)'],
  [
    'bands in proportion',
    'overall.ts',
    '? rules.overallBands.findLast(({ fromScore }) => fromScore * maxScore <= score * full)',
    '? rules.overallBands.findLast(({ fromScore }) => fromScore <= score)',
  ],
  [
    'a limit',
    'overall.ts',
    'low.length < limit.minimumStandards ||',
    'low.length <= limit.minimumStandards ||',
  ],
  [
    'which limit',
    'overall.ts',
    'rankOf(rules, limit.overallAtMost) >= rank',
    'rankOf(rules, limit.overallAtMost) > rank',
  ],
  [
    'which rules hold',
    'rules.ts',
    'effectiveFrom <= fieldworkStart) ?? own[0]',
    'effectiveFrom < fieldworkStart) ?? own[0]',
  ],
  [
    'what is judged lower',
    'standard.ts',
    'rankOf(rules, judged.rating) < rankOf(rules, lowest.result.rating)',
    'rankOf(rules, judged.rating) > rankOf(rules, lowest.result.rating)',
  ],
  [
    'what is judged, and not recorded',
    'standard.ts',
    "=== 'unknown' : judged === null",
    "=== 'unknown' : false",
  ],
  [
    'what is judged holds a rating',
    'standard.ts',
    'let toRise = isHeld ? Number.POSITIVE_INFINITY : 0',
    'let toRise = isHeld && false ? Number.POSITIVE_INFINITY : 0',
  ],
  [
    'which key questions count',
    'inspection.ts',
    "standard.ratedFrom === 'judged key questions' ? 'cases' : 'qualitative'",
    "standard.ratedFrom === 'judged key questions' ? 'qualitative' : 'cases'",
  ],
  ['standards of the programme', 'inspection.ts', 'inspected?.has(code) ?? true', 'true'],
  [
    'rules of the programme',
    'rules.ts',
    'rules.programme === wanted',
    'rules.programme === edition.rules[0]?.programme',
  ],
  ['weights', 'rules.ts', '(weights?.[code] ?? 1)', '1'],
  ['overall judged', 'overall.ts', "rule === 'judged' || rule === 'none'", "rule === 'none'"],
  ['no overall rating', 'overall.ts', "rule === 'judged' || rule === 'none'", "rule === 'judged'"],
  ['an overall rule that is not known', 'overall.ts', 'rule === null || !isKnown', '!isKnown'],
  [
    'an overall rule of which a part is not known',
    'overall.ts',
    'rule === null || !isKnown',
    'rule === null',
  ],
  [
    'bands that are not known',
    'standard.ts',
    'rules.bands.length === 0 && asked',
    'rules.bands.length < 0 && asked',
  ],
  [
    'a base that is not known',
    'question.ts',
    'rules.percentageBase[level] ?? null',
    "rules.percentageBase[level] ?? 'inspected'",
  ],
];

describe('a rule that is broken in TypeScript is seen when the two are held against each other:', () => {
  const folder = path.join(packageFolder, 'node_modules', '.broken-rules');
  beforeAll(() => mkdir(folder, { recursive: true }));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(inTypescript)('%s', async (what, file, right, wrong) => {
    const copy = path.join(folder, what.replaceAll(/\W+/g, '-') + file);
    for (const needed of ['ratings', 'days.ts', 'vocabulary.ts'])
      await cp(path.join(packageFolder, 'src', needed), path.join(copy, needed), { recursive: true });
    const text = await readFile(path.join(copy, 'ratings', file), 'utf8');
    expect(text.split(right)).toHaveLength(2);
    await writeFile(
      path.join(copy, 'ratings', file),
      text.replace(right, () => wrong),
    );
    const broken: { rateInspection: typeof rateInspection } = await import(
      path.join(copy, 'ratings', 'inspection.ts')
    );
    const seen = await compareWith(db, broken.rateInspection).then(
      ({ differences }) => differences.length,
      // that it can't be computed at all is seen as well
      () => 1,
    );
    expect(seen).toBeGreaterThan(0);
  });
});
