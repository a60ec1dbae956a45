import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { RoleName } from '../../src/database/role-names.js';
import { asRole, passwordVariable } from '../../src/database/roles.js';
import type { DB } from '../../src/database/schema.js';
import { dbPath } from '../../src/disk/paths.js';
import { good2018, good2021 } from '../support/bundles.js';
import { startCluster, type TestCluster, whyNoCluster } from '../support/citus.js';
import { command, temporaryFolders } from '../support/command.js';
import { withConnection } from '../support/connection.js';
import { loadProgramme } from '../support/programme.js';
import { rewriteLoads } from '../support/rewrite-loads.js';
import { twoStates } from '../support/wholeness.js';

const why = whyNoCluster();
const title = `a database that is distributed over workers of Citus${why ? ` (skipped: ${why})` : ''}`;
const folder = temporaryFolders();

let cluster: TestCluster;
/** The same programme on one server, and distributed. */
let [plain, spread] = ['', ''];
let [onOne, onMany] = [] as unknown as [Kysely<DB>, Kysely<DB>];

const passwords = Object.fromEntries(
  (['loader', 'analyst', 'reader'] as const).map((role) => [passwordVariable(role), `${role}-of-the-tests`]),
);
let home: string;
const run = (url: string, ...args: string[]) =>
  command(args, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home, ...passwords } });
const as = (role: RoleName) => asRole(spread, role, `${role}-of-the-tests`);

