import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import {
  commandProcess,
  type Ended,
  type Running,
  serve,
  serverProcess,
  temporaryFolders,
} from '../../support/command.js';

const folder = temporaryFolders();

describe('start on a fresh folder, in a shell without a locale', () => {
  let home: string;
  let serving: Running;
  let ended: Ended;

  test('makes a server, loads the bundled inspections and serves', async () => {
    home = await folder();
    serving = await serve(home, { env: { LANG: undefined, LC_ALL: undefined, LANGUAGE: undefined } });
    expect(await serverProcess(home)).toBeGreaterThan(0);
  });

  test('makes a UTF-8 cluster with SCRAM passwords, on the loopback interface only', async () => {
    const db = connect(await ownerUrl(home), { max: 1 });
    const setting = async (name: string) => {
      const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db);
      return rows[0]?.value;
    };
    try {
      expect(await setting('server_encoding')).toBe('UTF8');
      expect(await setting('listen_addresses')).toBe('127.0.0.1');
      expect(await setting('unix_socket_directories')).toBe('');
      const { rows } = await sql<{ role: string; verifier: string }>`
        select rolname::text as role, left(rolpassword, 14) as verifier from pg_authid where rolcanlogin`.execute(
        db,
      );
      expect(rows.map(({ role }) => role).sort()).toEqual(
        ['analyst', 'loader', 'owner', 'reader'].map((role) => `yot_ratings_${role}`),
      );
      expect(new Set(rows.map(({ verifier }) => verifier))).toEqual(new Set(['SCRAM-SHA-256$']));
      const { rows: rules } = await sql<{ auth_method: string }>`
        select distinct auth_method from pg_hba_file_rules`.execute(db);
      expect(rules).toEqual([{ auth_method: 'scram-sha-256' }]);
      const { rows: letters } = await sql<{ upper: string }>`select upper('ŵigan é') as upper`.execute(db);
      expect(letters).toEqual([{ upper: 'ŴIGAN É' }]);
    } finally {
      await db.destroy();
    }
  });

  test('prints a read-only URL, which reads every view of schema analytics and can do nothing else', async () => {
    const reader = connect(readerUrlIn(serving.stdout()), { max: 1 });
    const refused = (statement: string) =>
      sql
        .raw(statement)
        .execute(reader)
        .then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
    try {
      const { rows: views } = await sql<{ schema: string; name: string }>`
        select table_schema as schema, table_name as name from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema')`.execute(reader);
      expect(new Set(views.map(({ schema }) => schema))).toEqual(new Set(['analytics']));
      expect(views.length).toBeGreaterThanOrEqual(10);
      for (const { name } of views) await sql`select * from ${sql.id('analytics', name)}`.execute(reader);
      const { rows } = await sql<{ score: number }>`
        select score from analytics.overall_rating
        join analytics.inspection using (inspection_id)
        where evidence <> 'ratings only'
        order by score`.execute(reader);
      expect(rows.map(({ score }) => score)).toEqual([19, 21, 29, 31, 33]);

      const notAllowed = '42501';
      expect(await refused('select * from core.inspection')).toBe(notAllowed);
      expect(await refused('select * from rating.standard_result')).toBe(notAllowed);
      expect(await refused('create table public.mine (a int)')).toBe(notAllowed);
      expect(await refused('create schema mine')).toBe(notAllowed);
      expect(await refused('comment on view analytics.overall_rating is null')).toBe(notAllowed);
      expect(await refused('set role yot_ratings_owner')).toBe(notAllowed);
    } finally {
      await reader.destroy();
    }
  });

  test('ends on Ctrl-C with the server stopped, exit code 0 and no complaint', async () => {
    serving.kill('SIGINT');
    ended = await serving.ended;
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.trimEnd().split('\n').at(-1)).toBe('Stopped.');
    expect(await serverProcess(home)).toBeUndefined();
  });

  test('printed what it did and a line of ratings for each of the five inspections', () => {
    expect(ended.stdout).toContain(`embedded server in ${home}: made and started\n`);
    expect(ended.stdout).toMatch(
      /\d+ migrations applied; \d+ views made; 5 inspections and 6 files of reference data loaded; published ratings of 162 more/,
    );
    expect(ended.stdout).toMatch(/^Barnet YOS +2022-02 .* 21\/36 +Good/m);
    expect(ended.stdout).toMatch(/^Essex YOS +2018-10 .* 33\/36 +Outstanding/m);
    expect(ended.stdout).toMatch(/^Hammersmith and Fulham YJS +2022-07-18 .* 31\/36 +Outstanding/m);
    expect(ended.stdout).toMatch(/^Kensington & Chelsea YOS +2020-10-19 .* 29\/36 +Good/m);
    expect(ended.stdout).toMatch(/^Wigan YOT +2021-04-26 .* 19\/36 +Good/m);
    expect(ended.stdout).toMatch(/\d cells compared, 0 differ/);
  });

  test('run again it makes nothing and loads nothing, says so, and keeps the passwords', async () => {
    const again = await commandProcess(['start', '--once'], { env: { YOT_RATINGS_HOME: home } });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain(`embedded server in ${home}: started\n`);
    expect(again.stdout).toContain('nothing to migrate; views up to date; nothing to load');
    const passwordIn = (stdout: string) => new URL(readerUrlIn(stdout)).password;
    expect(passwordIn(again.stdout)).toBe(passwordIn(ended.stdout));
    expect(await serverProcess(home)).toBeUndefined();
  });
});

const readerUrlIn = (stdout: string) => stdout.match(/postgres:\/\/yot_ratings_reader:\S+/)?.[0] ?? 'none';

async function ownerUrl(home: string): Promise<string> {
  const { stdout } = await commandProcess(['db', 'url'], { env: { YOT_RATINGS_HOME: home } });
  return stdout.trim();
}
