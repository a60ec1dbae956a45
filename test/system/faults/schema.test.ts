import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { DB } from '../../../src/database/schema.js';
import { keptDifferences } from '../../../src/queries/kept-differences.js';
import { contents } from '../../support/bundles.js';
import { temporaryFolders } from '../../support/command.js';
import { rowsOf, withConnection } from '../../support/connection.js';
import { editionFiles, underGoodEdition } from '../../support/editions.js';
import { someOf } from '../../support/in-full.js';
import { untilIn } from '../../support/moment.js';
import { rewriteLoads } from '../../support/rewrite-loads.js';
import { notes, serverForTrials, type Trials } from './trials.js';

// Client and server killed while the schema is made, views are made anew, an edition is loaded, all is dropped, and a backup is restored.

const folder = temporaryFolders();
const met = notes();
let trials: Trials;

interface Undertaking {
  name: string;
  call: string[];
  /** The database that it begins with. */
  from: 'empty' | 'filled';
  prepare?: (db: Kysely<DB>) => Promise<unknown>;
  /** Whether what is there goes before it is made anew. */
  mayBeGone?: true;
  /** What is said where it was done already, if it can't be done again. */
  isDone?: string;
  /** Moments in it, told by a condition on pg_stat_activity. */
  moments: Record<string, string>;
}
const isMigrating = "query like '%create table core.%'";
const makesViews = "query like '%create view%'";
const edition: Undertaking = {
  name: 'an edition with an inspection',
  call: [],
  from: 'filled',
  moments: {
    'questions are written': `query ilike 'insert into "core"."question"%'`,
    'ratings are recorded': "query like '%rating.renew(%'",
  },
};
const restore: Undertaking = {
  name: 'a restore',
  call: [],
  from: 'empty',
  isDone: 'The database is not empty',
  moments: {
    'tables are made': isMigrating,
    'rows are copied': "query ilike 'copy %'",
    'views are made': makesViews,
  },
};
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
  edition,
  restore,
  {
    name: 'beginning again',
    call: ['db', 'reset', '--yes'],
    from: 'filled',
    mayBeGone: true,
    moments: { 'all is dropped': "query like 'drop schema%'", 'tables are made': isMigrating },
  },
];
const kills = undertakings.flatMap((one) =>
  Object.entries(one.moments).flatMap(([when, at]) =>
    (['client', 'server'] as const).map((who) => ({ who, one, name: one.name, when, at })),
  ),
);
// Each takes two loads of all that there is, or makes all views three times.
const tried = someOf(kills, 1);
const whole = new Map<string, string>();
beforeAll(async () => {
  trials = await serverForTrials(folder);
  const files = await folder();
  for (const [name, text] of Object.entries(editionFiles())) await writeFile(path.join(files, name), text);
  await writeFile(path.join(files, 'under-it.yaml'), underGoodEdition);
  edition.call = ['load', files, path.join(files, 'under-it.yaml')];
  restore.call = ['db', 'restore', path.join(files, 'backup')];
  await trials.on('filled', async (url) => {
    expect((await trials.run(url, ['db', 'backup', path.join(files, 'backup')]).ended).code).toBe(0);
  });
  for (const one of new Set(tried.map(({ one }) => one)))
    await trials.on(one.from, async (url) => {
      const { code, stderr } = await trials.run(url, one.call).ended;
      expect(code, stderr).toBe(0);
      whole.set(one.name, await stateOf(url));
    });
}, 300_000);

/** What is there: each table with its number of rows, and each view and who may read it. */
const stateOf = (url: string): Promise<string> =>
  withConnection(url, async (db) => {
    const tables = Object.entries(await contents(db))
      // A killed run has loaded what comes with the package, or will: how often views were made is not the matter here.
      .filter(([name]) => !['load', 'load_file'].includes(name))
      .map(([name, rows]) => `${name} ${rows.split(' ')[0]}`);
    const { rows } = await sql<{ view: string }>`
      select c.relname || ' ' || has_table_privilege('yot_ratings_reader', c.oid, 'select') as view
      from pg_class as c where c.relnamespace = 'analytics'::regnamespace order by 1`.execute(db);
    expect(await keptDifferences(db)).toEqual([]);
    return [...tables, ...rows.map(({ view }) => view)].sort().join('\n');
  });

const viewsOf = async (url: string) =>
  (await rowsOf(url, "select from pg_views where schemaname = 'analytics'")).length;

test.each(tried)(
  'killed: a $who, during $name, while $when',
  { timeout: 240_000 },
  async ({ who, one, when, at }) => {
    await trials.on(one.from, async (url) => {
      if (one.prepare) await withConnection(url, one.prepare);
      const views = await viewsOf(url);
      const running = trials.run(url, one.call);
      const isMet = await withConnection(trials.adminUrl(), async (admin) => {
        const found = await untilIn(admin, { database: new URL(url).pathname.slice(1), at, running });
        if (who === 'client') running.kill('SIGKILL');
        else await trials.killServer();
        return found;
      });
      const { code, stderr } = await running.ended;
      if (who === 'server') {
        await trials.comesUp();
        if (code !== 0)
          expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/^[^\n]+\n$/) });
      }
      // At once, whatever the killed one has left running.
      const after = await viewsOf(url);
      met.push(
        `${who}, ${one.name}, while ${when}${isMet ? '' : ' (missed)'}: ended with ${code}, ${after} views`,
      );
      if (one.from === 'filled' && !one.mayBeGone) expect(after).toBe(views);
      const again = await trials.run(url, one.call).ended;
      if (one.isDone && again.code !== 0) {
        expect(again.stderr).toContain(one.isDone);
        // whatever is called next makes the views that are not there yet
        expect(await trials.run(url, ['ratings']).ended).toMatchObject({ code: 0 });
      } else expect(again.code, again.stderr).toBe(0);
      expect(await stateOf(url)).toBe(whole.get(one.name));
    });
  },
);

test('views that a newer program has made are not replaced by an older one’s', {
  timeout: 60_000,
}, async () => {
  await trials.on('filled', async (url) => {
    await withConnection(url, (db) =>
      rewriteLoads(
        db,
        sql`program = 'yot-ratings 99.1.0', content_hash = ${'f'.repeat(64)} where kind = 'views'`,
      ),
    );
    const before = await stateOf(url);
    expect(await trials.run(url, ['ratings']).ended).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /^The views of the database were made by a newer version of this program \(yot-ratings 99\.1\.0; this is .*\)\. Update the program\.\n$/,
      ),
    });
    expect(await stateOf(url)).toBe(before);
  });
});
