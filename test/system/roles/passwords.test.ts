import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { openDatabase } from '../../../src/database/open.js';
import { roles } from '../../../src/database/role-names.js';
import { letIn, scramVerifier } from '../../../src/database/roles.js';
import { command, temporaryFolders } from '../../support/command.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();

/** Who a URL logs in as. */
async function whoIs(url: string): Promise<string> {
  const db = connect(url, { max: 1, idleSeconds: 1 });
  try {
    const { rows } = await sql<{ who: string }>`select session_user::text as who`.execute(db);
    return rows[0]?.who as string;
  } finally {
    await db.destroy();
  }
}

// RFC 7677, section 3: user "user", password "pencil".
test('the verifier is that of the standard’s example', () => {
  const verifier = scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
  expect(verifier).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('no password is in a statement: not in what others see of a session, nor in what the server logs', async () => {
  await sql`drop role if exists yot_ratings_test_watched`.execute(database.db);
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
  expect(seen.some((statement) => statement.includes('alter role yot_ratings_analyst login password'))).toBe(
    true,
  );
  expect(seen.join()).not.toContain(password);
  expect(await whoIs(url as string)).toBe('yot_ratings_analyst');
});

test('every role logs in to the embedded server with a password that nobody else can read', async () => {
  const home = await folder();
  const env = { YOT_RATINGS_HOME: home, YOT_RATINGS_READER_PASSWORD: undefined };
  const run = (...args: string[]) => command(args, { env });
  const names = { owner: 'yot_ratings_owner', ...roles };
  const urls = async () => {
    expect((await run('db', 'up')).code).toBe(0);
    const found: Record<string, string> = {};
    for (const [role, name] of Object.entries(names)) {
      const { code, stdout } = await run('db', 'url', '--role', role);
      expect(code).toBe(0);
      expect(await whoIs(stdout.trim())).toBe(name);
      found[role] = stdout.trim();
    }
    return found;
  };
  const before = await urls();
  const passwords = Object.values(before).map((url) => new URL(url).password);
  expect(new Set(passwords).size).toBe(4);

  const file = path.join(home, 'secrets.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  // Neither in the server's log nor anywhere else in the folder of its data.
  const log = await readFile(path.join(home, 'server.log'), 'utf8');
  for (const password of passwords) expect(log).not.toContain(password);

  expect(await urls()).toEqual(before);

  const { loaderPassword, ...others } = JSON.parse(await readFile(file, 'utf8'));
  expect(passwords).toContain(loaderPassword);
  await writeFile(file, JSON.stringify(others));
  const refused = await run('db', 'up');
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(
    /secrets\.json is damaged: it has to be JSON with a password for each role\./,
  );
});

describe('a server of one’s own', () => {
  test('lets loader and analyst in with the passwords that the environment says, and keeps none of them', async () => {
    const home = await folder();
    await withEmptyDatabase(async (url) => {
      const YOT_RATINGS_LOADER_PASSWORD = process.env.YOT_RATINGS_LOADER_PASSWORD as string;
      const env = { DATABASE_URL: url, YOT_RATINGS_HOME: home, YOT_RATINGS_LOADER_PASSWORD };
      expect((await command(['db', 'up'], { env })).code).toBe(0);
      const shown = await command(['db', 'url', '--role', 'loader'], { env });
      expect(shown).toMatchObject({ code: 0, stderr: '' });
      expect(await whoIs(shown.stdout.trim())).toBe('yot_ratings_loader');
      expect(await command(['db', 'url', '--role', 'analyst'], { env })).toEqual({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(
          /^The analyst of a server of your own .*: set YOT_RATINGS_ANALYST_PASSWORD\.\n$/,
        ),
      });
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
      const inside = connect(url, { max: 1 });
      await sql`drop owned by yot_ratings_test_plain cascade`.execute(inside);
      await inside.destroy();
      await sql`drop role yot_ratings_test_plain`.execute(database.db);
    });
  });
});
