import { setImmediate as turn } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { notLoaded } from './bundle/bundle.js';
import { type AnswerPart, answerStatement, attachPart, newPart } from './inspection/answers.js';
import { keepListed, removeSuperseded } from './inspection/listed.js';
import { type CodeRating, ratingsOf } from './inspection/ratings-of.js';
import { inspectionRows, rowStatements } from './inspection/rows.js';
import { type Place, placesOf } from './place.js';
import { contentHash, type Loaded, outcomeOf, recordLoads } from './record.js';
import { writeServices } from './register/service.js';
import { renew } from './renew.js';
import { answersOf, isToldByPublication, type Session, type SoundBundle } from './session.js';

interface ToWrite extends Place {
  inspectionId: number;
  loaded: Loaded;
  /** What the ratings of an inspection were that is replaced. */
  before: CodeRating[];
}

/**
 * Writes inspections in which nothing was found to be wrong, unless they are there already; one of the same subject is replaced whole
 * and keeps its key. Where there are several, each is told by its fieldwork. `unrated` takes the keys of inspections and of their loads:
 * these are to be counted and rated once all are written (renew). Answers of new inspections go into `part`, if there is one.
 */
async function writeInspections(
  session: Session,
  bundles: readonly SoundBundle[],
  unrated: Map<number, number>,
  part: AnswerPart | undefined,
): Promise<Loaded[]> {
  const { trx, way } = session;
  await writeServices(trx, session.brought);
  const decided: (Loaded | ToWrite)[] = [];
  for (const place of await placesOf(trx, bundles)) decided.push(await decide(session, place, part));
  const written = decided.filter((one) => 'before' in one);
  const done = decided.map((one) => ('before' in one ? one.loaded : one));
  if (written.length === 0) return done;
  const isInPart = ({ inspectionId }: ToWrite) => part !== undefined && inspectionId >= part.firstKey;
  // All are sent before the first is done: the server need not wait for the next.
  await Promise.all(
    [
      ...rowStatements(written.map((one) => inspectionRows(one.bundle, one))),
      ...answerStatement(written.filter(isInPart), part),
      ...answerStatement(written.filter((one) => !isInPart(one))),
    ].map((statement) => statement.execute(trx)),
  );
  const ids = written.map(({ inspectionId }) => inspectionId);
  await removeSuperseded(trx, ids);
  const loads = await recordLoads(
    trx,
    written.map(({ bundle, subject, inspectionId, before, loaded }) => ({
      ...{ kind: 'inspection', subject, origin: way.origin, files: bundle.records, inspectionId },
      content: contentHash(bundle.files),
      before: before.filter(({ rating, score }) => rating !== null || score !== null),
      remarks: bundle.isListed ? loaded.notices : [],
    })),
  );
  for (const [at, id] of ids.entries()) unrated.set(id, loads[at] as number);
  return done;
}

/** What is to be done at a place; what was there is taken away. */
async function decide(
  { trx, way: { origin, dropAnswers } }: Session,
  place: Place,
  part: AnswerPart | undefined,
): Promise<Loaded | ToWrite> {
  const { bundle, subject, key, remarks, isBetter } = place;
  const { name, isListed, yaml } = bundle;
  const notices = [...bundle.notices, ...remarks.map((remark) => yaml.problem(['report'], remark))];
  const loaded = { kind: 'inspection' as const, name, subject, notices, inspectionId: key };
  if (key !== undefined && isBetter) {
    // The report wins; what a table says beside it is kept, to hold the two against each other.
    if (isListed) await keepListed(trx, key, bundle.inspection);
    return { ...loaded, outcome: 'known better' };
  }
  const answers = answersOf(bundle);
  const toWrite = (inspectionId: number, outcome: Loaded['outcome'], before: CodeRating[]): ToWrite => {
    const ratings = { before, after: [] };
    return { ...place, inspectionId, before, loaded: { ...loaded, inspectionId, outcome, answers, ratings } };
  };
  if (key === undefined)
    return toWrite(part && answers > 0 ? part.nextKey++ : await newKey(trx), 'loaded', []);
  const hash = contentHash(bundle.files);
  const outcome = await outcomeOf(trx, { kind: 'inspection', subject, hash, origin });
  if (outcome === 'unchanged') return { ...loaded, outcome };
  const before = await ratingsOf(trx, key);
  const gone = await deleteInspection(trx, key);
  if (gone > 0 && answers === 0) {
    const wouldBe =
      'the inspection is loaded with case answers, and the bundle has none: they would be gone. Add cases.csv and answers.csv, or say --drop-answers if they are to go';
    if (!dropAnswers) throw notLoaded(name, [yaml.problem(['report'], wouldBe)]);
    const message = `the ${gone} case answers that were loaded for this inspection are gone: the bundle has none`;
    notices.push({ file: yaml.file, message });
  }
  // What had another subject, or none on record, is replaced all the same.
  return toWrite(key, 'replaced', before);
}

