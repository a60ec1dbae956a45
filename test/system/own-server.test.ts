import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { withoutPassword } from '../../src/database/errors.js';
import { command, commandProcess, temporaryFolders } from '../support/command.js';
import { rowsOf } from '../support/connection.js';
import { withEmptyDatabase } from '../support/database.js';
import { testInFull } from '../support/in-full.js';
import { withoutWaiting } from '../support/waiting.js';

const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
});

const surroundings = (url: string) => ({ env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });
const run = (url: string, ...args: string[]) => command(args, surroundings(url));

describe('a database of the user’s own', () => {
  test('is filled by start, which then ends and leaves the server to its owner; run again it changes nothing', async () => {
    await withEmptyDatabase(async (url) => {
      const first = await run(url, 'start');
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(first.stdout.startsWith(`server ${withoutPassword(url)}\n`)).toBe(true);
      expect(first.stdout).toMatch(
        /5 inspections and 6 files of reference data loaded; published ratings of 162 more/,
      );
      expect(first.stdout).toMatch(/^Wigan YOT .* 19\/36 +Good +agrees$/m);
      expect(first.stdout).toMatch(/\nThe server is your own and goes on serving\.\n$/);

      const again = await run(url, 'start', '--once');
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(again.stdout).toContain('nothing to migrate; views up to date; nothing to load');
      const reader = again.stdout.match(/postgres(ql)?:\/\/yot_ratings_reader:\S+/)?.[0] as string;
      const scores = `select score from analytics.overall_rating join analytics.inspection using (inspection_id)
        where evidence <> 'ratings only' order by score`;
      expect(await rowsOf(reader, scores)).toEqual([19, 21, 29, 31, 33].map((score) => ({ score })));

      expect((await run(url, 'db', 'url')).stdout).toBe(`${url}\n`);
      expect((await run(url, 'db', 'url', '--role', 'reader')).stdout).toBe(`${reader}\n`);
    });
    // Nothing of an embedded server was made beside it.
    expect(await readdir(home)).toEqual([]);
  });

  test('is neither stopped nor, without --yes, reset', async () => {
    await withEmptyDatabase(async (url) => {
      for (const [call, says] of [
        ['down', /^DATABASE_URL names a server of your own, .*\n$/],
        ['reset', /^This drops everything in \S+\. Say --yes if you mean it\.\n$/],
      ] as const)
        expect(await run(url, 'db', call)).toEqual({
          code: 2,
          stdout: '',
          stderr: expect.stringMatching(says),
        });
    });
  });

  testInFull('is reset with --yes', async () => {
    await withEmptyDatabase(async (url) => {
      const really = await run(url, 'db', 'reset', '--yes');
      expect(really).toEqual({ code: 0, stdout: '12 files loaded anew\n', stderr: '' });
    });
  });

  testInFull('is filled once by two programs that start on it at once', async () => {
    await withEmptyDatabase(async (url) => {
      const start = () => commandProcess(['start', '--once'], surroundings(url));
      const both = await Promise.all([start(), start()]);
      for (const { code, stderr } of both)
        expect({ code, stderr: withoutWaiting(stderr) }).toEqual({ code: 0, stderr: '' });
      const loaded = both.map(({ stdout }) => Number(stdout.match(/(\d+) inspections? and/)?.[1] ?? 0));
      expect(loaded.reduce((sum, count) => sum + count)).toBe(5);
    });
  });
});
