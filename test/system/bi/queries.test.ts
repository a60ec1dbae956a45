import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { asReader } from '../../../src/database/roles.js';
import { testDatabase } from '../../support/database.js';
import { askingFunctions, runExample } from '../../support/examples.js';
import { loadProgramme } from '../../support/programme.js';

// Whoever has the reader's URL asks with the library's functions what its owner does.

const database = testDatabase();
const examples = askingFunctions().map(({ name, example = '' }) => ({ name, example }));

/** These rate anew, from the evidence and the rules, which readers do not see. */
const owners = ['editions', 'evidence', 'whatIf', 'compareSqlAndTypescript'];

let reader: ReturnType<typeof connect>;
beforeAll(async () => {
  await loadProgramme(database, { inspections: 6 });
  reader = connect(asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string), { max: 1 });
});
afterAll(() => reader?.destroy());

describe('the reader is answered as the owner is by', () => {
  test.each(examples.filter(({ name }) => !owners.includes(name)))('$name', async (one) => {
    const plain = ({ variables }: Awaited<ReturnType<typeof runExample>>) =>
      Object.entries(variables).map(([name, value]) => [name, value instanceof Map ? [...value] : value]);
    const answer = plain(await runExample(reader, one));
    expect(answer).toEqual(plain(await runExample(database.db, one)));
    expect(answer.length).toBeGreaterThan(0);
  });
});

describe('the reader is refused by', () => {
  test.each(examples.filter(({ name }) => owners.includes(name)))('$name', async (one) => {
    await expect(runExample(reader, one)).rejects.toThrow(/permission denied for schema (?:core|rating)/);
  });
});

test('no function is forgotten', () => {
  expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining([...owners, 'findService']));
  expect(examples.length).toBeGreaterThan(20);
});
