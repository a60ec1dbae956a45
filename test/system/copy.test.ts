import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Copy, copyLine, withCopy } from '../../src/database/copy.js';
import { explainDatabaseError } from '../../src/database/errors.js';
import { exitCode, UserError } from '../../src/problem.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

const columns = ['number', 'text'] as const;
const target = { table: 'public.copied', columns };

/** What a copy that fails may take: of those that hang, it takes for ever. */
const promptly = 30_000;

beforeAll(async () => {
  await sql`create table public.allowed (number integer primary key)`.execute(database.db);
  await sql`insert into public.allowed select generate_series(1, 30000)`.execute(database.db);
});

beforeEach(async () => {
  await sql`drop table if exists public.copied`.execute(database.db);
  await sql`create table public.copied (number integer, text text)`.execute(database.db);
});

/** Rows numbered from 1 on. */
function* rows(to = Number.POSITIVE_INFINITY, from = 1): Generator<string> {
  for (let number = from; number <= to; number++) yield copyLine({ number, text: `row ${number}` }, columns);
}

const copied = async (): Promise<number> => {
  const { rows } = await sql<{ rows: number }>`select count(*)::int as rows from public.copied`.execute(
    database.db,
  );
  return rows[0]?.rows as number;
};

/** Whether a source of lines was told that no more are wanted. */
interface Closed {
  closed: boolean;
}

function* watched(lines: Iterable<string>, state: Closed): Generator<string> {
  try {
    yield* lines;
  } finally {
    state.closed = true;
  }
}

/** Expects that a copy rejects in time, leaves nothing in the table, and that the next one works; returns the error. */
async function failed(lines: Iterable<string> | AsyncIterable<string>): Promise<Error & { code?: string }> {
  return failedWork(async (copy) => {
    await copy(target, rows(10));
    await copy(target, lines);
  });
}

async function failedWork(work: (copy: Copy) => Promise<void>): Promise<Error & { code?: string }> {
  const error = await inTime(withCopy(database.url, (_, copy) => work(copy)));
  await nothingIsLeft();
  return error;
}

/** The error with which work rejects, which it has to do in time. */
function inTime(work: Promise<void>): Promise<Error & { code?: string }> {
  return Promise.race([
    work.then(
      () => new Error('it was copied'),
      (reason: Error) => reason,
    ),
    pause(promptly, new Error('it hangs'), { ref: false }),
  ]);
}

async function nothingIsLeft(): Promise<void> {
  expect(await copied()).toBe(0);
  await withCopy(database.url, (_, copy) => copy(target, rows(3)));
  expect(await copied()).toBe(3);
}

describe('a copy that the server refuses', () => {
  test('in the middle, for a bad value, is told of at once, and asks for no more lines', async () => {
    const state = { closed: false };
    function* lines() {
      yield* rows(10_000);
      yield 'many\trow\n';
      yield* rows();
    }
    const error = await failed(watched(lines(), state));
    expect(error).toMatchObject({ code: '22P02', message: expect.stringContaining('"many"') });
    expect(state.closed).toBe(true);
  });

  test.each(['1\n', '1\trow\tmore\n'])('for a line with too few values, or too many: %j', async (line) => {
    expect(await failed([line])).toMatchObject({ code: '22P04' });
  });

  test('for a NUL character', async () => {
    expect(await failed([copyLine({ number: 1, text: 'a\0b' }, columns)])).toMatchObject({ code: '22021' });
  });

  test('at its last row, which stands there already', async () => {
    await sql`create unique index on public.copied (number)`.execute(database.db);
    function* lines() {
      yield* rows(20_000, 11);
      yield* rows(20_000, 20_000);
    }
    expect(await failed(lines())).toMatchObject({ code: '23505' });
  });

  test('after its last row, when its keys are checked', async () => {
    await sql`alter table public.copied add foreign key (number) references public.allowed`.execute(
      database.db,
    );
    expect(await failed(rows(30_001, 11))).toMatchObject({ code: '23503' });
  });

  test('only at the end of the transaction', async () => {
    await sql`alter table public.copied add unique (number) deferrable initially deferred`.execute(
      database.db,
    );
    expect(await failed(rows(20_000))).toMatchObject({ code: '23505' });
  });

  test('because there is no such table', async () => {
    const error = await failedWork((copy) => copy({ table: 'public.nowhere', columns }, rows()));
    expect(error).toMatchObject({ code: '42P01' });
  });
});

