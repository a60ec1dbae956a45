import { expect, test } from 'vitest';
import { readFramework } from '../../../src/import/edition/framework.js';
import { assemble } from '../../../src/read/bundle/assemble.js';
import { frameworkOf } from '../../../src/read/bundle/framework.js';
import { loadable } from '../../../src/read/bundle/loadable.js';
import { testDatabase } from '../../support/database.js';
import { editionOf } from '../around/reading.js';
import { readingOf, value } from './values.js';

const database = testDatabase();

async function settled(...values: Parameters<typeof readingOf>) {
  const reading = loadable(readingOf(...values), await editionOf('2021'));
  return { ...reading, file: assemble(reading.values, '').file };
}

test.each(['2018', '2021'])('edition %s is the same from its files as from the tables', async (code) => {
  const made = frameworkOf(await editionOf(code));
  const kept = await database.db.transaction().execute((trx) => readFramework(trx, code));
  const bare = ({ questions, questionnaires, ...rest }: typeof made) => ({
    ...rest,
    questionnaires: [...questionnaires.keys()],
    questions: [...questions].map(([of, { level, standard, sample, from, until }]) => ({
      of,
      level,
      standard,
      sample,
      from,
      until,
    })),
  });
  expect(bare(made)).toEqual(bare(kept as typeof made));
});

test('counts that contradict each other are doubtful, both, with the loader’s reason', async () => {
  const { file, values, findings } = await settled(
    value('key_questions 2.1.1 yes', 9, 7),
    value('key_questions 2.1.1 relevant_cases', 5, 7),
    value('key_questions 2.1.2 yes', 4, 8),
    value('key_questions 2.1.2 relevant_cases', 5, 8),
  );
  expect(file.key_questions).toEqual({
    '2.1.1': { lost: ['yes', 'relevant_cases'], place: 'line 7' },
    '2.1.2': { relevant_cases: 5, yes: 4, place: 'line 8' },
  });
  const why = '2.1.1: yes 9 is more than relevant_cases 5';
  expect(values.filter(({ path }) => path[1] === '2.1.1')).toMatchObject([
    { confidence: 'doubtful', why, value: 9 },
    { confidence: 'doubtful', why, value: 5 },
  ]);
  expect(findings).toEqual([
    { kind: 'contradiction', about: '2.1.1', message: why, places: [{ line: 7 }, { line: 7 }] },
  ]);
});

test('what the edition has no place for is taken away', async () => {
  const { file, findings } = await settled(
    value('key_questions 9.9.9 percent_yes', 50),
    value('standard_ratings 1.1 rating', 'Splendid'),
    value('overall rating', 'Good'),
    value('overall score', 40),
    value('overall out_of', 36),
    value('report published', '2023-01'),
    value('sample court_disposals cases', 3),
    value('sample court_disposals community_sentence', 5),
    value('context 0 measure', 'a'),
    value('context 0 value', 1),
    value('context 0 standard', '7.7'),
    value('context 1 measure', 'b'),
    value('context 1 value', 2),
  );
  expect(file).toMatchObject({
    standard_ratings: { '1.1': { lost: ['rating'] } },
    overall: { rating: 'Good', out_of: 36, lost: ['score'] },
    sample: { court_disposals: { community_sentence: 5 } },
    context: [
      { measure: 'a', value: 1 },
      { measure: 'b', value: 2 },
    ],
  });
  expect(file).not.toHaveProperty('key_questions');
  expect(file.report).not.toHaveProperty('published');
  expect(file.context?.[0]).not.toHaveProperty('standard');
  expect(findings.length).toBeGreaterThanOrEqual(6);
});

test('where entries of a list are left out the right one is doubted', async () => {
  const { file } = await settled(
    value('context 0 measure', 'without a figure'),
    value('context 1 measure', 'right'),
    value('context 1 value', 1),
    value('context 1 domain', '1'),
    value('context 2 measure', 'wrong'),
    value('context 2 value', 2),
    value('context 2 domain', '8'),
  );
  expect(file.context).toEqual([
    { measure: 'right', value: 1, domain: '1', place: 'line 1' },
    { measure: 'wrong', value: 2, place: 'line 1' },
  ]);
});

test('a missing date of fieldwork is left missing', async () => {
  const reading = readingOf();
  const without = { ...reading, values: reading.values.filter(({ path }) => path[0] !== 'report') };
  expect(loadable(without, await editionOf('2021'))).toEqual(without);
});

test('values of a wrong shape are doubtful as well', async () => {
  const { file } = await settled(
    value('key_questions 2.1.1 percent_yes', 101),
    value('key_questions 2.1.2 percent_yes', 55),
    value('context 0 measure', 'no figure'),
    value('context 3 measure', ' '),
    value('context 3 value', 2),
    value('report fieldwork_to', '2023-02-31'),
  );
  expect(file.key_questions).toEqual({
    '2.1.1': { lost: ['percent_yes'], place: 'line 1' },
    '2.1.2': { percent_yes: 55, place: 'line 1' },
  });
  expect(file).not.toHaveProperty('context');
  expect(file.report).toEqual({ fieldwork_month: '2023-03' });
});

test('a service that is not legible is for a person to name', async () => {
  const reading = readingOf();
  const without = { ...reading, values: reading.values.filter(({ path }) => path[0] !== 'service') };
  const { values } = loadable(without, await editionOf('2021'));
  expect(assemble(values, '').file.service).toEqual({ name: 'not legible in the report' });
});
