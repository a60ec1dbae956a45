import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { ColumnMeanings } from '../../src/database/columns.js';
import { testDatabase } from '../support/database.js';
import { type Counts, fromAnswers, type Worked } from '../support/from-answers.js';
import { loadProgramme } from '../support/programme.js';

// db/views/columns.yaml says of every number whether it may be summed; where it may, sums are held against the case answers.
const database = testDatabase();

const meanings = new ColumnMeanings();
let worked: Worked[];
let columns: { view: string; name: string; type: string; comment: string }[];

beforeAll(async () => {
  await loadProgramme(database, { inspections: 60, seed: 5 });
  worked = await fromAnswers(database.db);
  const { rows } = await sql<(typeof columns)[0]>`
    select relname as view, attname as name, format_type(atttypid, atttypmod) as type,
      col_description(pg_class.oid, attnum) as comment
    from pg_attribute
    join pg_class on pg_class.oid = attrelid and relkind = 'v' and relnamespace = 'analytics'::regnamespace
    where attnum > 0`.execute(database.db);
  columns = rows;
});

const numbers = () =>
  columns.filter(({ type }) =>
    ['integer', 'bigint', 'smallint', 'numeric', 'double precision'].includes(type),
  );

/** yes, no, or the columns it may be summed over; undefined when nothing is said. */
const markOf = (view: string, name: string) => meanings.of(name, view).additive;

test('every number of every public view is marked, and nothing else', () => {
  expect(numbers().length).toBeGreaterThan(300);
  const marked = columns.filter(({ view, name }) => markOf(view, name) !== undefined);
  expect(marked.map(({ view, name }) => `${view}.${name}`)).toEqual(
    numbers().map(({ view, name }) => `${view}.${name}`),
  );
});

test('what a number may be summed over are columns of its view', () => {
  for (const { view, name } of numbers()) {
    const mark = markOf(view, name);
    if (!Array.isArray(mark)) continue;
    const own = columns.filter((column) => column.view === view).map((column) => column.name);
    expect(own, `${view}.${name}`).toEqual(expect.arrayContaining(mark));
  }
});

test('what is a percentage, an end of an interval, a share or a rank is never summed', () => {
  for (const { view, name, comment } of numbers()) {
    if (
      /percent(?!ages)|_rank$|^(low|high)|_(low|high)|share|^rank$/.test(name) ||
      /between 0 and 1/.test(comment)
    )
      expect(markOf(view, name), `${view}.${name}`).toBe('no');
  }
});

describe('sums are those of the case answers:', () => {
  const isKeyQuestion = ([code]: [string, Counts]) => /^\d\.\d\.\d$/.test(code);
  const total = (of: (one: Worked) => number) => worked.reduce((sum, one) => sum + of(one), 0);
  const answers = (level: (question: [string, Counts]) => boolean, of: (counts: Counts) => number) =>
    total(({ questions }) => [...questions].filter(level).reduce((sum, [, counts]) => sum + of(counts), 0));
  const isPrompt = (question: [string, Counts]) => !isKeyQuestion(question);
  const standards = (is: (one: { computed: number | null; rating: number | null }) => boolean) =>
    total((one) => [...one.standards.values()].filter(is).length);

  const sum = async (view: string, column: string, where = 'true') => {
    const { rows } = await sql<{ sum: number }>`
      select sum(${sql.ref(column)})::integer as sum from ${sql.table(`analytics.${view}`)}
      where is_synthetic and ${sql.raw(where)}`.execute(database.db);
    return rows[0]?.sum;
  };

  test.each([
    ['key_question_result', isKeyQuestion],
    ['key_question_trend', isKeyQuestion],
    ['standard_trend', isKeyQuestion],
    ['prompt_result', isPrompt],
    ['prompt_trend', isPrompt],
  ] as const)('answers in %s', async (view, level) => {
    expect(await sum(view, 'yes')).toBe(answers(level, ({ yes }) => yes));
    expect(await sum(view, 'relevant')).toBe(answers(level, ({ yes, no }) => yes + no));
  });

  test('cases that were inspected, of one question', async () => {
    const question = (code: string) => (one: [string, Counts]) => one[0] === code;
    expect(await sum('key_question_result', 'inspected', "key_question = '2.1.1'")).toBe(
      answers(question('2.1.1'), ({ all }) => all),
    );
    expect(await sum('prompt_result', 'not_applicable', "prompt = '2.1.1.a'")).toBe(
      answers(question('2.1.1.a'), ({ yes, no, all }) => all - yes - no),
    );
  });

  test('inspections in trends, of one standard or question', async () => {
    const all = worked.length;
    expect(await sum('key_question_trend', 'inspections', "key_question = '2.1.1'")).toBe(all);
    expect(await sum('standard_trend', 'inspections', "standard = '2.1'")).toBe(all);
    expect(await sum('rating_trend', 'inspections', "standard = 'overall'")).toBe(all);
    expect(await sum('rating_trend', 'inspections', "standard = '2.1'")).toBe(all);
    expect(await sum('rating_driver', 'inspections', "key_question = '2.1.1'")).toBe(
      total(({ standards }) => (standards.get('2.1')?.computed == null ? 0 : 1)),
    );
  });

  test('decisions of panels, and the ratings that they were of', async () => {
    expect(await sum('discretion_trend', 'inspections')).toBe(standards(({ computed }) => computed !== null));
    const changed = ({ computed, rating }: { computed: number | null; rating: number | null }) =>
      computed !== null && rating !== computed;
    expect(await sum('discretion_trend', 'decisions')).toBe(standards(changed));
    expect(await sum('discretion_trend', 'up')).toBe(
      standards((one) => changed(one) && (one.rating as number) > (one.computed as number)),
    );
    expect(await sum('discretion_trend', 'down')).toBe(
      standards((one) => changed(one) && (one.rating as number) < (one.computed as number)),
    );
  });

  test('points', async () => {
    expect(await sum('overall_rating', 'score')).toBe(total(({ score }) => score));
    expect(await sum('standard_rating', 'score')).toBe(total(({ score }) => score));
    expect(await sum('overall_rating', 'score_without_discretion')).toBe(
      total(({ scoreWithout }) => scoreWithout),
    );
  });
});
