import { setTimeout as pause } from 'node:timers/promises';
import type { QueryConfig } from 'pg';
import { exitCode, UserError } from '../problem.js';
import { Client } from './connection/client.js';
import { endpointOf } from './connection/endpoint.js';
import { withoutPassword } from './errors.js';
import { migratingName, sessionName } from './session-name.js';
import { isServerError } from './sqlstate.js';

export interface WatchOptions {
  /** Is told, once of each, who holds a lock that this process has been waiting for: a sentence or two. */
  onWaiting?: (text: string) => void;
  /** Is told when the server does not answer any more, once: what is asked of it by then may never end. */
  onLost: (error: UserError) => void;
  /** Whether there is nothing to watch over just now. */
  isPaused?: () => boolean;
  /** Milliseconds between two looks, the first after as many; and what an answer may take. */
  every?: number;
  patience?: number;
}

/** So many looks in a row have to fail: one may meet a server that is only busy. */
const looksInVain = 2;

/** Somebody whose lock is waited for. */
interface Holder {
  pid: number;
  who: string | null;
  program: string;
  address: string | null;
  since: string | null;
  state: string | null;
}

/**
 * Looks after a server for as long as something long may be asked of it: neither driver gives up a question that is not
 * answered, and a server that is stuck, or a network that swallows everything, breaks no connection. Each look is a
 * connection of its own. Returns what ends it.
 */
export function watch(
  url: string,
  { onWaiting = () => {}, onLost, isPaused = () => false, every = 10_000, patience = 15_000 }: WatchOptions,
): () => void {
  const told = new Set<number>();
  let failures = 0;
  let hasEnded = false;
  const look = async () => {
    const answer = await holders(url, patience);
    if (hasEnded) return;
    failures = answer === undefined ? failures + 1 : 0;
    if (failures >= looksInVain) {
      hasEnded = true;
      onLost(lost(url));
    }
    for (const one of answer ?? []) {
      if (!told.has(one.pid)) onWaiting(sentence(one));
      told.add(one.pid);
    }
  };
  void (async () => {
    while (!hasEnded) {
      // It must not keep a program from its end.
      await pause(every, undefined, { ref: false });
      if (!hasEnded && !isPaused()) await look();
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

/** Who holds what this process waits for; undefined when the server does not answer in time. */
async function holders(url: string, patience: number): Promise<Holder[] | undefined> {
  const to = await endpointOf(url).catch(() => undefined);
  if (!to) return undefined;
  const parameters = { ...to.parameters, application_name: 'yot-ratings watch' };
  const client = new Client({ ...to, parameters, patience: patience / 1000 });
  try {
    await client.connect();
    const { rows } = await client.query<Holder>({
      query_timeout: patience,
      text: `select
        holder.pid,
        holder.usename as who,
        holder.application_name as program,
        host(holder.client_addr) as address,
        to_char(holder.xact_start, 'HH24:MI:SS') as since,
        holder.state
      from pg_stat_activity as own
      cross join lateral unnest(pg_blocking_pids(own.pid)) as blocking (pid)
      join pg_stat_activity as holder on holder.pid = blocking.pid
      where own.application_name in ($1, $2) and holder.application_name not in ($1, $2)
        and clock_timestamp() - own.state_change > interval '3 seconds'
      group by 1, 2, 3, 4, 5, 6`,
      values: [sessionName, migratingName],
    } as QueryConfig);
    return rows;
  } catch (error) {
    // A server that refuses is there.
    return isServerError(error) ? [] : undefined;
  } finally {
    // Not waited for: a server that does not answer does not say goodbye either.
    client.end().catch(() => {});
    (client as unknown as { unref(): void }).unref();
  }
}

function sentence({ pid, who, program, address, since, state }: Holder): string {
  const isOurs = program.startsWith('yot-ratings');
  const name = isOurs ? 'Another run of this program' : `${program === '' ? 'A program' : program}`;
  const details = [
    who && `user ${who}`,
    address && `from ${address}`,
    `process ${pid} of the server`,
    since && `in a transaction since ${since}`,
    state === 'idle in transaction' && 'which does nothing just now',
  ].filter(Boolean);
  return (
    `Waiting: ${name} (${details.join(', ')}) holds a lock that is needed. This goes on when that ends` +
    `${isOurs ? '' : `; its owner can end it with select pg_terminate_backend(${pid})`}. Ctrl-C gives up, and leaves nothing half done.`
  );
}
