import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { type EmbeddedServer, embeddedServer } from '../../../src/database/embedded/server.js';
import type { DB } from '../../../src/database/schema.js';
import { keptDifferences } from '../../../src/queries/kept-differences.js';
import { contents } from '../../support/bundles.js';
import { comingUp } from '../../support/coming-up.js';
import { serverProcess, startCommand, temporaryFolders } from '../../support/command.js';
import { withEmptyDatabase } from '../../support/database.js';
import { editionFiles, underGoodEdition } from '../../support/editions.js';
import { someOf } from '../../support/in-full.js';
import { loadedHome } from '../../support/loaded-home.js';
import { untilIn } from '../../support/moment.js';
import { rewriteLoads } from '../../support/rewrite-loads.js';
import { withDatabaseName } from '../../support/server.js';

// Client and server killed while the schema is made, while views are made anew, while an edition is loaded, and while all is dropped.

const folder = temporaryFolders();
let home: string;
let server: EmbeddedServer;
let made = 0;
const met: string[] = [];

interface Undertaking {
  name: string;
  call: string[];
  /** The database that it begins with: 'empty', or 'filled'. */
  from: string;
  prepare?: (db: Kysely<DB>) => Promise<unknown>;
  /** Whether what is there goes before it is made anew. */
  mayBeGone?: true;
  /** Moments in it, told by a condition on pg_stat_activity. */
  moments: Record<string, string>;
}
const isMigrating = "application_name like '%migrating' and query like '%create table core.%'";
const makesViews = "query like '%create view%'";
const undertakings: Undertaking[] = [
  {
    name: 'migration',
    call: ['ratings'],
    from: 'empty',
    moments: { 'tables are made': isMigrating, 'views are made': makesViews },
  },
  {
    name: 'making views anew',
    call: ['ratings'],
    from: 'filled',
    prepare: (db) => rewriteLoads(db, sql`content_hash = ${'f'.repeat(64)} where kind = 'views'`),
    moments: { 'views are made': makesViews },
  },
  {
    name: 'an edition with an inspection',
    call: [],
    from: 'filled',
    moments: {
      'questions are written': `query ilike 'insert into "core"."question"%'`,
      'ratings are recorded': "query like '%rating.renew(%'",
    },
  },
  {
    name: 'beginning again',
    call: ['db', 'reset', '--yes'],
    from: 'filled',
    mayBeGone: true,
    moments: { 'all is dropped': "query like 'drop schema%'", 'tables are made': isMigrating },
  },
];
const trials = undertakings.flatMap((one) =>
  Object.entries(one.moments).flatMap(([when, at]) =>
    (['client', 'server'] as const).map((who) => ({ who, one, name: one.name, when, at })),
  ),
);
// Each takes two loads of all that there is, or makes all views three times: only in full.
const tried = someOf(trials, 0);
const whole = new Map<string, string>();
/** Readers' views of a whole database. */
let allViews = 0;

