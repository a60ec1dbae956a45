import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { testDatabase } from '../support/database.js';
import { blocksOf } from '../support/pages.js';

const database = testDatabase();
const [misread = '', rule = '', manyRules = '', forgotten = ''] = blocksOf('docs/sql.md', 'sql');

/** Statements of a block of the page, one after the other on one connection; the rows of its last two queries but one. */
async function answers(block: string): Promise<Record<string, unknown>[][]> {
  const session = connect(database.url, { max: 1 });
  try {
    const all: Record<string, unknown>[][] = [];
    for (const statement of block.split(/;\n/).filter((one) => one.trim() !== '')) {
      const { rows } = await sql.raw<Record<string, unknown>>(statement).execute(session);
      if (/^\s*select/.test(statement)) all.push(rows);
    }
    return all;
  } finally {
    await session.destroy();
  }
}

test('a figure that was misread, and a rule that changes: ratings are others in the same transaction, and nothing has to be called', async () => {
  const [, standard, overall] = await answers(misread);
  expect(standard).toEqual([
    { standard: '2.2', driving_key_question: '2.2.3', lowest_percent: 43, rating: 'Inadequate' },
  ]);
  expect(overall).toEqual([
    { score: 18, rating: 'Requires improvement', published_score: 19, published_rating: 'Good' },
  ]);
  const [ratings] = await answers(rule);
  expect(ratings).toMatchObject([
    { score: 29, rating: 'Good' },
    { score: 29, rating: 'Good' },
    { score: 17, rating: 'Requires improvement' },
  ]);
});

test('many rules at once, and when somebody forgot; all of it is taken back', async () => {
  const [, scale] = await answers(manyRules);
  expect(scale?.map(({ from_percent }) => from_percent)).toEqual([0, 50, 70, 90]);
  expect(await answers(forgotten)).toEqual([[]]);
  expect(await keptDifferences(database.db)).toEqual([]);
});
