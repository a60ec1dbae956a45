import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withoutPassword } from '../../src/database/errors.js';
import { commandsOnServers } from '../support/command.js';
import { withEmptyDatabase } from '../support/database.js';

const { at, printed } = commandsOnServers();

test('a database of the user’s own is filled by start, which then ends and leaves the server to its owner; run again it changes nothing', async () => {
  await withEmptyDatabase(async (url) => {
    const first = await printed(url, ['start']);
    expect(first.startsWith(`server ${withoutPassword(url)}\n`)).toBe(true);
    expect(first).toMatch(/^\d+ migrations applied, 11 files loaded$/m);
    expect(first).toMatch(/^Wigan YOT .* 19\/36 +Good +agrees$/m);
    expect(first).toMatch(/\nThe server is your own and goes on serving\.\n$/);

    const again = await printed(url, ['start', '--once']);
    expect(again).toContain('0 migrations applied, 0 files loaded');
    const reader = again.match(/postgres(ql)?:\/\/yot_ratings_reader:\S+/)?.[0] as string;
    expect(await printed(url, ['db', 'url'])).toBe(`${url}\n`);
    expect(await printed(url, ['db', 'url', '--role', 'reader'])).toBe(`${reader}\n`);
  });
  // Nothing of an embedded server was made beside it.
  expect(await readdir(at.home)).toEqual([]);
});