const withConnection = async <T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> => {
  const db = connect(url, { max: 1 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
};
const adminUrl = () => withDatabaseName(server.url, 'postgres');
const run = (url: string, call: string[]) =>
  startCommand(call, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });

beforeAll(async () => {
  home = await folder(await loadedHome());
  server = await embeddedServer(home);
  await withConnection(adminUrl(), async (admin) => {
    await sql`alter database yot_ratings rename to filled`.execute(admin);
    await sql`create database empty`.execute(admin);
  });
  const files = await folder();
  const edition = editionFiles();
  for (const [name, text] of Object.entries(edition)) await writeFile(path.join(files, name), text);
  await writeFile(path.join(files, 'under-it.yaml'), underGoodEdition);
  (undertakings[2] as Undertaking).call = ['load', files, path.join(files, 'under-it.yaml')];
  for (const one of new Set(tried.map(({ one }) => one)))
    await trial(one, async (url) => {
      const { code, stderr } = await run(url, one.call).ended;
      expect(code, stderr).toBe(0);
      whole.set(one.name, await withConnection(url, stateOf));
      allViews = await withConnection(url, viewsOf);
    });
}, 300_000);
afterAll(async () => {
  console.log(met.join('\n'));
  await server?.release();
});

async function trial(one: Undertaking, work: (url: string) => Promise<void>): Promise<void> {
  const name = `trial_${++made}`;
  await withConnection(adminUrl(), async (admin) => {
    await sql`create database ${sql.id(name)} template ${sql.id(one.from)}`.execute(admin);
    await sql`checkpoint`.execute(admin);
  });
  const url = withDatabaseName(server.url, name);
  if (one.prepare) await withConnection(url, one.prepare);
  await work(url);
  await withConnection(adminUrl(), (admin) => sql`drop database ${sql.id(name)} with (force)`.execute(admin));
}

/** What is there: each table with its number of rows, and each view and who may read it. */
async function stateOf(db: Kysely<DB>): Promise<string> {
  const { rows: schemas } = await sql<{ there: boolean }>`
    select to_regclass('core.load') is not null as there`.execute(db);
  if (!schemas[0]?.there) return 'nothing';
  const tables = Object.entries(await contents(db))
    // A killed run has loaded what comes with the package, or will: how often views were made is not the matter here.
    .filter(([name]) => !['load', 'load_file'].includes(name))
    .map(([name, rows]) => `${name} ${rows.split(' ')[0]}`);
  const { rows } = await sql<{ view: string }>`
    select c.relname || ' ' || has_table_privilege('yot_ratings_reader', c.oid, 'select') as view
    from pg_class as c where c.relnamespace = 'analytics'::regnamespace order by 1`.execute(db);
  expect(await keptDifferences(db).catch(() => [])).toEqual([]);
  return [...tables, ...rows.map(({ view }) => view)].sort().join('\n');
}

/** Readers' views: all of them or, before there were any, none. */
const viewsOf = (db: Kysely<DB>) =>
  sql<{ n: number }>`select count(*)::int as n from pg_views where schemaname = 'analytics'`
    .execute(db)
    .then(({ rows }) => rows[0]?.n ?? 0);

test.each(tried)(
  'killed: a $who, during $name, while $when',
  { timeout: 240_000 },
  async ({ who, one, when, at }) => {
    await trial(one, async (url) => {
      const views = await withConnection(url, viewsOf);
      const running = run(url, one.call);
      const isMet = await withConnection(adminUrl(), async (admin) => {
        const found = await untilIn(admin, { database: new URL(url).pathname.slice(1), at, running });
        if (who === 'client') running.kill('SIGKILL');
        else process.kill((await serverProcess(home)) as number, 'SIGKILL');
        return found;
      });
      const { code, stderr } = await running.ended;
      if (who === 'server') {
        server = await comingUp(home);
        if (code !== 0) {
          expect(code, stderr).toBe(3);
          expect(stderr).toMatch(/^[^\n]+\n$/);
          expect(stderr).not.toMatch(/\n\s+at /);
        }
      }
      // At once, whatever the killed one has left running.
      const after = await withConnection(url, viewsOf);
      met.push(
        `${who}, ${one.name}, while ${when}${isMet ? '' : ' (missed)'}: ended with ${code}, ${after} views`,
      );
      expect([0, views, allViews]).toContain(after);
      if (one.from === 'filled' && !one.mayBeGone) expect(after).toBe(views);
      const again = await run(url, one.call).ended;
      expect(again.code, again.stderr).toBe(0);
      expect(await withConnection(url, stateOf)).toBe(whole.get(one.name));
    });
  },
);

test('a migration that a killed program has left running is waited for', { timeout: 120_000 }, async () => {
  await withEmptyDatabase(async (url) => {
    await withConnection(url, async (db) => {
      // As dbmate is, that goes on when its program is gone: a session that is in the middle of the first migration.
      await db.connection().execute(async (on) => {
        await sql`set application_name = 'yot-ratings 1-abcdef migrating'`.execute(on);
        const running = run(url, ['ratings']);
        let hasEnded = false;
        running.ended.then(() => {
          hasEnded = true;
        });
        const others = sql`
          select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
        while ((await others.execute(on)).rows.length === 0) await pause(50);
        await pause(1000);
        expect(hasEnded).toBe(false);
        expect((await sql`select to_regclass('core.load') as load`.execute(on)).rows).toEqual([
          { load: null },
        ]);
        await sql`set application_name = 'somebody'`.execute(on);
        const { code, stderr } = await running.ended;
        expect(code, stderr).toBe(0);
      });
    });
  });
});

test('views that a newer program has made are not replaced by an older one’s', {
  timeout: 60_000,
}, async () => {
  const filled = undertakings[1] as Undertaking;
  await trial(filled, async (url) => {
    await withConnection(url, (db) =>
      rewriteLoads(db, sql`program = 'yot-ratings 99.1.0' where kind = 'views'`),
    );
    const before = await withConnection(url, stateOf);
    const { code, stderr } = await run(url, ['ratings']).ended;
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(
        /^The views of the database were made by a newer version of this program \(yot-ratings 99\.1\.0; this is .*\)\. Update the program\.\n$/,
      ),
    });
    expect(await withConnection(url, stateOf)).toBe(before);
  });
});
