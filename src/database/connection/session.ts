import type pg from 'pg';
import { type Client, withCode } from './client.js';

/** A connection as it is asked: one thing at a time, and what is asked again is prepared. */
export interface Session {
  // as Kysely asks: a text with its values, or a cursor
  query: (asked: string | { submit: unknown }, values?: unknown[]) => unknown;
  /** Does something once all that was asked of the session before is done: the driver means to do without a queue of its own. */
  inTurn: <R>(work: () => Promise<R>) => Promise<R>;
}

/**
 * Makes a session of a connection. Of a view that is asked for again, a statement that is prepared is parsed and planned but a few times,
 * which takes longer than finding an inspection's rows.
 * @param mayPrepare whether the connection goes to one server for as long as it lasts
 */
export function sessionOn(client: Client, mayPrepare: (client: Client) => Promise<boolean>): Session {
  const prepared = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: Session['inTurn'] = (work) => {
    const next = last.then(work).catch((error: unknown) => {
      // what is said after the end says less than the end did
      throw client.lost ?? withCode(error);
    });
    last = next.catch(() => {});
    return next;
  };
  let named = 0;
  const ask = async (text: string, values: unknown[]): Promise<unknown> => {
    if (values.length === 0 || !(await mayPrepare(client))) return client.query(text, values);
    const name = prepared.get(text) ?? `asked_${++named}`;
    prepared.set(text, name);
    try {
      return await client.query({ name, text, values });
    } catch (error) {
      prepared.delete(text);
      if (!isStale(error)) throw error;
      // In a transaction nothing more can be asked: the first answer counts.
      return client.query(text, values).catch(() => {
        throw error;
      });
    }
  };
  return {
    inTurn,
    query: (asked, values = []) =>
      typeof asked === 'string' ? inTurn(() => ask(asked, values)) : client.query(asked as pg.Submittable),
  };
}

/** Whether what was prepared is not what it was: a view has got another column, or somebody has thrown all away. */
const isStale = (error: unknown): boolean => {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '26000' || (code === '0A000' && routine === 'RevalidateCachedQuery');
};

/** Whether a connection ends at the server itself: a pooler between them shows a number of its own for the process that serves it. */
export async function isDirect(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid === (client as unknown as { processID: number }).processID;
}
