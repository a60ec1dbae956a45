import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandProcess, program, temporaryFolders } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';

// Files that may not be read: the message says what to do. Those that are not there, or are none, test/import/unreadable.test.ts has.

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
let files: string;

beforeAll(async () => {
  home = await folder();
  files = await folder();
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
