import { setTimeout as pause } from 'node:timers/promises';
import type { QueryConfig, QueryResult } from 'pg';
import { exitCode, UserError } from '../problem.js';
import { Client } from './connection/client.js';
import { endpointOf } from './connection/endpoint.js';
import { isServerError, withoutPassword } from './errors.js';
import { sessionName } from './session-name.js';

export interface WatchOptions {
  /** Is told, once of each, who holds a lock that this process has been waiting for: a sentence or two. */
  onWaiting?: ((text: string) => void) | undefined;
  /** Is told when the server does not answer any more: what is asked of it by then may never end. */
  onLost: (error: UserError) => void;
  /** Whether there is nothing to watch over just now. */
  isPaused: () => boolean;
}

/** Milliseconds between two looks, the first after as many; and what an answer may take. */
const [every, patience] = [10_000, 15_000];

/**
 * Looks after a server for as long as something long may be asked of it: the driver does not give up a question that is not
 * answered, and a server that is stuck, or a network that swallows everything, breaks no connection. Each look is a
 * connection of its own. Returns what ends it.
 */
export function watch(url: string, { onWaiting = () => {}, onLost, isPaused }: WatchOptions): () => void {
  const told = new Set<number>();
  let failures = 0;
  let hasEnded = false;
  const look = async () => {
    const answer = await holders(url);
    if (hasEnded) return;
    failures = answer === undefined ? failures + 1 : 0;
    // One look in vain may meet a server that is only busy.
    if (failures >= 2) onLost(lost(url));
    for (const { pid, sentence } of answer ?? []) {
      if (!told.has(pid)) onWaiting(sentence);
      told.add(pid);
    }
  };
  void (async () => {
    while (!hasEnded) {
      // It must not keep a program from its end.
      await pause(every, undefined, { ref: false });
      if (isPaused()) failures = 0;
      else if (!hasEnded) await look();
    }
  })();
  return () => {
    hasEnded = true;
  };
}

const lost = (url: string) =>
  new UserError(
    `The database ${withoutPassword(url)} can't be reached any more: it does not answer, neither to what was asked nor to a ` +
      'new connection. What was under way is undone by the server. Look at the server and the network, and run the command again.',
    exitCode.database,
  );

/** Who holds what this process waits for, by their number on the server; undefined when the server does not answer in time. */
async function holders(url: string): Promise<{ pid: number; sentence: string }[] | undefined> {
  const to = await endpointOf(url).catch(() => undefined);
  if (!to) return undefined;
  const parameters = { ...to.parameters, application_name: 'yot-ratings watch' };
  const client = new Client({ ...to, parameters, patience: patience / 1000 });
  try {
    await client.connect();
    const { rows }: QueryResult<{ pid: number; sentence: string }> = await client.query({
      query_timeout: patience,
      text: `select distinct
        holder.pid,
        format(
          'Waiting: %s (user %s, from %s, process %s of the server, in a transaction since %s) holds a lock that is needed. '
          'This goes on when that ends. Ctrl-C gives up, and leaves nothing half done.',
          coalesce(nullif(holder.application_name, ''), 'a program'), holder.usename,
          coalesce(host(holder.client_addr), 'the server'), holder.pid, to_char(holder.xact_start, 'HH24:MI:SS')
        ) as sentence
      from pg_stat_activity as own
      cross join lateral unnest(pg_blocking_pids(own.pid)) as blocking (pid)
      join pg_stat_activity as holder on holder.pid = blocking.pid
      where own.application_name = $1 and holder.application_name <> $1
        and clock_timestamp() - own.state_change > interval '3 seconds'`,
      values: [sessionName],
    } satisfies QueryConfig & { query_timeout: number });
    return rows;
  } catch (error) {
    // A server that refuses is there.
    return isServerError(error) ? [] : undefined;
  } finally {
    // Not waited for: a server that does not answer does not say goodbye either.
    client.end().catch(() => {});
  }
}
