import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { good2021, testFolder } from '../support/bundles.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';
import { leaveFewServices } from '../support/few-services.js';

const database = testDatabase();
const folder = temporaryFolders();
const files = testFolder();
let home: string;
beforeAll(async () => {
  home = await folder();
  await leaveFewServices(database.db);
});
const surroundings = () => ({ env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });
const run = (...args: string[]) => command(['book', ...args], surroundings());

describe('book', () => {
  test('writes pages, of invented inspections with --synthetic alone, and says how many, how large and where they open', async () => {
    expect((await command(['load', await files.bundle(good2021)], surroundings())).code).toBe(0);
    const to = path.join(home, 'invented');
    const { code, stdout, stderr } = await run(to, '--synthetic');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const there = (await readdir(to, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const pages = there.filter(({ name }) => name.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(20);
    expect(await readdir(path.join(to, 'inspections'))).toHaveLength(1);
    const sizes = await Promise.all(
      there.map(async ({ parentPath, name }) => (await stat(path.join(parentPath, name))).size),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const address = pathToFileURL(path.join(to, 'index.html')).href;
    expect(stdout).toBe(
      `${to}: ${pages.length} pages, ${there.length} files, ${(bytes / 1e6).toFixed(1)} MB; all invented\nOpen it in a browser: ${address}\n`,
    );

    const again = JSON.parse((await run(to, '--synthetic', '--force', '--json')).stdout);
    expect(again).toMatchObject({ address, bytes, pages: pages.length });
    expect(again.files).toHaveLength(there.length);
  });

  test('refuses a folder that is not empty with 2, before it reads anything', async () => {
    const to = path.join(home, 'mine');
    await mkdir(to);
    await writeFile(path.join(to, 'mine.txt'), 'mine');
    const { code, stdout, stderr } = await command(['book', to], {
      env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', YOT_RATINGS_HOME: home },
    });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `${to} is not empty: name another folder, or add --force, which replaces what an earlier book put there and leaves everything else alone. Nothing was written.\n`,
    });
    expect(await readdir(to)).toEqual(['mine.txt']);
  });

  test('without a server ends with 3 and one message', async () => {
    const { code, stdout, stderr } = await command(['book', path.join(home, 'none')], {
      env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', YOT_RATINGS_HOME: home },
    });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await readdir(home)).not.toContain('none');
  });
});