/** A key for a new inspection that is loaded by itself. */
async function newKey(trx: Transaction<DB>): Promise<number> {
  const { rows } = await sql<{ key: number }>`
    select nextval(pg_get_serial_sequence('core.inspection', 'inspection_id')) as key`.execute(trx);
  return rows[0]?.key as number;
}

/** Takes an inspection away with all that belongs to it; returns how many answers it had. */
export async function deleteInspection(trx: Transaction<DB>, inspectionId: number): Promise<number> {
  // Answers first: cascading from each case, they would be looked for once a case.
  const { numDeletedRows } = await trx
    .deleteFrom('core.answer')
    .where('inspection_id', '=', inspectionId)
    .executeTakeFirst();
  await trx.deleteFrom('core.inspection').where('inspection_id', '=', inspectionId).execute();
  return Number(numDeletedRows);
}

/** So many inspections are written at once: few enough to lie in memory, enough to spare the server statements. */
const batchSize = 32;
/** A part of core.answer is closed when it has so many answers: then its keys are made, while files are read on. */
const partSize = 1_000_000;

/** Writes inspections in batches. Its caller reads on while the server has a batch. */
export class BatchWriter {
  /** What became of what was taken, in its order. */
  readonly done: Loaded[] = [];
  /** Inspections that are not rated yet: their answers may be in a part that is not attached, and the views do not see it. */
  readonly #unrated = new Map<number, number>();
  /** Bundles with their places among what is done. */
  #batch: { bundle: SoundBundle; at: number }[] = [];
  #writing: Promise<void> = Promise.resolve();
  #part: AnswerPart | undefined;

  constructor(private readonly session: Session) {}

  /** Takes a bundle, or what has become of one; resolves when another one may come. Rejects when one before it could not be written. */
  async take(bundle: SoundBundle | Loaded): Promise<void> {
    const at = this.done.length++;
    if ('outcome' in bundle) {
      this.done[at] = bundle;
      return;
    }
    // Which inspection is meant is told from those that are there.
    const isAlone = isToldByPublication(bundle);
    if (isAlone) await this.#begin();
    // The texts of its tables are in the sheets now.
    this.#batch.push({ at, bundle: { ...bundle, cases: undefined, answers: undefined } });
    if (isAlone || this.#batch.length >= batchSize) await this.#begin();
  }

  /** Resolves when nothing is under way any more; rejects when something could not be written. */
  written(): Promise<void> {
    return this.#writing;
  }

  /** Writes what is left, and has all that was written counted and rated. Where `withRatings`, says what these are now. */
  async end(withRatings: boolean): Promise<void> {
    await this.#begin();
    await this.#writing;
    const { trx } = this.session;
    if (this.#part) await attachPart(trx, this.#part);
    await renew(trx, this.#unrated);
    for (const one of this.done) {
      if (withRatings && one.ratings) one.ratings.after = await ratingsOf(trx, one.inspectionId as number);
      else delete one.ratings;
    }
  }

  /** Begins with the batch that has come together, once the one before it is written. */
  async #begin(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    await this.#writing;
    this.#writing = this.#write(batch);
    // It is awaited later: that it has failed is told to whoever comes next.
    this.#writing.catch(() => {});
    await turn();
  }

  async #write(batch: { bundle: SoundBundle; at: number }[]): Promise<void> {
    if (batch.length === 0) return;
    const { session } = this;
    const bundles = batch.map(({ bundle }) => bundle);
    const isFull = batch.length >= batchSize && bundles.some((bundle) => answersOf(bundle) > 0);
    if (session.isMany && isFull) this.#part ??= await newPart(session.trx);
    const part = this.#part;
    const written = await writeInspections(session, bundles, this.#unrated, part);
    for (const [nth, { at }] of batch.entries()) this.done[at] = written[nth] as Loaded;
    if (!part || part.answers < partSize) return;
    await attachPart(session.trx, part);
    this.#part = undefined;
  }
}
