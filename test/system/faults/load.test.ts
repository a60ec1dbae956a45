import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import type { DB } from '../../../src/database/schema.js';
import { load } from '../../../src/import/load.js';
import { draws } from '../../../src/simulate/random.js';
import { type Running, temporaryFolders } from '../../support/command.js';
import { rowsOf, withConnection } from '../../support/connection.js';
import { isInFull, someOf, times } from '../../support/in-full.js';
import { type ProxyServer, proxyBefore } from '../../support/proxy.js';
import { seed } from '../../support/seed.js';
import { expectWhole, statesOf, twoStates, untilAlone } from '../../support/wholeness.js';
import { notes, serverForTrials, type Trials } from './trials.js';

// What can fail in the middle of a load: at moments that are told by the bytes which have gone between it and its server.

const folder = temporaryFolders();
const met = notes();
let trials: Trials;

/** What is disturbed: more than 20 bundles are loaded at once, all or nothing; new ones into a part of core.answer of their own. */
interface Undertaking {
  name: string;
  isReplacing: boolean;
  count: number;
  /** To and from the server when nobody disturbs it. */
  bytes: number;
}
const undertakings: Undertaking[] = [
  { name: 'new inspections one by one', isReplacing: false, count: 4, bytes: 0 },
  { name: 'many new inspections at once', isReplacing: false, count: 34, bytes: 0 },
  { name: 'changed inspections one by one', isReplacing: true, count: 4, bytes: 0 },
  { name: 'many changed inspections at once', isReplacing: true, count: 22, bytes: 0 },
].slice(0, isInFull() ? 4 : 1);

interface Moment {
  trials: Trials;
  url: string;
  proxy: ProxyServer;
  running: Running;
}

/** Each fault with how often it is tried, and in full. */
const faults: Record<string, { tries: number; strike: (moment: Moment) => unknown }> = {
  'its program is killed': { tries: times(1, 20), strike: ({ running }) => running.kill('SIGKILL') },
  'its server is killed': { tries: times(1, 10), strike: ({ trials: { killServer } }) => killServer() },
  'its connection is cut': { tries: times(1, 9), strike: ({ proxy }) => proxy.cut() },
  'its session is ended': {
    tries: times(1, 4),
    strike: ({ url }) =>
      rowsOf(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
      ),
  },
  // it takes two minutes until it is given up
  'its network goes silent': { tries: times(0, 1), strike: ({ proxy }) => proxy.stall() },
};

const random = draws(seed, 'faults', 0);
const moments = Object.entries(faults).flatMap(([fault, { tries }]) =>
  Array.from({ length: tries }, (_, nth) => {
    const one = undertakings[nth % undertakings.length] as Undertaking;
    // one in each of as many shares of the time
    const rounds = Math.ceil(tries / undertakings.length);
    const share = (Math.floor(nth / undertakings.length) + random.uniform()) / rounds;
    return { fault, one, name: one.name, share, percent: Math.round(share * 100) };
  }),
);

let bundles: Record<'before' | 'after', string[]>;
const states = { before: new Map<string, string>(), after: new Map<string, string>() };

beforeAll(async () => {
  trials = await serverForTrials(folder);
  const most = Math.max(...undertakings.map(({ count }) => count));
  await trials.on('filled', (url) =>
    withConnection(url, async (db) => {
      bundles = await twoStates(db, await folder(), most);
      await load(db, bundles.before);
      states.before = await statesOf(db);
      await load(db, bundles.after);
      states.after = await statesOf(db);
    }),
  );
  expect(states.before.size).toBe(most);
  for (const [code, digest] of states.before) expect(states.after.get(code)).not.toBe(digest);
  for (const one of undertakings)
    await trial(one, async (url) => {
      const proxy = await proxyBefore(url);
      const { code, stderr } = await trials.run(proxy.url, callOf(one)).ended;
      expect(code, stderr).toBe(0);
      one.bytes = proxy.bytes();
      await proxy.close();
    });
}, 600_000);

const callOf = ({ isReplacing, count }: Undertaking) => [
  'load',
  ...bundles[isReplacing ? 'after' : 'before'].slice(0, count),
];

/** A database as an undertaking is to find it, and what is there then. */
const trial = (one: Undertaking, work: (url: string, before: Map<string, string>) => Promise<void>) =>
  trials.on('filled', async (url) => {
    const before = await withConnection(url, async (db) => {
      if (one.isReplacing) await load(db, bundles.before.slice(0, one.count));
      return statesOf(db);
    });
    await work(url, before);
  });

