import type { OpenBundle } from './bundle/bundle.js';
import { notLoaded } from './bundle/bundle.js';
import { knownBundle } from './known-bundle.js';
import type { Loaded, LoadOptions } from './load.js';
import { answersOf, type Twins } from './one-inspection.js';
import { placeOf } from './place.js';
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
  dropAnswers?: boolean;
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
  await refuseLoss(session, bundle);
  return bundle;
}

/** Refuses a bundle without case answers for an inspection that has some, unless it was asked for that these go. */
async function refuseLoss({ trx, dropAnswers }: Session, bundle: SoundBundle): Promise<void> {
  const { resolution, name, yaml } = bundle;
  if (dropAnswers || bundle.isListed || answersOf(bundle) > 0 || !('found' in resolution)) return;
  const answered = await trx
    .selectFrom('core.inspection as inspection')
    .innerJoin('kept.answer_count as count', 'count.inspection_id', 'inspection.inspection_id')
    .select('inspection.inspection_id')
    .distinct()
    .where('service_id', '=', resolution.found.serviceId)
    .execute();
  if (answered.length === 0) return;
  const place = await placeOf(trx, resolution.found, bundle);
  if ('better' in place || !answered.some(({ inspection_id }) => inspection_id === place.key)) return;
  const message =
    'the inspection is loaded with case answers, and the bundle has none: they would be gone. Add cases.csv and answers.csv, or say --drop-answers if they are to go';
  throw notLoaded(name, [yaml.problem(['report'], message)]);
}
