import { sql, type Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { dbPath } from '../paths.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { type Arrival, receive, Twins, type Way } from './arrival.js';
import { loadInBulk } from './bulk.js';
import { openBundle } from './bundle/bundle.js';
import { findBundles } from './bundle/find-bundles.js';
import { isEditionFolder } from './edition/edition-file.js';
import { Failures } from './failures.js';
import type { Given } from './files/source.js';
import type { CodeRating } from './inspection/ratings-of.js';
import { loadInspection } from './one-inspection.js';
import { inOneTransaction } from './one-transaction.js';
import type { Kind, Origin } from './record.js';
import { loadEdition, loadReference } from './reference.js';
import { beginSession, type SoundBundle } from './session.js';

/** What became of a thing that was to be loaded. */
export interface Loaded {
  kind: Kind;
  name: string;
  /** What it is about: two loads of one subject are of the same edition, or the same inspection. */
  subject: string;
  /** 'known better' when an inspection is known by more than that: then nothing is written. */
  outcome: 'loaded' | 'replaced' | 'unchanged' | 'known better';
  inspectionId?: number;
  /** Worth saying, and no error: keys that were passed over, an encoding that was found out. */
  notices: Problem[];
  /** Of a table of ratings: inspections that it brought or changed. */
  inspections?: number;
  /** Case answers that were written. */
  answers?: number;
  /** Of a dry run: what the inspection's ratings are, and what they would be. */
  ratings?: { before: CodeRating[]; after: CodeRating[] };
}

export interface LoadOptions {
  /** Whether a service that is in no register may be added. */
  newService?: boolean;
  /** Whether what contradicts itself in a bundle is what its report prints: then it is kept, and shown with both figures. */
  asPrinted?: boolean;
  /** Whether what is no bundle in a folder of bundles is passed over; else it is refused. */
  passOver?: boolean;
  /** Whether a bundle without case answers may take the place of an inspection that has some: these go. */
  dropAnswers?: boolean;
  /** Tables to be taken instead of those in the bundle; for a single bundle. */
  cases?: Given | undefined;
  answers?: Given | undefined;
  /** Whether everything is done, looked at, and taken back. */
  dryRun?: boolean;
  /** URL of the same database: with it, many inspections go a faster way, in a session of their own. */
  url?: string;
  onProgress?: (progress: Progress) => void;
}

/** How far a load has come. */
export interface Progress {
  bundles: number;
  of: number;
  /** Case answers so far. */
  answers: number;
}

/** More bundles than this are loaded in bulk: in one transaction, by COPY. */
const few = 20;

/**
 * Loads bundles (and editions) from the given paths: all of them, or none when anything is wrong with one. What is loaded
 * already with the same content is left as it is. Each inspection is written in a transaction of its own, in which an
 * earlier state of it is replaced whole; many at once, and those that come with an edition, share one.
 * Throws a UserError with every problem of every bundle.
 */
export async function load(db: Connection, paths: Given[], options: LoadOptions = {}): Promise<Loaded[]> {
  return loadPaths(db, paths, 'user', options);
}

/** Loads what comes with the package: the register, the editions with their crosswalk, and the bundled inspections. */
export async function loadBundled(db: Connection): Promise<Loaded[]> {
  const reference = await inOneTransaction(db, loadReference);
  return [...reference, ...(await loadPaths(db, [dbPath('inspections')], 'package', {}))];
}

async function loadPaths(
  db: Connection,
  paths: Given[],
  origin: Origin,
  {
    newService = false,
    asPrinted = false,
    passOver = false,
    dropAnswers = false,
    cases,
    answers,
    dryRun = false,
    url,
    onProgress,
  }: LoadOptions,
): Promise<Loaded[]> {
  const { editions, bundles, passedOver } = await found(paths, passOver);
  if ((cases ?? answers) && bundles.length !== 1)
    throw new UserError('Tables that are named by themselves go with one bundle: name one.', exitCode.call);
  const arrivals = bundles.map((given) => ({
    name: given instanceof Nothing ? given.path : typeof given === 'string' ? given : given.name,
    open: async () => {
      if (given instanceof Nothing) throw given.why;
      return openBundle(given, { cases, answers });
    },
  }));
  const way: Way = { origin, newService, asPrinted, dropAnswers, dryRun, ...(onProgress && { onProgress }) };
  const told = (loaded: Loaded[]) => {
    loaded[0]?.notices.unshift(...passedOver);
    return loaded;
  };
  if (!db.isTransaction && editions.length === 0 && !dryRun && arrivals.length > 1)
    return told(
      await (arrivals.length > few && url ? loadInBulk(url, arrivals, way) : loadEach(db, arrivals, way)),
    );
  let done: Loaded[] = [];
  const isPiped = [...paths, cases, answers].some(
    (given) => given !== undefined && typeof given !== 'string',
  );
  const work = async (trx: Transaction<DB>) => {
    done = [];
    // The transaction may be the caller's, who goes on with it.
    if (dryRun) await sql`savepoint before_dry_run`.execute(trx);
    for (const folder of editions) done.push(await loadEdition(trx, folder, origin));
    done.push(...(await loadTogether(trx, arrivals, way)));
    if (!dryRun) return;
    await sql`rollback to savepoint before_dry_run`.execute(trx);
    throw new TakeBack();
  };
  await inOneTransaction(db, work, { isOnceOnly: isPiped }).catch((error: unknown) => {
    if (!(error instanceof TakeBack)) throw error;
  });
  return told(done);
}

/** Ends a transaction in which everything was done, and takes it back. */
class TakeBack extends Error {}

/** A path at which there is no bundle; told in its turn, together with what is wrong with others. */
class Nothing {
  constructor(
    readonly path: string,
    readonly why: UserError,
  ) {}
}

/** The editions and bundles that paths mean, and what is passed over. */
async function found(
  paths: Given[],
  passOver: boolean,
): Promise<{ editions: string[]; bundles: (Given | Nothing)[]; passedOver: Problem[] }> {
  const [editions, bundles]: [string[], (Given | Nothing)[]] = [[], []];
  const passedOver: Problem[] = [];
  for (const given of paths) {
    if (typeof given !== 'string') bundles.push(given);
    else if (await isEditionFolder(given)) editions.push(given);
    else {
      const inside = await findBundles(given).catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        return { bundles: [new Nothing(given, error)], passedOver: [] };
      });
      bundles.push(...inside.bundles);
      const { length } = inside.passedOver;
      if (passOver) passedOver.push(...inside.passedOver);
      else if (length > 0) {
        const what = length === 1 ? 'one thing in it is no bundle' : `${length} things in it are no bundles`;
        const message = `${given}: ${what}; nothing was loaded. Mend or move what is named, or pass it over (--pass-over).`;
        bundles.push(new Nothing(given, new UserError(message, undefined, inside.passedOver)));
      }
    }
  }
  return { editions, bundles, passedOver };
}

