import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { constants, mkdir, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { openBundle } from '../../../src/import/bundle/bundle.js';
import { load } from '../../../src/import/load.js';
import { good2018, refused, testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { editionFiles } from '../../support/editions.js';

// Bundles come from others. What stands in one and is no file of it is not read, and nothing waits for it.

const database = testDatabase();
const files = testFolder();
const bundle = { 'inspection.yaml': good2018, 'cases.csv': '', 'answers.csv': '' };

/** What a load is refused with, in the time that it may take. */
async function said(...paths: string[]): Promise<string> {
  const done = await Promise.race([refused(database.db, paths), pause(10_000, undefined, { ref: false })]);
  if (!done) throw new Error('it hangs');
  return [done.message, ...done.problems.map(({ message }) => message)].join('\n');
}

const after: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of after.splice(0)) await end();
});

/** A pipe. Who waits for somebody to write into it waits no longer than a test: one that fails would keep the whole run from its end. */
function pipe(at: string): void {
  execFileSync('mkfifo', [at]);
  after.push(async () => {
    const writer = await open(at, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);
    await writer?.close();
  });
}
async function socket(at: string): Promise<void> {
  const server = createServer().listen(at);
  after.push(() => server.close());
  await once(server, 'listening');
}
const linkTo = (target: string) => (at: string) => symlink(target, at);

const leadsOut = "can't be read: it is a link that leads out of its folder. Copy the file there.";
test.each<[name: string, what: string, put: (at: string) => unknown, message: string]>([
  ['inspection.yaml', 'a pipe', pipe, "can't be read: it is a pipe, not a file."],
  ['answers.csv', 'a pipe', pipe, "can't be read: it is a pipe, not a file."],
  ['inspection.yaml', 'a socket', socket, "can't be read: it is a socket, not a file."],
  // Nothing of what it leads to is said.
  ['inspection.yaml', 'a link to a device', linkTo('/dev/zero'), leadsOut],
  ['inspection.yaml', 'a link to a file', linkTo('/etc/passwd'), leadsOut],
  ['answers.csv', 'a link to a file', linkTo('/proc/self/environ'), leadsOut],
  ['rules.yaml', 'a link to a file', linkTo('/etc/passwd'), leadsOut],
  ['questions.yaml', 'a link to a file', linkTo('/etc/passwd'), leadsOut],
])('%s of a bundle or an edition that is %s is refused', async (name, _, put, message) => {
  const folder = await files.folder(name in bundle ? bundle : editionFiles());
  const at = path.join(folder, name);
  await rename(at, path.join(folder, 'away'));
  await put(at);
  expect(await said(folder)).toBe(`${at} ${message}`);
});

test('a link to a neighbour whose name only begins alike leads out; one to another file of the bundle is that file', async () => {
  const folder = await files.folder({ 'later/2019.yaml': good2018 });
  const at = path.join(folder, 'inspection.yaml');
  await mkdir(`${folder}-other`);
  await writeFile(path.join(`${folder}-other`, 'x.yaml'), good2018);
  await symlink(path.join(`${folder}-other`, 'x.yaml'), at);
  expect(await said(folder)).toMatch(/leads out of its folder/);
  await rm(at);
  await symlink('later/2019.yaml', at);
  expect(await load(database.db, [folder])).toMatchObject([{ outcome: 'loaded' }]);
});

test('a file that changes while the others are read is noticed', async () => {
  const folder = await files.folder({ 'inspection.yaml': good2018, 'cases.csv': 'case,sample,disposal\n' });
  // By the time that the pipe is read, the inspection file was.
  const chunks = (async function* () {
    yield Buffer.from('case,question,answer\n');
    appendFileSync(path.join(folder, 'inspection.yaml'), '\n');
  })();
  await expect(openBundle(folder, { answers: { name: 'a pipe', chunks } })).rejects.toThrow(
    /was changed while it was being read/,
  );
});

describe('named by a user', () => {
  test('a device comes to an end', async () => {
    const device = '/dev/zero';
    const isDevice = `${device} can't be read: it is a device, not a file.`;
    expect(await said(device)).toBe(isDevice);
    const folder = await files.folder({ 'inspection.yaml': good2018 });
    await expect(load(database.db, [folder], { cases: device, answers: device })).rejects.toThrow(isDevice);
  });

  test('a pipe that somebody writes to is read', async () => {
    const at = path.join(await files.folder({ 'about.txt': '' }), 'pipe');
    pipe(at);
    const [done] = await Promise.all([load(database.db, [at]), writeFile(at, good2018)]);
    expect(done).toMatchObject([{ name: at }]);
  });
});
