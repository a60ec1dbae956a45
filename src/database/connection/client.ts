import type { Socket } from 'node:net';
import pg from 'pg';
import { sessionName } from '../session-name.js';
import type { Endpoint } from './endpoint.js';
import { isSetting } from './keywords.js';

// its types say that it is a function
const { create } = pg.types.arrayParser as unknown as {
  create(text: string, parse: (text: string) => unknown): { parse(): unknown[] };
};
const listOf = (parse: (text: string) => unknown) => (text: string) => create(text, parse).parse();

// Dates stay the text that they are ('2021-04-26'), and numbers are numbers: keys stay far below 2^53, and
// numeric holds facts of reports (a percentage, a budget). Intervals stay text, and lists have what they are lists of.
const parsers: Record<number, (text: string) => unknown> = {
  20: Number,
  1700: Number,
  1082: String,
  1186: String,
  1003: listOf(String),
  1016: listOf(Number),
  1182: listOf(String),
};

/** A connection to one server, of which nothing is left to variables of the environment. */
export class Client extends pg.Client {
  readonly #endpoint: Endpoint;
  /** Why the connection was broken off by us. */
  lost: Error | undefined;

  constructor(endpoint: Endpoint) {
    const { host, port, tls, patience } = endpoint;
    const { user, dbname, password = '', channel_binding } = endpoint.parameters;
    super({
      host,
      port,
      user,
      database: dbname,
      // a text that is empty would be looked for elsewhere
      password: async () => password,
      ssl: tls,
      sslnegotiation: 'postgres',
      enableChannelBinding: channel_binding === 'require',
      connectionTimeoutMillis: patience * 1000,
      // A connection of which the network has forgotten is found out.
      keepAlive: true,
      keepAliveInitialDelayMillis: 60_000,
      types: { getTypeParser: (oid, format) => parsers[oid] ?? pg.types.getTypeParser(oid, format) },
    } as pg.ClientConfig);
    this.#endpoint = endpoint;
    // An error while nothing is asked is met again by the next question.
    this.on('error', () => {});
    if (channel_binding === 'require') this.#refuseOtherLogIns();
  }

  /** What the driver sends first. Poolers know no other settings than these, unless the URL has some. */
  getStartupConf(): Record<string, string> {
    const { user = '', dbname = '', options, application_name } = this.#endpoint.parameters;
    const settings = Object.entries(this.#endpoint.parameters).filter(([name]) => isSetting(name));
    return {
      ...Object.fromEntries(settings),
      ...(options !== undefined && { options }),
      user,
      database: dbname,
      DateStyle: 'ISO',
      application_name: application_name ?? sessionName,
    };
  }

  /** Breaks the connection: what is asked of it is answered by this error. */
  cut(error: Error): void {
    this.lost = error;
    (this as unknown as { connection: { stream: Socket } }).connection.stream.destroy(error);
  }

  /** Breaks off a log-in that is not bound to the TLS connection, before a password is sent in clear. */
  #refuseOtherLogIns(): void {
    const { connection } = this as unknown as { connection: NodeJS.EventEmitter };
    let isBound = false;
    connection.on('authenticationSASL', ({ mechanisms }: { mechanisms: string[] }) => {
      isBound = this.#endpoint.tls !== false && mechanisms.includes('SCRAM-SHA-256-PLUS');
    });
    for (const other of ['authenticationCleartextPassword', 'authenticationMD5Password', 'authenticationOk'])
      connection.on(other, () => {
        if (!isBound)
          this.cut(Object.assign(new Error('no channel binding'), { code: 'NO_CHANNEL_BINDING' }));
      });
  }
}

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
 * @param prepares whether that is wanted: behind a pooler, which gives one server's connection to this and that, nothing is prepared anyway
 */
export function sessionOn(client: Client, prepares: boolean): Session {
  let isDirect: boolean | undefined;
  const prepared = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  let named = 0;
  const inTurn: Session['inTurn'] = (work) => {
    const next = last.then(work).catch((error: unknown) => {
      // what is said after the end says less than the end did
      throw client.lost ?? withCode(error);
    });
    last = next.catch(() => {});
    return next;
  };
  const ask = async (text: string, values: unknown[]): Promise<unknown> => {
    if (values.length === 0 || !prepares) return client.query(text, values);
    isDirect ??= await isToServer(client);
    if (!isDirect) return client.query(text, values);
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
async function isToServer(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid === (client as unknown as { processID: number }).processID;
}

const words: readonly [RegExp, string][] = [
  [/^(Connection terminated due to connection timeout|timeout expired)/, 'CONNECT_TIMEOUT'],
  [/^(Connection terminated|Client has encountered|Client was closed)/, 'CONNECTION_CLOSED'],
  [/^The server does not support SSL/, 'NO_TLS'],
  [/client password must be/, 'NO_PASSWORD'],
  [/^SASL: Only mechanism\(s\)/, 'NO_CHANNEL_BINDING'],
];

/** The driver says some things in words alone: what errors.ts knows them by. */
export function withCode(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error) return error;
  const code = words.find(([said]) => said.test(error.message))?.[1];
  return code === undefined ? error : Object.assign(error, { code });
}
