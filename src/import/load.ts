import { setImmediate as turn } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { dbPath } from '../disk/paths.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { refuseOthers } from '../words/nearest.js';
import { type OpenBundle, openBundle } from './bundle/bundle.js';
import { findBundles } from './bundle/bundle-folder.js';
import { isEditionFolder } from './edition/edition-file.js';
import { type Given, nameOf } from './files/source.js';
import { inOneTransaction, queueForMany } from './one-transaction.js';
import type { Loaded } from './record.js';
import { loadEdition, loadReference } from './reference.js';
import { answersOf, beginSession, type Choices, receive, type Way } from './session.js';
import { BatchWriter } from './write-inspections.js';

export interface LoadOptions extends Choices {
  /** Whether what is no bundle in a folder of bundles is passed over; else it is refused. */
  passOver?: boolean;
  /** Tables to be taken instead of those in the bundle; for a single bundle. */
  cases?: Given | undefined;
  answers?: Given | undefined;
  /** Whether everything is done, looked at, and taken back. */
  dryRun?: boolean;
  onProgress?: (progress: Progress) => void;
}

const optionNames = 'newService asPrinted dropAnswers passOver cases answers dryRun onProgress'.split(' ');

/** How far a load has come. */
export interface Progress {
  bundles: number;
  of: number;
  /** Case answers so far. */
  answers: number;
}

/** A bundle that is to be loaded, before any of its files is opened. */
export interface Arrival {
  name: string;
  open: () => Promise<OpenBundle>;
}

/** More bundles than this are many: what there is is read at once for all of them. */
const few = 20;

/**
 * Loads bundles (and editions) from the given paths in one transaction: all of them, or none when anything is wrong with one. What is
 * loaded already with the same content is left as it is; an earlier state of an inspection is replaced whole.
 * Throws a UserError with every problem of every bundle.
 */
export async function load(db: Connection, paths: Given[], options: LoadOptions = {}): Promise<Loaded[]> {
  if (!Array.isArray(paths)) throw new RangeError('What is loaded has to be a list of paths.');
  refuseOthers('A load has no option', options, optionNames);
  return loadPaths(db, paths, { ...options, origin: 'user' });
}

/** Loads what comes with the package: the register, the editions with their crosswalk, and the bundled inspections. */
export async function loadBundled(db: Connection): Promise<Loaded[]> {
  const reference = await inOneTransaction(db, loadReference);
  return [...reference, ...(await loadPaths(db, [dbPath('inspections')], { origin: 'package' }))];
}

async function loadPaths(db: Connection, paths: Given[], way: LoadOptions & Way): Promise<Loaded[]> {
  const { dryRun = false, cases, answers } = way;
  const { editions, arrivals, passedOver } = await found(paths, way);
  if ((cases ?? answers) && arrivals.length !== 1)
    throw new UserError('Tables that are named by themselves go with one bundle: name one.', exitCode.call);
  const isMany = !db.isTransaction && !dryRun && arrivals.length > few;
  const isPiped = [...paths, cases, answers].some((given) => typeof given === 'object');
  const loaded = await inOneTransaction(
    db,
    async (trx) => {
      const done: Loaded[] = [];
      for (const folder of editions) done.push(await loadEdition(trx, folder, way.origin));
      return [...done, ...(await loadInspections(trx, arrivals, way, isMany))];
    },
    { dryRun, isOnceOnly: isPiped || isMany },
  );
  loaded[0]?.notices.unshift(...passedOver);
  return loaded;
}

/** The editions and bundles that paths mean, and what is passed over. What is none is told in its turn, with what is wrong with others. */
async function found(
  paths: Given[],
  { passOver = false, cases, answers }: LoadOptions,
): Promise<{ editions: string[]; arrivals: Arrival[]; passedOver: Problem[] }> {
  const [editions, arrivals, passedOver]: [string[], Arrival[], Problem[]] = [[], [], []];
  const add = (given: Given) =>
    arrivals.push({
      name: nameOf(given),
      open: () => openBundle(given, { cases, answers }),
    });
  for (const given of paths) {
    if (typeof given !== 'string') add(given);
    else if (await isEditionFolder(given)) editions.push(given);
    else
      try {
        const inside = await findBundles(given, passOver);
        inside.bundles.forEach(add);
        passedOver.push(...inside.passedOver);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        arrivals.push({ name: given, open: () => Promise.reject(error) });
      }
  }
  return { editions, arrivals, passedOver };
}

/** Reads, checks and writes one bundle after another; once something is wrong with one, the others are only checked. */
export async function loadInspections(
  trx: Transaction<DB>,
  arrivals: readonly Arrival[],
  way: LoadOptions & Way,
  isMany = false,
): Promise<Loaded[]> {
  if (isMany) await queueForMany(trx);
  const session = await beginSession(trx, way, isMany);
  const errors: UserError[] = [];
  const writer = new BatchWriter(session);
  const progress = { bundles: 0, of: arrivals.length, answers: 0 };
  try {
    for (const { name, open } of arrivals) {
      try {
        const received = await receive(session, await open());
        if ('sheets' in received) progress.answers += answersOf(received);
        if (errors.length === 0) await writer.take(received);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        error.about ??= name;
        errors.push(error);
      }
      progress.bundles++;
      way.onProgress?.({ ...progress });
      // Reading keeps the program busy: the server's answers get their turn.
      await turn();
    }
    if (errors.length > 0) throw together(errors);
    await writer.end(way.dryRun ?? false);
  } catch (error) {
    // What is still under way is of this transaction; where it fails, that is why.
    await writer.written();
    throw error;
  }
  return writer.done;
}

/** One error with the problems of several; the only one as it is. */
function together(errors: UserError[]): UserError {
  const [only, ...others] = errors;
  if (only && others.length === 0) return only;
  // What is wrong with a path as a whole is said by its message alone.
  const problems = errors.flatMap(({ about = '', message, problems: found }): Problem[] =>
    found.length === 0 ? [{ file: about, message }] : found,
  );
  const message = `${errors.length} bundles have problems; nothing was loaded.`;
  return new UserError(message, undefined, problems);
}
