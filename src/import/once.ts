import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import {
  contentHash,
  type Loaded,
  type LoadRecord,
  lastLoadedWith,
  outcomeOf,
  queueFor,
  recordLoads,
} from './record.js';

/** What is to be written of a subject. */
interface ToWrite {
  subject: string;
  write: () => Promise<void>;
  /** Done with the key of the load's record. */
  afterwards?: (loadId: number) => Promise<void>;
}

/**
 * Writes a subject unless its newest load had the same content, and keeps a record of it. Where the content was last loaded, nothing has
 * to be parsed, which takes longest, and no loader has to be waited for.
 */
export async function once(
  trx: Transaction<DB>,
  load: Pick<LoadRecord, 'kind' | 'files' | 'origin' | 'content'>,
  read: () => ToWrite,
): Promise<Loaded> {
  const { kind, origin } = load;
  const hash = load.content ?? contentHash(load.files);
  const loaded = (subject: string, outcome: Loaded['outcome']): Loaded => {
    return { kind, subject, name: `${kind} ${subject}`, notices: [], outcome };
  };
  const known = (await lastLoadedWith(trx, kind, [hash])).get(hash)?.subject;
  if (known !== undefined) return loaded(known, 'unchanged');
  const { subject, write, afterwards } = read();
  await queueFor(trx, kind, subject);
  const outcome = await outcomeOf(trx, { kind, subject, hash, origin });
  if (outcome === 'unchanged') return loaded(subject, outcome);
  await write();
  const [loadId] = await recordLoads(trx, [{ ...load, subject }]);
  await afterwards?.(loadId as number);
  return loaded(subject, outcome);
}