/** Runs a command that has to succeed; returns what it prints. */
async function done(url: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(url, ...args);
  expect({ code, stderr: code === 0 ? '' : stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' });
  return stdout;
}
const isWhole = async (url: string) => expect(await done(url, 'db', 'check')).toMatch(/is what is computed/);

/** What a statement gives on the distributed database. */
const ask = async <Row = { count: number }>(query: string) =>
  (await sql.raw<Row>(query).execute(onMany)).rows;

/** All rows of a view, as text and in order. */
async function rowsOf(db: Kysely<DB>, view: string): Promise<string[]> {
  const { rows } = await sql.raw<Record<string, unknown>>(`select * from analytics.${view}`).execute(db);
  return rows.map((row) => JSON.stringify(row)).sort();
}

const planOf = async (query: string) =>
  (await ask<{ 'QUERY PLAN': string }>(`explain (costs off) ${query}`))
    .map((row) => row['QUERY PLAN'])
    .join('\n');

const inspection = async () => {
  const [last] = await ask<{ id: number }>(
    'select max(inspection_id) as id from core.inspection where is_synthetic',
  );
  return last?.id as number;
};

describe.skipIf(why !== undefined)(title, { timeout: 600_000 }, () => {
  beforeAll(async () => {
    cluster = await startCluster();
    const name = `yot_${process.pid}`;
    plain = await cluster.plain(`${name}_plain`);
    home = await folder();
    await withConnection(await cluster.plain('postgres'), async (admin) => {
      for (const what of ['plain', 'restored'])
        await sql`create database ${sql.id(`${name}_${what}`)}`.execute(admin);
    });
    // The roles are known to the coordinator from here, and to no worker.
    await done(plain, 'db', 'up');
    onOne = connect(plain);
    await loadProgramme({ db: onOne }, { inspections: 150 });
    const file = path.join(home, 'programme.backup');
    await done(plain, 'db', 'backup', file);
    spread = await cluster.database(`${name}_spread`);
    await done(spread, 'db', 'restore', file);
    onMany = connect(spread);
  }, 600_000);
  afterAll(async () => {
    await onOne?.destroy();
    await onMany?.destroy();
    await cluster?.stop();
  }, 60_000);

  test('is made by one command, which says before what it will do, and does it once', async () => {
    const distributed = async () => (await ask('select count(*) as count from pg_dist_partition'))[0]?.count;
    expect(await done(spread, 'db', 'distribute', '--dry-run')).toMatch(
      /create_distributed_table\('core.answer', 'inspection_id'\);\n/,
    );
    expect(await distributed()).toBe(0);
    expect(await done(spread, 'db', 'distribute', '--shards', '8')).toMatch(
      /^\d+ tables distributed by inspection over 2 workers, \d+ tables copied to each\.\n$/,
    );
    expect(await distributed()).toBeGreaterThan(50);
    expect(await done(spread, 'db', 'distribute')).toMatch(
      /is distributed over 2 workers already: nothing to do/,
    );
    expect(await run(plain, 'db', 'distribute')).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(
        /^The database is on no coordinator of Citus that knows workers[^\n]+\n$/,
      ),
    });
  });

  test('has the same rows in every public view, for its owner and for its reader', async () => {
    const views = await ask<{ view: string; for_readers: boolean }>(`
      select viewname as view, has_table_privilege('yot_ratings_reader', 'analytics.' || viewname, 'select') as for_readers
      from pg_views where schemaname = 'analytics' order by 1`);
    expect(views.length).toBeGreaterThan(40);
    await withConnection(as('reader'), async (reader) => {
      for (const { view, for_readers } of views) {
        const wanted = await rowsOf(onOne, view);
        expect(await rowsOf(onMany, view), view).toEqual(wanted);
        if (for_readers) expect(await rowsOf(reader, view), view).toEqual(wanted);
      }
    });
  });

  test('shows its reader nothing else, by itself or by asking workers', () =>
    withConnection(as('reader'), async (reader) => {
      for (const from of [
        ...['core.inspection', 'kept.answer_bits', 'analytics.subgroup_count'],
        ...["run_command_on_workers('select 1')", "run_command_on_all_nodes('select 1')"],
        "run_command_on_shards('kept.answer_bits', 'select count(*) from %s')",
      ])
        await expect(sql.raw(`select from ${from}`).execute(reader), from).rejects.toThrow(
          /permission denied/,
        );
    }));

  test('asks one shard for one inspection, and every shard for its part of a trend', async () => {
    const one = await inspection();
    const views = await ask<{ view: string }>(`
      select table_name as view
      from information_schema.columns
      where table_schema = 'analytics' and column_name = 'inspection_id'
      order by 1`);
    expect(views.length).toBeGreaterThan(20);
    const ofMany: string[] = [];
    for (const { view } of views) {
      const plan = await planOf(`select * from analytics.${view} where inspection_id = ${one}`);
      const tasks = plan.match(/(?<=Task Count: )\d+/g) ?? [];
      expect(tasks, view).not.toEqual([]);
      if (tasks.some((count) => count !== '1')) ofMany.push(view);
    }
    // They say how it stands among others, or beside the one before, which lies where it lies.
    expect(ofMany).toEqual(['league_table', 'service_comparison', 'service_history', 'standard_history']);
    for (const trend of [
      ...['standard_trend', 'key_question_trend', 'key_question_all_years', 'prompt_trend'],
      ...['rating_trend', 'subgroup_trend', 'subgroup_all_years'],
    ]) {
      const [, ...parts] = (await planOf(`select * from analytics.${trend}`)).split(/(?=Task Count: )/);
      const ofShards = parts.filter((part) => part.startsWith('Task Count: 8'));
      expect(ofShards.length, trend).toBeGreaterThan(0);
      for (const part of ofShards) expect(part, trend).toMatch(/Aggregate/);
    }
  });

  test('refuses a second inspection of a code, and records one that is taken away', async () => {
    const one = await inspection();
    const again = ask(`
      insert into core.inspection (inspection_id, inspection_code, service_id, edition_code, service_at_inspection,
        fieldwork_precision, published_year, published_precision)
      select 999, inspection_code, service_id, edition_code, 'X', 'not known', 2020, 'year'
      from core.inspection where inspection_id = ${one}`);
    await expect(again).rejects.toThrow(/inspection_inspection_code_key/);
    await ask(`delete from core.inspection where inspection_code =
      (select inspection_code from core.inspection where inspection_id = ${one})`);
    const record = `from core.rating_record where inspection_id = ${one} order by record_id desc limit 1`;
    expect(await ask(`select why ${record}`)).toEqual([{ why: 'removed' }]);
    expect(await ask(`select from core.answer where inspection_id = ${one}`)).toEqual([]);
  });

  test('rates inspections anew when a rule is changed by SQL', async () => {
    const change = (from: number, to: number) =>
      ask(`update core.band set from_percent = ${to} where edition_code = '2021' and from_percent = ${from}`);
    await change(50, 60);
    await isWhole(spread);
    expect(await ask(`select from core.rating_record where why = 'rules changed'`)).not.toEqual([]);
    await change(60, 50);
  });

  // the loader has loaded the states before by then
  test.each<['loader' | 'owner', string, 'before' | 'after', string]>([
    ['loader', good2021, 'before', 'loaded'],
    ['owner', good2018.replaceAll('Barset', 'Ownershire'), 'after', 'replaced'],
  ])(
    'is loaded into by its %s: one, the same again, another state of it, and many',
    async (role, text, state, outcome) => {
      const bundle = path.join(await folder(), 'inspection.yaml');
      const url = role === 'owner' ? spread : as(role);
      const load = (...args: string[]) => done(url, 'load', '--new-service', ...args);
      await writeFile(bundle, text);
      expect(await load(bundle)).toMatch(/: loaded/);
      expect(await load(bundle)).toMatch(/loaded already/);
      await writeFile(bundle, `${text}# once more\n`);
      expect(await load(bundle)).toMatch(/: replaced/);
      const { [state]: many } = await twoStates(onMany, await folder(), 22);
      expect((await load(...many)).match(new RegExp(`: ${outcome}, `, 'g'))).toHaveLength(22);
      await isWhole(spread);
    },
  );

  test('takes an edition that says otherwise, and one that says what it said', async () => {
    const changed = await folder();
    for (const name of ['rules.yaml', 'questions.yaml']) {
      const text = await readFile(dbPath('editions', '2021', name), 'utf8');
      await writeFile(path.join(changed, name), text.replace('from_percent: 65', 'from_percent: 66'));
    }
    expect(await done(spread, 'load', changed)).toMatch(/edition 2021: replaced/);
    await isWhole(spread);
    expect(await done(spread, 'load', changed)).toMatch(/edition 2021: loaded already/);
  });

  test('answers every command, and its backup is restored into one server', async () => {
    for (const args of [
      ['trends', '2.1'],
      ['distance', 'Wigan'],
      ['compare', 'Barnet'],
      ['ratings'],
      ['db', 'up'],
    ])
      expect(await done(spread, ...args)).not.toBe('');
    const { stdout } = await run(spread, 'reconcile');
    expect(stdout).toMatch(/SQL and TypeScript: \d+ cells compared, 0 differ/);
    const at = await folder();
    await done(spread, 'export', path.join(at, 'export'), '--format', 'csv');
    await done(spread, 'book', path.join(at, 'book'));
    await done(spread, 'db', 'backup', path.join(at, 'backup'));
    const restored = plain.replace(/_plain$/, '_restored');
    await done(restored, 'db', 'restore', path.join(at, 'backup'));
    await isWhole(restored);
  });

  // on a busy machine it takes ten minutes
  test('is brought up and served on a coordinator that knows workers, before and after it is distributed', {
    timeout: 1_800_000,
  }, async () => {
    const fresh = await cluster.database(`yot_${process.pid}_fresh`);
    expect(await done(fresh, 'db', 'up')).toMatch(/11 files loaded/);
    expect(await done(fresh, 'start', '--once')).toMatch(/cells compared, 0 differ/);
    expect(await done(fresh, 'db', 'distribute', '--shards', '4')).toMatch(/distributed by inspection/);
    expect(await done(fresh, 'db', 'up')).toMatch(/0 migrations applied/);
    // as of another version of this program: views are made anew where they are distributed
    await withConnection(fresh, (db) =>
      rewriteLoads(db, sql`content_hash = ${'f'.repeat(64)} where kind = 'views'`),
    );
    expect(await done(fresh, 'start', '--once')).toMatch(/cells compared, 0 differ/);
  });
});
