import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PoolOptions } from '../connect.js';
import { watch } from '../watch.js';
import { Client, type Session, sessionOn, withCode } from './client.js';
import { endpointOf } from './endpoint.js';

/** A pool of connections, each with what it is asked by. */
export async function poolOf(url: string, { max = 4, idleSeconds = 0, onWaiting }: PoolOptions) {
  const endpoint = await endpointOf(url);
  const clients = new Map<Client, Session>();
  const pool = new pg.Pool({
    max,
    idleTimeoutMillis: idleSeconds * 1000,
    Client: class extends Client {
      constructor() {
        super(endpoint);
      }
    } as never,
  });
  pool.on('error', () => {});
  pool.on('remove', (client) => clients.delete(client as unknown as Client));
  let asked = 0;
  // What is asked of a server that does not answer any more would never end.
  const stopWatching = watch(url, {
    onWaiting,
    isPaused: () => asked === 0,
    onLost: (error) => {
      for (const client of clients.keys()) client.cut(error);
    },
  });
  return {
    connect: async () => {
      const lent = await pool.connect().catch((error: unknown) => {
        throw withCode(error);
      });
      const client = lent as unknown as Client;
      const session = clients.get(client) ?? sessionOn(client, endpoint.parameters.prepare !== 'false');
      clients.set(client, session);
      asked++;
      return {
        client,
        ...session,
        release: () => {
          asked--;
          lent.release();
        },
      };
    },
    end: async () => {
      stopWatching();
      const gone = [...clients.keys()].map((client) => new Promise((resolve) => client.once('end', resolve)));
      await pool.end();
      // Who drops the database next finds nobody in it. A server that says no goodbye is not waited for.
      await Promise.race([Promise.all(gone), pause(1000, undefined, { ref: false })]);
    },
  };
}
