import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { withoutPassword } from '../../src/database/errors.js';
import { command, temporaryFolders } from '../support/command.js';
import { withEmptyDatabase } from '../support/database.js';

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
      expect(first.stdout).toMatch(/^\d+ migrations applied, 12 files loaded$/m);
      expect(first.stdout).toMatch(/^Wigan YOT .* 19\/36 +Good +agrees$/m);
      expect(first.stdout).toMatch(/\nThe server is your own and goes on serving\.\n$/);

      const again = await run(url, 'start', '--once');
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(again.stdout).toContain('0 migrations applied, 0 files loaded');
      const reader = again.stdout.match(/postgres(ql)?:\/\/yot_ratings_reader:\S+/)?.[0] as string;
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
});
