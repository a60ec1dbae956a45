import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { DB } from '../../../src/database/schema.js';
import { watch } from '../../../src/database/watch.js';
import { load } from '../../../src/import/load.js';
import type { UserError } from '../../../src/problem.js';
import { startCommand } from '../../support/command.js';
import { someOf, testInFull, times } from '../../support/in-full.js';
import { proxyBefore } from '../../support/proxy.js';
import { seed } from '../../support/seed.js';
import { expectWhole, statesOf, twoStates, untilAlone, withCopyOf } from '../../support/wholeness.js';

// A network and a server that fail in the middle of a load.
const runs = times(1, 9);
const inspections = 22;
const oneByOne = 4;

let home: string;
let bundles: { before: string[]; after: string[] };
/** What an undisturbed load of each makes. */
const states = {
  none: new Map<string, string>(),
  before: new Map<string, string>(),
  after: new Map<string, string>(),
};
const met: string[] = [];

interface Undertaking {
  name: string;
  isReplacing: boolean;
  count: number;
  /** Bytes to and from the server when nobody disturbs it. */
  bytes: number;
}
const undertakings: Undertaking[] = [
  { name: 'new inspections one by one', isReplacing: false, count: oneByOne },
  { name: 'changed inspections one by one', isReplacing: true, count: oneByOne },
  { name: 'many new inspections at once', isReplacing: false, count: inspections },
].map((one) => ({ ...one, bytes: 0 }));

const run = (url: string, args: string[]) =>
  startCommand(args, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });
const callOf = ({ isReplacing, count }: Undertaking) => [
  'load',
  ...bundles[isReplacing ? 'after' : 'before'].slice(0, count),
];
const afterOf = ({ isReplacing, count }: Undertaking) =>
  new Map([...states[isReplacing ? 'after' : 'before']].filter(([code]) => namesOf(count).includes(code)));
const namesOf = (count: number) => bundles.before.slice(0, count).map((bundle) => path.basename(bundle));

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-faults-'));
  await withCopyOf(inject('template'), async (_, db) => {
    bundles = await twoStates(db, home, inspections);
    await load(db, bundles.before);
    states.before = await statesOf(db);
    await load(db, bundles.after);
    states.after = await statesOf(db);
  });
  expect(states.before.size).toBe(inspections);
  for (const [code, digest] of states.before) expect(states.after.get(code)).not.toBe(digest);
  for (const one of undertakings.slice(0, runs))
    await trial(one, async (url) => {
      const proxy = await proxyBefore(url);
      const { code, stderr } = await run(proxy.url, callOf(one)).ended;
      expect(code, stderr).toBe(0);
      one.bytes = proxy.bytes();
      await proxy.close();
    });
}, 300_000);
afterAll(async () => {
  console.log([`TEST_SEED=${seed}`, ...met].join('\n'));
  await rm(home, { recursive: true, force: true });
});

/** A database as an undertaking is to find it. */
function trial(
  one: Undertaking,
  work: (url: string, db: Kysely<DB>, before: Map<string, string>) => Promise<void>,
) {
  return withCopyOf(inject('template'), async (url, db) => {
    if (one.isReplacing) await load(db, bundles.before.slice(0, one.count));
    await work(url, db, await statesOf(db));
  });
}

/** Expects a load that was disturbed to have ended with one message, all to be whole, and the next one to do the rest. */
async function afterwards(
  one: Undertaking,
  { url, db, before }: { url: string; db: Kysely<DB>; before: Map<string, string> },
  { code, stderr }: { code: number | null; stderr: string },
  what: string,
) {
  if (code !== 0) {
    const message = stderr.replaceAll(/^\d+ of \d+ bundles.*\n/gm, '');
    expect({ code, message }).toEqual({ code: 3, message: expect.stringMatching(/^The database .*\.\n$/) });
  }
  await untilAlone(db);
  const done = await expectWhole(db, before, afterOf(one));
  met.push(`${what}, ${one.name}: ended with ${code}, ${done} of ${one.count} were there`);
  if (one.count === inspections) expect([0, one.count]).toContain(done);
  const again = await run(url, callOf(one)).ended;
  expect(again.code, again.stderr).toBe(0);
  expect(await expectWhole(db, before, afterOf(one))).toBe(one.count);
}

const trials = Array.from({ length: runs }, (_, nth) => {
  // As far apart as so many can be.
  const share = ((nth + seed * 7) * 0.618_033_988_75) % 1;
  return {
    nth,
    share,
    percent: Math.round(share * 100),
    name: undertakings[nth % undertakings.length]?.name,
  };
});

