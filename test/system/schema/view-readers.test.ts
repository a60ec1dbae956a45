import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { asReader } from '../../../src/database/roles.js';
import type { DB } from '../../../src/database/schema.js';
import { recreateViews } from '../../../src/database/views.js';
import { testDatabase } from '../../support/database.js';
import { times } from '../../support/in-full.js';

const database = testDatabase();

const forget = (db: Kysely<DB>) => db.deleteFrom('core.load').where('kind', '=', 'views').execute();

async function asReaders<T>(connections: number, work: (reader: Kysely<DB>) => Promise<T>): Promise<T> {
  const url = asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string);
  const reader = connect(url, { max: connections });
  try {
    return await work(reader);
  } finally {
    await reader.destroy();
  }
}

test('readers who ask on and on while views are made anew again and again get an answer each time', async () => {
  await asReaders(4, async (reader) => {
    const questions = [
      'select count(*) as rows from analytics.overall_rating',
      'select count(*) as rows from analytics.standard_rating join analytics.inspection using (inspection_id)',
      'select count(*) as rows from analytics.rating_version',
      'select count(*) as rows from analytics.finding full join analytics.context_fact using (inspection_id)',
    ];
    const expected: unknown[] = [];
    for (const question of questions) expected.push((await sql.raw(question).execute(reader)).rows);
    let done = false;
    const asked = questions.map(async (question, at) => {
      let answers = 0;
      while (!done) {
        const { rows } = await sql.raw(question).execute(reader);
        expect(rows).toEqual(expected[at]);
        answers++;
      }
      return answers;
    });
    const made: number[] = [];
    try {
      for (let time = 0; time < times(3, 10); time++) {
        await forget(database.db);
        made.push(await recreateViews(database.db));
      }
    } finally {
      done = true;
    }
    expect(made.every((views) => views > 40)).toBe(true);
    for (const answers of await Promise.all(asked)) expect(answers).toBeGreaterThan(times(3, 10));
  });
});

test('a reader who keeps a view for himself makes nobody else wait, and views are made anew when he is done', async () => {
  await asReaders(2, async (reader) => {
    await forget(database.db);
    let renewing: Promise<number> | undefined;
    await reader.transaction().execute(async (trx) => {
      await sql`select count(*) from analytics.finding`.execute(trx);
      renewing = recreateViews(database.db);
      // Long enough for several tries.
      const slowest = { ms: 0 };
      const until = performance.now() + 2500;
      while (performance.now() < until) {
        const begun = performance.now();
        await sql`select count(*) from analytics.finding`.execute(reader);
        await sql`select count(*) from analytics.inspection`.execute(reader);
        slowest.ms = Math.max(slowest.ms, performance.now() - begun);
      }
      // a quarter of a second on a machine with nothing else to do; for ever, did it not give way
      expect(slowest.ms).toBeLessThan(10_000);
      // and he himself, who has one and wants another
      await sql`select count(*) from analytics.context_fact`.execute(trx);
    });
    expect(await renewing).toBeGreaterThan(40);
  });
});
