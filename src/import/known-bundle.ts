import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import type { OpenBundle } from './bundle/bundle.js';
import type { Loaded } from './load.js';
import { contentHash, lastLoadedWith } from './record.js';

/** A bundle whose inspection was last loaded with just that content: then nothing of it has to be read. */
export async function knownBundle(trx: Transaction<DB>, opened: OpenBundle): Promise<Loaded | undefined> {
  const hash = contentHash(opened.files);
  return unchanged(opened, (await lastLoadedWith(trx, 'inspection', [hash])).get(hash));
}

/** The same for many bundles, asked once. */
export async function knownBundles(
  trx: Transaction<DB>,
): Promise<(opened: OpenBundle) => Loaded | undefined> {
  const subjects = await lastLoadedWith(trx, 'inspection');
  return (opened) => unchanged(opened, subjects.get(contentHash(opened.files)));
}

const unchanged = ({ name }: OpenBundle, subject: string | undefined): Loaded | undefined =>
  subject === undefined
    ? undefined
    : { kind: 'inspection', subject, name, notices: [], outcome: 'unchanged' };
