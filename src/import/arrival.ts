import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import type { Problem } from '../problem.js';
import { notLoaded, type OpenBundle } from './bundle/bundle.js';
import type { Loaded, LoadOptions } from './load.js';
import { answersOf } from './one-inspection.js';
import { placeOf, subjectOf } from './place.js';
import { contentHash, lastLoadedWith, type Origin } from './record.js';
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

/** What is loaded already, by content: then nothing of a bundle has to be read. */
export const knownBundles = (trx: Transaction<DB>) => lastLoadedWith(trx, 'inspection');

/**
 * Opens a bundle and holds it against everything that it refers to; one that is loaded already with the same content (told by `known`
 * where that was asked for many) is not read. Throws a UserError with every problem of it.
 */
export async function receive(
  arrival: Arrival,
  {
    session,
    twins,
    known,
  }: { session: Session; twins: Twins; known?: Awaited<ReturnType<typeof knownBundles>> },
): Promise<Loaded | SoundBundle> {
  const opened = await arrival.open();
  const { name } = opened;
  const hash = contentHash(opened.files);
  const subject = (known ?? (await lastLoadedWith(session.trx, 'inspection', [hash]))).get(hash);
  if (subject !== undefined) {
    twins.refuse(subject, opened, (message) => ({ file: opened.source.record.file, message }));
    return { kind: 'inspection', subject, name, notices: [], outcome: 'unchanged' };
  }
  const bundle = await soundBundle(session, opened);
  const { resolution, yaml } = bundle;
  const serviceId = 'found' in resolution ? resolution.found.serviceId : resolution.add.area.toLowerCase();
  twins.refuse(subjectOf({ serviceId }, bundle), bundle, (message) => yaml.problem(['report'], message));
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

/** The bundles of one call, by the inspection that they are about. */
export class Twins {
  readonly #known = new Map<string, { name: string; hash: string }>();

  /** Throws a UserError when another bundle is about the same inspection and differs. */
  refuse(
    subject: string,
    { name, files }: Pick<OpenBundle, 'name' | 'files'>,
    at: (message: string) => Problem,
  ): void {
    const hash = contentHash(files);
    const twin = this.#known.get(subject);
    if (twin && twin.hash !== hash) {
      const message = `is about the same inspection as ${twin.name} (service and first day of fieldwork), and says otherwise: leave one`;
      throw notLoaded(name, [at(message)]);
    }
    this.#known.set(subject, { name, hash });
  }
}
