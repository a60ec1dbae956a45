import type { OpenBundle } from './bundle/bundle.js';
import { knownBundle } from './known-bundle.js';
import type { Loaded, LoadOptions } from './load.js';
import type { Twins } from './one-inspection.js';
import type { Origin } from './record.js';
import { type Session, type SoundBundle, soundBundle } from './session.js';

/** A bundle that is to be loaded, before any of its files is opened. */
export interface Arrival {
  name: string;
  open: () => Promise<OpenBundle>;
}

/** How arrivals are loaded. */
export interface Way extends Pick<LoadOptions, 'dryRun' | 'onProgress'> {
  origin: Origin;
  newService: boolean;
  asPrinted?: boolean;
}

/**
 * Opens a bundle and holds it against everything that it refers to; one that is loaded already with the same content is not
 * read. Throws a UserError with every problem of it.
 */
export async function receive(
  arrival: Arrival,
  {
    session,
    twins,
    known = (opened) => knownBundle(session.trx, opened),
  }: {
    session: Session;
    twins: Twins;
    known?: (opened: OpenBundle) => Loaded | undefined | Promise<Loaded | undefined>;
  },
): Promise<Loaded | SoundBundle> {
  const opened = await arrival.open();
  const same = await known(opened);
  if (same) {
    twins.refuseKnown(same, opened);
    return same;
  }
  const bundle = await soundBundle(session, opened);
  twins.refuse(bundle);
  return bundle;
}