describe('a connection', () => {
  test.each(trials)(
    'that is cut after $percent% of the bytes of $name',
    { timeout: 120_000 },
    async ({ nth, share }) => {
      const one = undertakings[nth % undertakings.length] as Undertaking;
      await trial(one, async (url, db, before) => {
        const proxy = await proxyBefore(url);
        proxy.cutAfter(Math.round(share * one.bytes));
        const ended = await run(proxy.url, callOf(one)).ended;
        await proxy.close();
        await afterwards(one, { url, db, before }, ended, `cut after ${Math.round(share * one.bytes)} bytes`);
      });
    },
  );

  test('that goes silent without breaking is noticed when two looks in a row are not answered', async () => {
    const proxy = await proxyBefore(inject('adminUrl'));
    const silent = proxy.stallAfter(1);
    const lost = new Promise<UserError>((onLost) => {
      watch(proxy.url, { onLost, onWaiting: () => {}, every: 50, patience: 200 });
    });
    await silent;
    expect((await lost).message).toMatch(/can't be reached any more: it does not answer, /);
    await proxy.close();
  });

  // The same of a command, whose patience is longer: it takes longer than all other tests of this file, so it is there only in full.
  testInFull(
    'that goes silent without breaking is given up within two minutes',
    async () => {
      const share = 0.6;
      const one = undertakings[0] as Undertaking;
      await trial(one, async (url, db, before) => {
        const proxy = await proxyBefore(url);
        const stalled = proxy.stallAfter(share * one.bytes);
        const running = run(proxy.url, callOf(one));
        await Promise.race([stalled, running.ended]);
        const start = performance.now();
        const ended = await running.ended;
        const took = performance.now() - start;
        expect(took).toBeLessThan(120_000);
        expect(ended.code).toBe(3);
        expect(ended.stderr).toMatch(/^The database .* can't be reached any more: it does not answer, /);
        // To the server the sessions are there until the network says otherwise.
        await proxy.close();
        await afterwards(
          one,
          { url, db, before },
          ended,
          `stalled at ${share}, given up after ${Math.round(took / 1000)} s`,
        );
      });
    },
    200_000,
  );
});

describe('a session that the server ends', () => {
  // Much is written by then, and much is not.
  const answers = { oneByOne: '%insert into core.answer %', atOnce: 'copy core_answer.%' };
  test.each(someOf(undertakings, 1))(
    'while it writes answers of $name',
    { timeout: 120_000 },
    async ({ name }) => {
      const one = undertakings.find((any) => any.name === name) as Undertaking;
      await trial(one, async (url, db, before) => {
        const running = run(url, callOf(one));
        let hasEnded = false;
        running.ended.then(() => {
          hasEnded = true;
        });
        const statement = one.count === inspections ? answers.atOnce : answers.oneByOne;
        // A machine may be so busy that the moment is missed.
        for (let ended = 0; ended === 0 && !hasEnded; ) {
          const { rows } = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and state <> 'idle' and query ilike ${statement}
            and application_name <> current_setting('application_name')`.execute(db);
          ended = rows.length;
        }
        await afterwards(one, { url, db, before }, await running.ended, 'ended while it wrote answers');
      });
    },
  );
});

describe('a lock that somebody else holds', () => {
  const locks: [string, string, string[]][] = [
    ['a table', 'lock table core.inspection in access exclusive mode', ['load']],
    ['the right to make views', 'lock table core.made_object in share row exclusive mode', ['ratings']],
  ];
  test.each(someOf(locks, 1))(
    'on %s is waited for, and who holds it is said',
    { timeout: 120_000 },
    async (_, statement, call) => {
      const one = undertakings[0] as Undertaking;
      await trial(one, async (url, db, before) => {
        const holder = new pg.Client({ connectionString: url, application_name: 'a report' });
        await holder.connect();
        await holder.query('begin');
        await holder.query(statement);
        const running = run(url, call[0] === 'load' ? callOf(one) : call);
        let hasEnded = false;
        running.ended.then(() => {
          hasEnded = true;
        });
        await running.said('Waiting: ');
        expect(hasEnded).toBe(false);
        await holder.end();
        const { code, stderr } = await running.ended;
        expect(code, stderr).toBe(0);
        expect(stderr).toMatch(
          /^Waiting: a report \(user \S+, from \S+, process \d+ of the server, in a transaction since /,
        );
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
        expect(await expectWhole(db, before, afterOf(one))).toBe(call[0] === 'load' ? one.count : 0);
      });
    },
  );
});
