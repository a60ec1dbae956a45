import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  answerInSql,
  answerInTypescript,
  asked,
  programme,
  questionsPage,
} from '../../scripts/generate/questions-page.js';
import { packageFolder } from '../../src/paths.js';
import { asReaderOf, testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

const database = testDatabase();

beforeAll(() => loadProgramme(database, programme));

describe.each(asked)('$question.ask', ({ question, isInvented }) => {
  test(`SQL and TypeScript give the same answer of ${isInvented ? 'invented' : 'real'} inspections`, async () => {
    const one = { question, isInvented };
    const inSql = await asReaderOf(database, (reader) => answerInSql(reader, one));
    expect(inSql.length).toBeGreaterThan(0);
    const columns = Object.keys(inSql[0] ?? {});
    expect(await answerInTypescript(database.db, one, columns)).toStrictEqual(inSql);
  });
});

test('ten questions stand on the page, with the answers of today', async () => {
  const page = readFileSync(path.join(packageFolder, 'docs', 'questions.md'), 'utf8');
  expect(await questionsPage(database.db)).toBe(page);
  expect([...page.matchAll(/^## \d+\. .+\?$/gm)]).toHaveLength(10);
});