/** Expects each inspection to be as before or as the load makes it, whole; returns how many are as that makes them. */
async function done(db: Kysely<DB>, one: Undertaking, before: Map<string, string>): Promise<number> {
  await untilAlone(db);
  await nothingIsWrong(db);
  const codes = bundles.before.slice(0, one.count).map((bundle) => path.basename(bundle));
  const target = [...states[one.isReplacing ? 'after' : 'before']].filter(([code]) => codes.includes(code));
  const count = await expectWhole(db, before, new Map(target));
  if (one.count > 20) expect([0, one.count]).toContain(count);
  const { rows } = await sql<{ loads: number }>`
    select count(*)::integer as loads from core.load join core.inspection using (inspection_id)
    where kind = 'inspection' and is_synthetic`.execute(db);
  expect(rows).toEqual([{ loads: count + (one.isReplacing ? one.count : 0) }]);
  return count;
}

/** Expects that no part of core.answer is left over or lacks a key, and that no answer is without its case. */
async function nothingIsWrong(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql`
    select c.relname as what
    from pg_class as c
    where c.relnamespace = 'core_answer'::regnamespace and c.relkind in ('r', 'p')
      and (
        (select count(*) from pg_constraint where conrelid = c.oid and contype in ('p', 'f')) <> 3
        or not exists (select from pg_inherits where inhrelid = c.oid and inhparent = 'core.answer'::regclass)
      )
    union all
    select conname from pg_constraint where not convalidated
    union all
    select indexrelid::regclass::text from pg_index where not indisvalid or not indisready
    union all
    select 'answers without a case or a question'
    from core.answer
    left join core.inspected_case using (inspection_id, case_no, sample_id)
    left join core.question using (question_id, sample_id)
    where pseudonym is null or question_code is null`.execute(db);
  expect(rows).toEqual([]);
}

test.each(moments)(
  'a load of $name of which, after $percent% of its bytes, $fault leaves every inspection whole, and is done by the next one',
  { timeout: 400_000 },
  async ({ fault, one, share }) => {
    await trial(one, async (url, before) => {
      const proxy = await proxyBefore(url);
      const running = trials.run(proxy.url, callOf(one));
      let strike: unknown;
      let struck = Number.NaN;
      const isThere = proxy.after(Math.round(share * one.bytes), () => {
        struck = performance.now();
        strike = faults[fault]?.strike({ trials, url, proxy, running });
      });
      await Promise.race([isThere, running.ended]);
      await strike;
      const { code, stderr } = await Promise.race([
        running.ended,
        pause(120_000, { code: null, stderr: 'it goes on' }, { ref: false }),
      ]);
      const took = Math.round(performance.now() - struck);
      await proxy.close();
      if (fault === 'its server is killed') await trials.comesUp();
      // It may have been done by then.
      if (fault !== 'its program is killed' && code !== 0)
        expect({ code, said: stderr.replaceAll(/^\d+ of \d+ bundles.*\n/gm, '') }).toEqual({
          code: 3,
          said: expect.stringMatching(/^The database [^\n]+\.\n$/),
        });
      if (fault !== 'its network goes silent') expect(took).toBeLessThan(30_000);
      await withConnection(url, async (db) => {
        const count = await done(db, one, before);
        met.push(`${one.name}, ${fault}: ended with ${code} after ${took} ms, ${count} were there`);
        const again = await trials.run(url, callOf(one)).ended;
        expect(again.code, again.stderr).toBe(0);
        expect(await done(db, one, before)).toBe(one.count);
      });
    });
  },
);

const locks: [string, string, boolean][] = [
  ['a table', 'lock table core.inspection in access exclusive mode', true],
  ['the right to make views', 'lock table core.made_object in share row exclusive mode', false],
];
test.each(someOf(locks, 1))(
  'a lock on %s that somebody else holds is waited for, and who holds it is said',
  { timeout: 120_000 },
  async (_, statement, isLoad) => {
    const one = undertakings[0] as Undertaking;
    await trial(one, async (url, before) => {
      const holder = new pg.Client({ connectionString: url, application_name: 'a report' });
      await holder.connect();
      await holder.query('begin');
      await holder.query(statement);
      const running = trials.run(url, isLoad ? callOf(one) : ['ratings']);
      // fails when it ends without
      await running.said('Waiting: ');
      await holder.end();
      const { code, stderr } = await running.ended;
      expect(code, stderr).toBe(0);
      expect(stderr).toMatch(
        /^Waiting: a report \(user \S+, from \S+, process \d+ of the server, in a transaction since [^\n]+\n$/,
      );
      await withConnection(url, async (db) => {
        expect(await done(db, one, before)).toBe(isLoad ? one.count : 0);
      });
    });
  },
);
