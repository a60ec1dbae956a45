import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { constants, mkdir, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { openBundle } from '../../../src/import/bundle/bundle.js';
import { load } from '../../../src/import/load.js';
import { good2018, refused, testFolder } from '../../support/bundles.js';
import { command } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';
import { editionFiles } from '../../support/editions.js';

// Bundles come from others. What stands in one and is no file of it is not read, and nothing waits for it.

const database = testDatabase();
const files = testFolder();
const promptly = 10_000;

/** What a load is refused with, in the time that it may take. */
async function said(...paths: string[]): Promise<string> {
  const done = await Promise.race([refused(database.db, paths), pause(promptly, undefined, { ref: false })]);
  if (!done) throw new Error('it hangs');
  return [done.message, ...done.problems.map(({ message }) => message)].join('\n');
}

const pipes: string[] = [];
function pipe(at: string): void {
  execFileSync('mkfifo', [at]);
  pipes.push(at);
}
// Whoever waits for somebody to write into one waits no longer: a test that fails would keep the whole run from its end.
afterEach(async () => {
  for (const at of pipes.splice(0)) {
    const writer = await open(at, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);
    await writer?.close();
  }
});

describe('in a bundle', () => {
  test.each(['inspection.yaml', 'answers.csv'])('a pipe called %s is refused', async (name) => {
    const bundle = await files.folder({ 'inspection.yaml': good2018, 'cases.csv': '', 'answers.csv': '' });
    await rename(path.join(bundle, name), path.join(bundle, 'away'));
    pipe(path.join(bundle, name));
    expect(await said(bundle)).toBe(`${path.join(bundle, name)} can't be read: it is a pipe, not a file.`);
  });

  test('a socket is refused', async () => {
    const bundle = await files.folder({ 'about.txt': '' });
    const server = createServer().listen(path.join(bundle, 'inspection.yaml'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await said(bundle)).toMatch(/can't be read: it is a socket, not a file\.$/);
    server.close();
  });

  test.each([
    ['inspection.yaml', '/dev/zero'],
    ['inspection.yaml', '/etc/passwd'],
    ['answers.csv', '/proc/self/environ'],
  ])('a link from %s to %s is refused, and nothing of what it leads to is said', async (name, target) => {
    const bundle = await files.folder({ 'inspection.yaml': good2018, 'cases.csv': '', 'answers.csv': '' });
    await rename(path.join(bundle, name), path.join(bundle, 'away'));
    await symlink(target, path.join(bundle, name));
    expect(await said(bundle)).toBe(
      `${path.join(bundle, name)} can't be read: it is a link that leads out of its folder. Copy the file there.`,
    );
  });

  test('a link to a neighbour whose name only begins alike leads out; one to another file of the bundle is that file', async () => {
    const bundle = await files.folder({ 'later/2019.yaml': good2018 });
    const at = path.join(bundle, 'inspection.yaml');
    await mkdir(`${bundle}-other`);
    await writeFile(path.join(`${bundle}-other`, 'x.yaml'), good2018);
    await symlink(path.join(`${bundle}-other`, 'x.yaml'), at);
    expect(await said(bundle)).toMatch(/leads out of its folder/);
    await rm(at);
    await symlink('later/2019.yaml', at);
    expect(await load(database.db, [bundle])).toMatchObject([{ outcome: 'loaded' }]);
  });

  test('a file that changes while the others are read is noticed', async () => {
    const bundle = await files.folder({
      'inspection.yaml': good2018,
      'cases.csv': 'case,sample,disposal\nC1,court,referral_order\n',
    });
    // By the time that the pipe is read, the inspection file was.
    const chunks = (async function* () {
      yield Buffer.from('case,question,answer\n');
      appendFileSync(path.join(bundle, 'inspection.yaml'), '\n');
    })();
    await expect(openBundle(bundle, { answers: { name: 'a pipe', chunks } })).rejects.toThrow(
      /was changed while it was being read/,
    );
  });
});

test.each(['rules.yaml', 'questions.yaml'])(
  'an edition’s %s may not lead out of its folder',
  async (name) => {
    const folder = await files.folder(editionFiles());
    await rename(path.join(folder, name), `${folder}-${name}`);
    await symlink(`${folder}-${name}`, path.join(folder, name));
    expect(await said(folder)).toMatch(/leads out of its folder/);
  },
);

describe('named by a user', () => {
  test.each(['/dev/zero'])('%s comes to an end', async (device) => {
    expect(await said(device)).toMatch(/can't be read: it is a device, not a file/);
    const bundle = await files.folder({ 'inspection.yaml': good2018 });
    const error = await load(database.db, [bundle], { cases: device, answers: device }).catch((e) => e);
    expect(error.message).toBe(`${device} can't be read: it is a device, not a file.`);
  });

  test('a pipe that somebody writes to is read', async () => {
    const folder = await files.folder({ 'about.txt': '' });
    const at = path.join(folder, 'pipe');
    pipe(at);
    const [done] = await Promise.all([load(database.db, [at]), writeFile(at, good2018)]);
    expect(done).toMatchObject([{ name: at }]);
  });

  test('--errors does not write over what is to be loaded', async () => {
    const bundle = await files.folder({
      'inspection.yaml': good2018,
      'answers.csv': 'case,question,answer\n',
    });
    const answers = path.join(bundle, 'answers.csv');
    const { code, stderr } = await command(['load', bundle, '--errors', answers], {
      env: { DATABASE_URL: database.url },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--errors would write over .*answers\.csv, which is something else/);
    expect(existsSync(answers) && (await readFile(answers, 'utf8'))).toBe('case,question,answer\n');
  });
});
