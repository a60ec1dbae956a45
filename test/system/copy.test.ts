import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Copy, withCopy } from '../../src/database/copy.js';
import { explainDatabaseError } from '../../src/database/errors.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const run = (statement: string) => sql.raw(statement).execute(database.db);

const columns = ['number', 'text'] as const;
const target = { table: 'public.copied', columns };

beforeAll(async () => {
  await run('create table public.allowed (number integer primary key)');
  await run('insert into public.allowed select generate_series(1, 30000)');
});
beforeEach(async () => {
  await run('drop table if exists public.copied');
  await run('create table public.copied (number integer, text text)');
});

/** Rows numbered from 1 on. */
function* rows(to = Number.POSITIVE_INFINITY, from = 1): Generator<string> {
  for (let number = from; number <= to; number++) yield `${number}\trow ${number}\n`;
}

const copied = async () => (await run('select count(*)::int as rows from public.copied')).rows[0];

/** The error with which work rejects, which it has to do in time; it leaves nothing in the table, and the next copy works. */
async function failed(
  work: (copy: Copy, pid: number) => Promise<unknown>,
): Promise<Error & { code?: string }> {
  const copying = withCopy(database.url, async (trx, copy) => {
    const { rows: own } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await copy(target, rows(10));
    await work(copy, own[0]?.pid as number);
  });
  const error = await Promise.race([
    copying.then(
      () => new Error('it was copied'),
      (reason: Error) => reason,
    ),
    // of those that hang it takes for ever
    pause(30_000, new Error('it hangs'), { ref: false }),
  ]);
  expect(await copied()).toEqual({ rows: 0 });
  expect(await withCopy(database.url, (_, copy) => copy(target, rows(3)))).toBe(3);
  return error;
}

describe('a copy that the server refuses is told of at once:', () => {
  test('in the middle, for a bad value, and asks for no more lines', async () => {
    let isClosed = false;
    function* lines() {
      try {
        yield* rows(10_000);
        yield 'many\trow\n';
        yield* rows();
      } finally {
        isClosed = true;
      }
    }
    expect(await failed((copy) => copy(target, lines()))).toMatchObject({ code: '22P02' });
    expect(isClosed).toBe(true);
  });

  test.each<[string, string, string, () => Iterable<string>]>([
    ['a NUL character', '22021', 'select', () => ['1\ta\0b\n']],
    [
      'its keys, after its last row',
      '23503',
      'alter table public.copied add foreign key (number) references public.allowed',
      () => rows(30_001, 11),
    ],
    [
      'its keys, at the end of the transaction',
      '23505',
      'alter table public.copied add unique (number) deferrable initially deferred',
      () => rows(20_000),
    ],
  ])('for %s', async (_, code, prepare, lines) => {
    await run(prepare);
    expect(await failed((copy) => copy(target, lines()))).toMatchObject({ code });
  });
});

describe('a copy whose session is ended by somebody else is told of in words:', () => {
  const end = (pid: number) => run(`select pg_terminate_backend(${pid}, 5000)`);

  test.each<[string, Iterable<string>]>([
    ['while more lines come without an end', { [Symbol.iterator]: () => rows() }],
    ['when no more lines come', []],
  ])('%s', async (_, rest) => {
    const error = await failed(async (copy, pid) => {
      async function* lines() {
        yield* rows(5_000);
        await end(pid);
        yield* rest;
      }
      await copy(target, lines());
    });
    expect(explainDatabaseError(error, database.url)).toMatchObject({
      exit: 3,
      message: expect.stringContaining('cut'),
    });
  });
});

test('a copy whose lines fail rejects with their own error', async () => {
  const slip = new Error('the lines failed');
  async function* lines() {
    yield* rows(5_000);
    await pause(20);
    throw slip;
  }
  expect(await failed((copy) => copy(target, lines()))).toBe(slip);
});
