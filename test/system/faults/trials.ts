import { sql } from 'kysely';
import { afterAll } from 'vitest';
import { type EmbeddedServer, embeddedServer } from '../../../src/database/embedded/server.js';
import { comingUp } from '../../support/coming-up.js';
import { type Running, serverProcess, startCommand, type temporaryFolders } from '../../support/command.js';
import { rowsOf, withConnection } from '../../support/connection.js';
import { loadedHome } from '../../support/loaded-home.js';
import { withDatabaseName } from '../../support/server.js';

/** A server that may be killed, with databases to try things on. */
export interface Trials {
  /** URL of the database that none of the trials is on. */
  adminUrl(): string;
  /** Runs a command on a database, as on a server of the user's own. */
  run(url: string, call: string[]): Running;
  /** Does work on a copy of a database, and drops that. */
  on(template: string, work: (url: string) => Promise<void>): Promise<void>;
  killServer(): Promise<void>;
  /** The server after it was killed. */
  comesUp(): Promise<void>;
}

/** Makes a server with what a first start loads in database "filled", and an "empty" one; they are there once the tests run. */
export async function serverForTrials(folder: ReturnType<typeof temporaryFolders>): Promise<Trials> {
  const home = await folder(await loadedHome());
  let server: EmbeddedServer = await embeddedServer(home);
  let made = 0;
  const adminUrl = () => withDatabaseName(server.url, 'postgres');
  await rowsOf(adminUrl(), 'alter database yot_ratings rename to filled');
  await rowsOf(adminUrl(), 'create database empty');
  return {
    adminUrl,
    run: (url, call) => startCommand(call, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } }),
    on: async (template, work) => {
      const name = `trial_${++made}`;
      await withConnection(adminUrl(), async (admin) => {
        await sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(admin);
        // A copied sequence gives the same numbers again after a crash, unless a checkpoint has come between (PostgreSQL 18.4).
        await sql`checkpoint`.execute(admin);
      });
      await work(withDatabaseName(server.url, name));
      await rowsOf(adminUrl(), `drop database ${name} with (force)`);
    },
    killServer: async () => void process.kill((await serverProcess(home)) as number, 'SIGKILL'),
    comesUp: async () => {
      server = await comingUp(home);
    },
  };
}

/** What moments were met, for the reader of the test's output. */
export function notes(): string[] {
  const met: string[] = [];
  afterAll(() => console.log(met.join('\n')));
  return met;
}
