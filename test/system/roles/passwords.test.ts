import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/database/open.js';
import { roles } from '../../../src/database/role-names.js';
import { letIn, scramVerifier } from '../../../src/database/roles.js';
import { command, temporaryFolders } from '../../support/command.js';
import { rowsOf } from '../../support/connection.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();

/** Who a URL logs in as. */
const whoIs = async (url: string) =>
  (await rowsOf<{ who: string }>(url, 'select session_user::text as who'))[0]?.who;

// RFC 7677, section 3: user "user", password "pencil".
test('the verifier is that of the standard’s example', () => {
  const verifier = scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
  expect(verifier).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('no password is in a statement: not in what others see of a session, nor in what the server logs', async () => {
  const seen: string[] = [];
  const watched = database.db.withPlugin({
    transformQuery: ({ node }) => {
      seen.push(JSON.stringify(node));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const password = process.env.YOT_RATINGS_ANALYST_PASSWORD as string;
  // In one transaction: the role belongs to the whole server, and other tests log in as it meanwhile.
  const url = await watched.transaction().execute(async (trx) => {
    await sql`alter role yot_ratings_analyst nologin`.execute(trx);
    return letIn(trx, database.url, { role: 'analyst', password, mayReplace: true });
  });
  expect(seen.join()).toContain('alter role yot_ratings_analyst login password');
  expect(seen.join()).not.toContain(password);
  expect(await whoIs(url as string)).toBe('yot_ratings_analyst');
});

test('every role logs in to the embedded server with a password that nobody else can read', async () => {
  const home = await folder();
  const env = { YOT_RATINGS_HOME: home, YOT_RATINGS_READER_PASSWORD: undefined };
  const run = (...args: string[]) => command(args, { env });
  expect((await run('db', 'up')).code).toBe(0);
  const passwords = new Set<string>();
  for (const [role, name] of Object.entries({ owner: 'yot_ratings_owner', ...roles })) {
    const { stdout } = await run('db', 'url', '--role', role);
    expect(await whoIs(stdout.trim())).toBe(name);
    passwords.add(new URL(stdout.trim()).password);
  }
  expect(passwords.size).toBe(4);
  expect((await stat(path.join(home, 'secrets.json'))).mode & 0o777).toBe(0o600);
  const log = await readFile(path.join(home, 'server.log'), 'utf8');
  for (const password of passwords) expect(log).not.toContain(password);
});

describe('a server of one’s own', () => {
  test('lets loader and analyst in with the passwords that the environment says, and keeps none of them', async () => {
    const home = await folder();
    await withEmptyDatabase(async (url) => {
      const YOT_RATINGS_LOADER_PASSWORD = process.env.YOT_RATINGS_LOADER_PASSWORD as string;
      const env = { DATABASE_URL: url, YOT_RATINGS_HOME: home, YOT_RATINGS_LOADER_PASSWORD };
      expect((await command(['db', 'up'], { env })).code).toBe(0);
      const shown = await command(['db', 'url', '--role', 'loader'], { env });
      expect(await whoIs(shown.stdout.trim())).toBe('yot_ratings_loader');
      const { code, stderr } = await command(['db', 'url', '--role', 'analyst'], { env });
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^The analyst of a server of your own .*: set YOT_RATINGS_ANALYST_PASSWORD\.\n$/,
      );
      expect(await readdir(home)).toEqual([]);
    });
  });

  test('whose owner can’t change roles is used all the same', async () => {
    await withEmptyDatabase(async (url) => {
      const plain = new URL(url);
      plain.username = 'yot_ratings_test_plain';
      plain.password = 'plain';
      const name = sql.id(plain.pathname.slice(1));
      await sql`drop role if exists yot_ratings_test_plain`.execute(database.db);
      await sql`create role yot_ratings_test_plain login password 'plain'`.execute(database.db);
      await sql`alter database ${name} owner to yot_ratings_test_plain`.execute(database.db);
      const opened = await openDatabase(plain.href);
      try {
        expect(opened.isOwner).toBe(true);
        // With a password that is not the role's, too: there is nothing to be changed else.
        const other = { role: 'analyst', password: 'another', mayReplace: true } as const;
        expect(await letIn(opened.db, plain.href, other)).toBeUndefined();
        const { rows } = await sql`select * from analytics.database_version`.execute(opened.db);
        expect(rows).toHaveLength(1);
      } finally {
        await opened.close();
        await sql`alter database ${name} owner to current_user`.execute(database.db);
      }
      await rowsOf(url, 'drop owned by yot_ratings_test_plain cascade');
      await sql`drop role yot_ratings_test_plain`.execute(database.db);
    });
  });
});
