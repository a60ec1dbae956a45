import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { command, commandProcess, program, temporaryFolders } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';

// Files that options name and that can't be read: the message says what to do.

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
let files: string;

beforeAll(async () => {
  home = await folder();
  files = await folder();
  await writeFile(path.join(files, 'ratings.csv'), 'service,published\nLeeds,2019\n');
  for (const name of ['bundle.zip', 'table.xlsx', 'answers.csv'])
    await writeFile(path.join(files, name), 'PK');
  await mkdir(path.join(files, 'a-folder'));
});

const load = (args: string[]) =>
  command(['load', ...args], {
    env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home },
    options: { cwd: files },
  });

const missing = (given: string, nearest = '') =>
  `${given} can't be read: there is no such file${nearest}: correct the path, which begins in FILES, or put the file there.`;
const noBundle =
  /is no inspection file: unpack an archive, save a workbook's sheets as CSV.* --cases, --answers, --ratings/;

describe('load ends with 1 and one message that says what to do', () => {
  test.each<[string[], string | RegExp]>([
    [['--ratings', 'rating.csv'], missing('rating.csv', ' (did you mean "ratings.csv"?)')],
    [['--ratings', 'ratings.csv', '--columns', 'nowhere.yaml'], missing('nowhere.yaml')],
    [
      ['--ratings', 'ratings.csv', '--columns', 'a-folder'],
      "a-folder can't be read: it is a folder: name a file in it.",
    ],
    [['bundle.zip'], noBundle],
    [['table.xlsx'], noBundle],
    [['answers.csv'], noBundle],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await load(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr.trimEnd().replace(files, 'FILES')).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });

  // Root may read everything: it runs these as somebody else, where others can read this program.
  const options = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const runs = spawnSync(process.execPath, [program, '--version'], { ...options, cwd: '/' }).status === 0;
  test.skipIf(!runs).each([
    [['--ratings', 'closed'], 'closed'],
    [['locked/bundle'], 'locked/bundle'],
  ])('what may not be read: %j', async (args, name) => {
    await writeFile(path.join(files, 'closed'), '', { mode: 0o000 });
    await mkdir(path.join(files, 'locked'), { recursive: true });
    await chmod(path.join(files, 'locked'), 0o000);
    const { code, stderr } = await commandProcess(['load', ...args], {
      env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home },
      options: { cwd: files, ...options },
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${name} can't be read: you may not read it: have its rights changed, or those of the folders above it (chmod), or name a copy of it.\n`,
    });
  });
});
