import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { openDatabase } from '../../src/database/open.js';
import { asRole, passwordVariable } from '../../src/database/roles.js';
import { ratings } from '../../src/queries/ratings.js';
import { good2021 } from '../support/bundles.js';
import { command, commandProcess, temporaryFolders } from '../support/command.js';
import { withEmptyDatabase } from '../support/database.js';
import { ownServer } from '../support/own-server.js';

const folder = temporaryFolders();
let home: string;
let owner: string;
let passwords: Record<'reader' | 'analyst', string>;
let release: () => Promise<void>;

// The same files with a standby's mark are a server that recovers for ever: what is asked of it, it takes as a replica does.
beforeAll(async () => {
  const primary = await folder();
  const env = { YOT_RATINGS_HOME: primary };
  expect((await commandProcess(['start', '--once'], { env })).code).toBe(0);
  home = await folder(primary);
  const server = await ownServer(home, { isStandby: true });
  release = server.release;
  owner = server.url;
  passwords = server.passwords as typeof passwords;
}, 300_000);
afterAll(() => release?.());

const at = (url: string, more: Record<string, string | undefined> = {}) => ({
  env: { DATABASE_URL: url, YOT_RATINGS_HOME: home, YOT_RATINGS_READER_PASSWORD: undefined, ...more },
});
const readerUrl = () => asRole(owner, 'reader', passwords.reader);
const logOf = () => readFile(path.join(home, 'server.log'), 'utf8');

describe('a standby', () => {
  test.each([
    ['ratings'],
    ['distance', 'Wigan'],
    ['compare', 'Barnet'],
    ['trends', '2.1'],
    ['reconcile'],
    ['ratings', '--as-if', 'base=inspected'],
    ['start', '--once'],
    ['db', 'up'],
    ['db', 'check'],
  ])('is read by its owner: %s %s', async (...args) => {
    const { code, stdout, stderr } = await command(args, at(owner));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });

  test('is asked for nothing that it can’t do: its log has no error', async () => {
    expect((await command(['ratings'], at(owner))).code).toBe(0);
    expect(await logOf()).not.toMatch(/ERROR/);
  });

  test('is exported for the analyst; the reader is told who may', async () => {
    const exported = async (role: 'reader' | 'analyst') => {
      const to = path.join(await folder(), 'export');
      return command(['export', to, '--format', 'csv'], at(asRole(owner, role, passwords[role])));
    };
    expect(await exported('analyst')).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = await exported('reader');
    expect(code).toBe(3);
    expect(stderr).toMatch(/yot_ratings_reader may not do that: [^\n]+; use the analyst's URL/);
  });

  test('does not load, and says so', async () => {
    const bundle = path.join(await folder(), 'inspection.yaml');
    await writeFile(bundle, good2021);
    const { code, stdout, stderr } = await command(['load', bundle], at(owner));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/it can only be read \(a standby, [^\n]+: use the primary server/);
  });

  test('gives its reader’s URL where the password is known, else says who has it', async () => {
    const known = { [passwordVariable('reader')]: passwords.reader };
    expect(await command(['db', 'url', '--role', 'reader'], at(owner, known))).toEqual({
      code: 0,
      stdout: `${readerUrl()}\n`,
      stderr: '',
    });
    for (const password of [undefined, 'wrong']) {
      const { code, stdout, stderr } = await command(
        ['db', 'url', '--role', 'reader'],
        at(owner, { [passwordVariable('reader')]: password }),
      );
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/password that is not known here: set YOT_RATINGS_READER_PASSWORD/);
    }
  });
});

describe('a database that is opened to be read', () => {
  test('is read, and nothing in it is made or changed', async () => {
    const { db, isOwner, close } = await openDatabase(owner, { readOnly: true });
    expect(isOwner).toBe(false);
    expect(await ratings(db, { synthetic: false })).not.toEqual([]);
    await close();
  });

  test('has to be one already', async () => {
    await withEmptyDatabase(async (url) => {
      await expect(openDatabase(url, { readOnly: true })).rejects.toThrow(/The database is empty or older/);
      const db = connect(url, { max: 1 });
      const { tables } = await db.introspection.getTables().then((all) => ({ tables: all.length }));
      await db.destroy();
      expect(tables).toBe(0);
    });
  });
});
