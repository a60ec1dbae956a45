import { setImmediate as turn } from 'node:timers/promises';
import { notLoaded } from './bundle/bundle.js';
import { type AnswerPart, answerStatement, attachPart, newPart } from './inspection/answers.js';
import { keepListed } from './inspection/listed.js';
import { type CodeRating, ratingsOf } from './inspection/ratings-of.js';
import { inspectionRows, rowStatements } from './inspection/rows.js';
import { deleteInspection, newKey, removeSuperseded } from './inspection/write.js';
import type { Loaded } from './load.js';
import { type Better, isToldByPublication, type Place, placesOf } from './place.js';
import { contentHash, type Origin, outcomeOf, recordLoads } from './record.js';
import { addServices, type FoundService } from './register/service.js';
import { renew } from './renew.js';
import { answersOf, registerOf, resolve, type Session, type SoundBundle, settle } from './session.js';

/** How inspections are written. */
export interface Writing {
  origin: Origin;
  dryRun?: boolean;
  /** Takes the keys of inspections and of their loads, where the caller has them counted and rated, many at once (renew). */
  unrated?: Map<number, number>;
  /** Where answers of new inspections go, if not into core.answer. */
  part?: AnswerPart | undefined;
}

interface ToWrite extends Place {
  inspectionId: number;
  outcome: Loaded['outcome'];
  notices: Loaded['notices'];
  /** What the ratings of an inspection were that is replaced. */
  before: CodeRating[];
}

/** Writes one inspection (see writeInspections). */
export async function loadInspection(
  session: Session,
  bundle: SoundBundle,
  writing: Writing,
): Promise<Loaded> {
  const [loaded] = await writeInspections(session, [bundle], writing);
  return loaded as Loaded;
}

/**
 * Writes inspections in which nothing was found to be wrong, unless they are there already; one of the same subject is replaced whole
 * and keeps its key. Where there are several, each is told by its fieldwork.
 * Throws a UserError when a service turns out to be another's by now.
 */
export async function writeInspections(
  session: Session,
  bundles: readonly SoundBundle[],
  writing: Writing,
): Promise<Loaded[]> {
  const { trx } = session;
  const { origin, dryRun = false, unrated, part } = writing;
  const settled = await servicesOf(session, bundles);
  const decided: (Loaded | ToWrite)[] = [];
  for (const place of await placesOf(trx, settled)) decided.push(await decide(session, place, writing));
  const written = decided.filter((one) => 'before' in one);
  if (written.length === 0) return decided as Loaded[];
  const rows = written.map((one) => inspectionRows(one.bundle, one));
  const isInPart = ({ inspectionId }: ToWrite) => part !== undefined && inspectionId >= part.firstKey;
  // All are sent before the first is done: the server need not wait for the next.
  await Promise.all(
    [
      ...rowStatements(rows),
      ...answerStatement(written.filter(isInPart), part),
      ...answerStatement(written.filter((one) => !isInPart(one))),
    ].map((statement) => statement.execute(trx)),
  );
  const ids = written.map(({ inspectionId }) => inspectionId);
  await removeSuperseded(trx, ids);
  const loadIds = await recordLoads(
    trx,
    written.map(({ bundle, subject, inspectionId, before, notices }) => ({
      ...{ kind: 'inspection', subject, origin, files: bundle.records, inspectionId, before },
      ...(bundle.isListed && {
        content: contentHash(bundle.files),
        before: before.filter(({ rating, score }) => rating !== null || score !== null),
        remarks: notices,
      }),
    })),
  );
  const loads = new Map(ids.map((id, at) => [id, loadIds[at] as number]));
  if (!unrated) await renew(trx, loads);
  else for (const [id, load] of loads) unrated.set(id, load);
  const done: Loaded[] = [];
  for (const one of decided) {
    if (!('before' in one)) done.push(one);
    else {
      const { bundle, subject, outcome, notices, inspectionId, before } = one;
      const ratings = dryRun ? { ratings: { before, after: await ratingsOf(trx, inspectionId) } } : {};
      const loaded = { kind: 'inspection' as const, name: bundle.name, subject, outcome, notices };
      done.push({ ...loaded, inspectionId, answers: answersOf(bundle), ...ratings });
    }
  }
  return done;
}

