import { type Kysely, sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import type { DB } from '../../../src/database/schema.js';
import { recreateViews } from '../../../src/database/views.js';
import { testDatabase, urlOf } from '../../support/database.js';
import { times } from '../../support/in-full.js';

const database = testDatabase();

const forget = () => database.db.deleteFrom('core.load').where('kind', '=', 'views').execute();
beforeEach(forget);

async function asReaders(work: (reader: Kysely<DB>) => Promise<void>): Promise<void> {
  const reader = connect(urlOf(database, 'reader'));
  await work(reader).finally(() => reader.destroy());
}

test('readers who ask on and on while views are made anew again and again get an answer each time', async () => {
  await asReaders(async (reader) => {
    const ask = async (from: string) =>
      (await sql.raw(`select count(*) as rows from analytics.${from}`).execute(reader)).rows;
    let done = false;
    const asked = [
      'overall_rating',
      'standard_rating join analytics.inspection using (inspection_id)',
      'rating_version',
      'finding full join analytics.context_fact using (inspection_id)',
    ].map(async (from) => {
      const expected = await ask(from);
      for (let answers = 1; ; answers++) {
        if (done) return answers;
        expect(await ask(from)).toEqual(expected);
      }
    });
    try {
      for (let time = 0; time < times(3, 10); time++) {
        await forget();
        expect(await recreateViews(database.db)).toBeGreaterThan(40);
      }
    } finally {
      done = true;
    }
    for (const answers of await Promise.all(asked)) expect(answers).toBeGreaterThan(times(3, 10));
  });
});

test('a reader who keeps a view for himself makes nobody else wait, and views are made anew when he is done', async () => {
  await asReaders(async (reader) => {
    let renewing: Promise<number> | undefined;
    await reader.transaction().execute(async (trx) => {
      await sql`select count(*) from analytics.finding`.execute(trx);
      renewing = recreateViews(database.db);
      // Long enough for several tries.
      for (const until = performance.now() + 2500; performance.now() < until; ) {
        const begun = performance.now();
        await sql`select count(*) from analytics.finding`.execute(reader);
        await sql`select count(*) from analytics.inspection`.execute(reader);
        // a quarter of a second on a machine with nothing else to do; for ever, did it not give way
        expect(performance.now() - begun).toBeLessThan(10_000);
      }
      // and he himself, who has one and wants another
      await sql`select count(*) from analytics.context_fact`.execute(trx);
    });
    expect(await renewing).toBeGreaterThan(40);
  });
});
