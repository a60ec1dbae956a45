import { beforeAll, expect, test } from 'vitest';
import { asReader } from '../../../src/database/roles.js';
import { command, temporaryFolders } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
});

const run = (url: string, args: string[]) =>
  command(args, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });
const reader = () => asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string);

test.each([
  ['compare', 'Barnet'],
  ['distance', 'K&C'],
  ['ratings', 'wigan'],
  ['trends', '2.1', '--questions'],
])("with the reader's URL, %s prints what it prints with the owner's", async (...args) => {
  const read = await run(reader(), args);
  expect(read).toEqual(await run(database.url, args));
  expect(read).toMatchObject({ code: 0, stderr: '' });
  expect(read.stdout.length).toBeGreaterThan(200);
});

test('what takes the rules and the evidence is refused to the reader, in one message', async () => {
  const { code, stdout, stderr } = await run(reader(), ['ratings', '--as-if', 'base=inspected']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(
    /^The database .* can't be used: yot_ratings_reader may not do that: it reads the views of schema analytics, and nothing else;.*\n$/,
  );
});

test('a wrong name is answered as the owner is', async () => {
  expect(await run(reader(), ['compare', 'nowhere'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'No service is called "nowhere". yot-ratings ratings lists all.\n',
  });
});
