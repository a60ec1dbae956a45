import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

const millisecondsOfDay = 86_400_000;
const RealDate = Date;

/** Does a thing as if it were done many days later, by the clock of this program and by the day that views ask for. */
export async function daysLater<T>(db: Kysely<DB>, days: number, work: () => Promise<T>): Promise<T> {
  const later = days * millisecondsOfDay;
  globalThis.Date = class extends RealDate {
    constructor(...args: [] | [string]) {
      super(...((args.length === 0 ? [RealDate.now() + later] : args) as [string]));
    }
    static override now = () => RealDate.now() + later;
  } as DateConstructor;
  try {
    await setClock(db, days);
    return await work();
  } finally {
    globalThis.Date = RealDate;
    await setClock(db, 0);
  }
}

/** Makes the clock that views ask run ahead; all else of their day is as db/functions has it. */
async function setClock(db: Kysely<DB>, days: number): Promise<void> {
  const { rows } = await sql<{ text: string }>`
    select pg_get_functiondef('rating.present_day()'::regprocedure) as text`.execute(db);
  const text = rows[0]?.text as string;
  const moved = text.replace(/CURRENT_DATE( \+ \d+)?/, `CURRENT_DATE${days === 0 ? '' : ` + ${days}`}`);
  await sql.raw(moved).execute(db);
}