/** Checks all, then writes each in a transaction of its own. */
async function loadEach(db: Connection, arrivals: Arrival[], way: Way): Promise<Loaded[]> {
  const checked = await inOneTransaction(db, async (trx) => {
    const session = await beginSession(trx, way);
    const [failures, twins] = [new Failures(), new Twins()];
    const bundles: (Loaded | SoundBundle)[] = [];
    for (const arrival of arrivals) {
      const received = await failures.collect(arrival.name, () => receive(arrival, { session, twins }));
      if (received) bundles.push(received);
    }
    failures.throwIfAny();
    return bundles;
  });
  const done: Loaded[] = [];
  let answers = 0;
  for (const bundle of checked) {
    const loaded =
      'outcome' in bundle
        ? bundle
        : await inOneTransaction(db, async (trx) =>
            loadInspection(await beginSession(trx, way), bundle, way),
          );
    done.push(loaded);
    answers += loaded.answers ?? 0;
    way.onProgress?.({ bundles: done.length, of: arrivals.length, answers });
  }
  return done;
}

/** Writes all in the transaction that there is; once something is wrong with one, the others are only checked. */
async function loadTogether(trx: Transaction<DB>, arrivals: Arrival[], way: Way): Promise<Loaded[]> {
  const session = await beginSession(trx, way);
  const [failures, twins] = [new Failures(), new Twins()];
  const done: Loaded[] = [];
  for (const arrival of arrivals) {
    await failures.collect(arrival.name, async () => {
      const received = await receive(arrival, { session, twins });
      if ('outcome' in received) done.push(received);
      else if (!failures.any) done.push(await loadInspection(session, received, way));
    });
  }
  failures.throwIfAny();
  return done;
}
