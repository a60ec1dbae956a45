import { sql } from 'kysely';
import { beforeAll } from 'vitest';
import { testDatabase } from './database.js';
import { fromAnswers, type Worked } from './from-answers.js';
import { loadProgramme } from './programme.js';

export const isKeyQuestion = (code: string) => /^\d\.\d\.\d$/.test(code);

/**
 * A database with an invented programme, what an analyst may type there, and the inspections as their case answers give them,
 * worked out without a view (there when the tests run).
 */
export function askedProgramme() {
  const database = testDatabase();
  const worked: Worked[] = [];
  beforeAll(async () => {
    await loadProgramme(database, { inspections: 60, seed: 26 });
    worked.push(...(await fromAnswers(database.db)));
  });

  const ask = async (query: string) =>
    (await sql.raw<Record<string, unknown>>(query).execute(database.db)).rows;
  const rows = async (query: string) => (await ask(query)).map((row) => Object.values(row));
  /** The one figure of a query that asks for one. */
  const figure = async (query: string) => (await rows(query))[0]?.[0];
  const count = (is: (one: Worked) => boolean) => worked.filter(is).length;

  /** A figure by a key of inspections, summed; keys in order. */
  function by(
    keyOf: (one: Worked) => string | number,
    of: (one: Worked) => number,
  ): [string | number, number][] {
    const sums = new Map<string | number, number>();
    for (const one of worked) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + of(one));
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Inspections of a service after its first, each with the one before it. */
  function pairs(): { before: Worked; after: Worked }[] {
    const ordered = [...worked].sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : a.id - b.id));
    return ordered.flatMap((after, at) => {
      const before = ordered.slice(0, at).findLast(({ serviceId }) => serviceId === after.serviceId);
      return before ? [{ before, after }] : [];
    });
  }

  return { database, worked, ask, rows, figure, count, by, pairs };
}
