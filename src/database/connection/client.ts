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

/**
 * A connection to one server, of which nothing is left to variables of the environment. It is asked one thing at a time, and statements
 * with parameters are prepared: of a view that is asked for again, one is then parsed and planned but a few times, which takes longer than
 * finding an inspection's rows. Behind a pooler, which gives one server's connection to this and that, nothing is prepared.
 */
export class Client extends pg.Client {
  readonly #endpoint: Endpoint;
  /** Names of what was prepared, by its text. */
  readonly #prepared = new Map<string, string>();
  #prepares: boolean | undefined;
  #named = 0;
  #last: Promise<unknown> = Promise.resolve();
  /** Why the connection was broken off by us. */
  #lost: Error | undefined;

  constructor(endpoint: Endpoint) {
    const { host, port, tls, patience } = endpoint;
    const { user, dbname, password = '', prepare, channel_binding } = endpoint.parameters;
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
    if (prepare === 'false') this.#prepares = false;
    // An error while nothing is asked is met again by the next question.
    this.on('error', () => {});
    if (channel_binding === 'require') this.#refuseOtherLogIns();
  }

  /**
   * What the driver sends first: it has no option for settings of the server's, and takes variables for its own. Poolers know no other
   * settings than these, unless the URL has some.
   */
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

  /** A text with its values, in turn; a cursor or a COPY at once, which whoever has the connection to himself asks for. */
  // biome-ignore lint/suspicious/noExplicitAny: it stands for all the ways in which the driver can be asked
  override query(asked: any, values: any = []): any {
    return typeof asked === 'string' ? this.inTurn(() => this.#ask(asked, values)) : super.query(asked);
  }

  /** Does something once all that was asked before is done: the driver means to do without a queue of its own. */
  inTurn<R>(work: () => Promise<R>): Promise<R> {
    const next = this.#last.then(work).catch((error: unknown) => {
      // what is said after the end says less than the end did
      throw this.#lost ?? error;
    });
    this.#last = next.catch(() => {});
    return next;
  }

  /** Breaks the connection: what is asked of it is answered by this error. */
  cut(error: Error): void {
    this.#lost = error;
    // in the middle of a question it is not waited for
    this.end().catch(() => {});
  }

  /** Breaks off a log-in that is not bound to the TLS connection, before a password is sent in clear. */
  #refuseOtherLogIns(): void {
    let isBound = false;
    this.connection.on('authenticationSASL', ({ mechanisms }: { mechanisms: string[] }) => {
      isBound = this.#endpoint.tls !== false && mechanisms.includes('SCRAM-SHA-256-PLUS');
    });
    for (const other of ['authenticationCleartextPassword', 'authenticationMD5Password', 'authenticationOk'])
      this.connection.on(other, () => {
        if (isBound) return;
        this.#lost = Object.assign(new Error('no channel binding'), { code: 'NO_CHANNEL_BINDING' });
        this.connection.stream.destroy(this.#lost);
      });
  }

  async #ask(text: string, values: unknown[]): Promise<unknown> {
    if (values.length > 0) this.#prepares ??= await this.#isToServer();
    if (values.length === 0 || !this.#prepares) return super.query(text, values);
    const name = this.#prepared.get(text) ?? `asked_${++this.#named}`;
    this.#prepared.set(text, name);
    try {
      return await super.query({ name, text, values });
    } catch (error) {
      this.#prepared.delete(text);
      if (!isStale(error)) throw error;
      // In a transaction nothing more can be asked: the first answer counts.
      return super.query(text, values).catch(() => {
        throw error;
      });
    }
  }

  /** Whether the connection ends at the server itself: a pooler between them shows a number of its own for the process that serves it. */
  async #isToServer(): Promise<boolean> {
    const { rows } = await super.query<{ pid: number }>('select pg_backend_pid() as pid');
    // which the driver needs to cancel a query, and tells in no other way
    return rows[0]?.pid === (this as unknown as { processID: number }).processID;
  }
}

/** Whether what was prepared is not what it was: a view has got another column, or somebody has thrown all away. */
const isStale = (error: unknown): boolean => {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '26000' || (code === '0A000' && routine === 'RevalidateCachedQuery');
};