/** The services of bundles, looked for anew: another loader, or a bundle before this one, may have added one meanwhile. */
async function servicesOf(
  session: Session,
  bundles: readonly SoundBundle[],
): Promise<{ bundle: SoundBundle; service: FoundService }[]> {
  const soundly = async (bundle: SoundBundle) => {
    const resolution = await resolve(session, bundle);
    if ('problem' in resolution) throw notLoaded(bundle.name, [resolution.problem]);
    return resolution;
  };
  let resolutions = await Promise.all(bundles.map(soundly));
  const additions = resolutions.filter((resolution) => 'add' in resolution);
  if (additions.length > 0) {
    await addServices(session.trx, await registerOf(session), additions);
    resolutions = await Promise.all(bundles.map(soundly));
  }
  const settled = [];
  for (const [at, bundle] of bundles.entries())
    settled.push({ bundle, service: await settle(session, resolutions[at] as (typeof resolutions)[number]) });
  return settled;
}

/** What is to be done at a place; what was there is taken away. */
async function decide(
  { trx }: Session,
  place: Place | Better,
  { origin, part }: Writing,
): Promise<Loaded | ToWrite> {
  const { bundle, subject, key, remarks } = place;
  const notices = [...bundle.notices, ...remarks.map((remark) => bundle.yaml.problem(['report'], remark))];
  const loaded = { kind: 'inspection' as const, name: bundle.name, subject, notices };
  if ('isBetter' in place) {
    // The report wins; what a table says beside it is kept, to hold the two against each other.
    if (bundle.isListed) await keepListed(trx, place.key, bundle.inspection);
    return { ...loaded, outcome: 'known better', inspectionId: place.key };
  }
  const answers = answersOf(bundle);
  if (key === undefined) {
    const inspectionId = part && answers > 0 ? part.nextKey++ : await newKey(trx);
    return { ...place, notices, inspectionId, outcome: 'loaded', before: [] };
  }
  const of = { kind: 'inspection' as const, subject, hash: contentHash(bundle.files), origin };
  const outcome = await outcomeOf(trx, of);
  if (place.isKnown || outcome === 'unchanged') return { ...loaded, outcome: 'unchanged', inspectionId: key };
  const before = await ratingsOf(trx, key);
  const gone = await deleteInspection(trx, key);
  if (gone > 0 && answers === 0) {
    const message = `the ${gone} case answers that were loaded for this inspection are gone: the bundle has none`;
    notices.push({ file: bundle.yaml.file, message });
  }
  return {
    ...place,
    notices,
    inspectionId: key,
    outcome: bundle.isListed ? 'replaced' : outcome,
    before,
  };
}

/** So many inspections are written at once where there are many: few enough to lie in memory, enough to spare the server statements. */
const batchSize = 32;
/** A part of core.answer is closed when it has so many answers: then its keys are made, while files are read on. */
const partSize = 1_000_000;

/** Writes many inspections, in batches. Its caller reads on while the server has a batch. */
export class BatchWriter {
  readonly done: Loaded[] = [];
  /** Inspections whose answers are in a part that is not attached: the views do not see them yet. */
  readonly #unrated = new Map<number, number>();
  #batch: SoundBundle[] = [];
  #writing: Promise<void> = Promise.resolve();
  #part: AnswerPart | undefined;

  constructor(
    private readonly session: Session,
    private readonly writing: Writing,
  ) {}

  /** Takes a bundle; resolves when another one may come. Rejects when one before it could not be written. */
  async take(bundle: SoundBundle): Promise<void> {
    // The texts of its tables are in the sheets now.
    this.#batch.push({ ...bundle, cases: undefined, answers: undefined });
    if (this.#batch.length >= batchSize) await this.#begin();
  }

  /** Resolves when nothing is under way any more; rejects when something could not be written. */
  written(): Promise<void> {
    return this.#writing;
  }

  /** Writes what is left. */
  async end(): Promise<void> {
    await this.#begin();
    await this.#writing;
    const { trx } = this.session;
    if (this.#part) await attachPart(trx, this.#part);
    await renew(trx, this.#unrated);
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

  async #write(batch: SoundBundle[]): Promise<void> {
    const { session, writing } = this;
    const { trx } = session;
    if (batch.length >= batchSize && batch.some((bundle) => answersOf(bundle) > 0))
      this.#part ??= await newPart(trx);
    const part = this.#part;
    const together = batch.filter((bundle) => !isToldByPublication(bundle));
    this.done.push(
      ...(await writeInspections(session, together, { ...writing, unrated: this.#unrated, part })),
    );
    // Which inspection is meant is told from those that are there.
    for (const bundle of batch.filter(isToldByPublication))
      this.done.push(await loadInspection(session, bundle, writing));
    if (!part || part.answers < partSize) return;
    await attachPart(trx, part);
    this.#part = undefined;
  }
}