describe('a copy whose session is ended by somebody else', () => {
  const end = async (pid: number) => {
    await sql`select pg_terminate_backend(${pid}, 5000)`.execute(database.db);
  };

  /** Copies lines, with the session ended after the 5,000th; returns the error. */
  async function endedAfter5000(rest: () => AsyncIterable<string> | Iterable<string>) {
    const error = await inTime(
      withCopy(database.url, async (trx, copy) => {
        const { rows: found } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
        async function* lines() {
          yield* rows(5_000);
          await end(found[0]?.pid as number);
          yield* rest();
        }
        await copy(target, lines());
      }),
    );
    await nothingIsLeft();
    return explainDatabaseError(error, database.url);
  }

  test.each([
    { what: 'while more lines come without an end', rest: () => rows() },
    { what: 'when no more lines come', rest: () => [] },
  ])('$what, is told of in words', async ({ rest }) => {
    const error = await endedAfter5000(rest);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exit: exitCode.database, message: expect.stringContaining('cut') });
  });

  test('between two copies', async () => {
    const error = await failedWork(async (copy) => {
      await copy(target, rows(10));
      const { rows: found } = await sql<{ pid: number }>`
        select pid from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction' and query ~* '^copy'`.execute(
        database.db,
      );
      expect(found).toHaveLength(1);
      await end(found[0]?.pid as number);
      await copy(target, rows(10));
    });
    expect(explainDatabaseError(error, database.url)).toMatchObject({ exit: exitCode.database });
  });
});

describe('a copy whose lines fail', () => {
  const slip = new Error('the lines failed');

  test('rejects with their own error', async () => {
    function* lines() {
      yield* rows(5_000);
      throw slip;
    }
    expect(await failed(lines())).toBe(slip);
  });

  test('later on rejects with their own error', async () => {
    async function* lines() {
      yield* rows(5_000);
      await pause(20);
      throw slip;
    }
    expect(await failed(lines())).toBe(slip);
  });

  test('before the first rejects with their own error', async () => {
    // biome-ignore lint/correctness/useYield: it fails before the first
    function* lines(): Generator<string> {
      throw slip;
    }
    expect(await failed(lines())).toBe(slip);
  });

  test('is undone also when it was the work around it that failed', async () => {
    const error = await failedWork(async (copy) => {
      await copy(target, rows(5_000));
      throw slip;
    });
    expect(error).toBe(slip);
  });
});

describe('values', () => {
  const texts = [
    ...['plain', '', ' ', ' both ends ', '\\N', '\\.', '\\', '\\\\', '\\t', 'a\\', 'null', 'NULL'],
    ...['a tab\there', '\t', 'two\nlines', '\n', 'two\r\nlines', '\r', '\b\f\v', '\x7f', '\x01'],
    ...[
      'é',
      'ﬁ',
      '北京',
      '💥',
      '\u2028',
      '\ufeff',
      'a\u0301',
      '"quoted"',
      "it's",
      'a,b;c|d',
      '\\x41',
      '\\101',
    ],
  ];

  test('come out as they went in', async () => {
    const lines = [...texts, null, undefined].map((text, number) => copyLine({ number, text }, columns));
    await withCopy(database.url, (_, copy) => copy(target, lines));
    const { rows } = await sql<{ text: string | null }>`
      select text from public.copied order by number`.execute(database.db);
    expect(rows.map(({ text }) => text)).toEqual([...texts, null, null]);
  });

  test('of other types come out as they went in', async () => {
    await sql`drop table public.copied`.execute(database.db);
    await sql`create table public.copied (number bigint, share numeric, day date, sure boolean)`.execute(
      database.db,
    );
    const names = ['number', 'share', 'day', 'sure'];
    const given = [
      { number: 9_007_199_254_740_991, share: 30.5, day: '2019-05-13', sure: true },
      { number: -1, share: 1e21, day: '0001-01-01', sure: false },
      { number: 0, share: 5e-7, day: null, sure: null },
    ];
    const read = await withCopy(database.url, async (trx, copy) => {
      await copy(
        { table: 'public.copied', columns: names },
        given.map((row) => copyLine(row, names)),
      );
      // The session reads numbers and days as the rest of the program does.
      return sql`select number, share, day, sure from public.copied`.execute(trx);
    });
    expect(read.rows).toEqual(given);
  });

  test('may be none at all', async () => {
    await withCopy(database.url, (_, copy) => copy(target, []));
    expect(await copied()).toBe(0);
  });
});

test('a server that is not there is told of in words', async () => {
  const url = new URL(database.url);
  url.port = '1';
  const error = await withCopy(url.href, async () => {}).catch((reason: unknown) => reason);
  expect(explainDatabaseError(error, url.href)).toMatchObject({ exit: exitCode.database });
});
