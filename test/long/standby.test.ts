import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { asRole } from '../../src/database/roles.js';
import { ratings } from '../../src/queries/ratings.js';
import { good2021 } from '../support/bundles.js';
import { commandsOnServers } from '../support/command.js';
import { rowsOf } from '../support/connection.js';
import { withEmptyDatabase } from '../support/database.js';
import { loadedHome } from '../support/loaded-home.js';
import { ownServer } from '../support/own-server.js';

const { folder, at, run, printed, refused } = commandsOnServers();
let owner: string;
let passwords: Record<'reader' | 'analyst', string>;
let release: () => Promise<void>;

// The same files with a standby's mark are a server that recovers for ever: what is asked of it, it takes as a replica does.
beforeAll(async () => {
  at.home = await folder(await loadedHome());
  ({ url: owner, passwords, release } = await ownServer(at.home, { isStandby: true }));
}, 300_000);
afterAll(() => release?.());

const asRoleOf = (role: 'reader' | 'analyst') => asRole(owner, role, passwords[role]);

describe('a standby', () => {
  test.each([
    ['ratings'],
    ['reconcile'],
    ['ratings', '--as-if', 'base=inspected'],
    ['start', '--once'],
    ['db', 'up'],
  ])('is read by its owner: %s %s, and asked for nothing that it can’t do', async (...args) => {
    expect(await printed(owner, args, { env: { YOT_RATINGS_READER_PASSWORD: undefined } })).not.toBe('');
    expect(await readFile(path.join(at.home, 'server.log'), 'utf8')).not.toMatch(/ERROR/);
  });

  test('is exported for the analyst; the reader is told who may', async () => {
    const exported = async (role: 'reader' | 'analyst') =>
      run(asRoleOf(role), ['export', path.join(await folder(), 'export'), '--format', 'csv']);
    expect(await exported('analyst')).toMatchObject({ code: 0, stderr: '' });
    expect(await exported('reader')).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/may not do that: the analyst's URL reads all there is/),
    });
  });

  test.each(['read-write', 'primary'])('is not taken for the %s server that is asked for', async (wanted) => {
    expect(await refused(`${owner}?target_session_attrs=${wanted}`, ['ratings'])).toMatch(
      /can only be read .* target_session_attrs=\S+ asks for one that is written to/,
    );
  });

  test('does not load, and says so', async () => {
    const bundle = path.join(await folder(), 'inspection.yaml');
    await writeFile(bundle, good2021);
    expect(await run(owner, ['load', bundle])).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/it can only be read \(a standby, [^\n]+: use the primary server/),
    });
  });

  test('gives its reader’s URL where the password is known, else says who has it', async () => {
    const ask = (password?: string) =>
      run(owner, ['db', 'url', '--role', 'reader'], { env: { YOT_RATINGS_READER_PASSWORD: password } });
    expect(await ask(passwords.reader)).toMatchObject({ code: 0, stdout: `${asRoleOf('reader')}\n` });
    const { code, stderr } = await ask('wrong');
    expect(code).toBe(3);
    expect(stderr).toMatch(/password that is not known here: set YOT_RATINGS_READER_PASSWORD/);
  });
});

test('a database that is opened to be read has to be one already; nothing in it is made or changed', async () => {
  const { db, isOwner, close } = await openDatabase(owner, { readOnly: true });
  expect(isOwner).toBe(false);
  expect(await ratings(db, { synthetic: false })).not.toEqual([]);
  await close();
  await withEmptyDatabase(async (url) => {
    await expect(openDatabase(url, { readOnly: true })).rejects.toThrow(/The database is empty or older/);
    const made = "select from pg_tables where schemaname not in ('pg_catalog', 'information_schema')";
    expect(await rowsOf(url, made)).toEqual([]);
  });
});
