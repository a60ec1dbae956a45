import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Copy, copyLine } from '../database/copy.js';
import type { Way } from './arrival.js';
import { notLoaded } from './bundle/bundle.js';
import { type AnswerPart, attachPart, fillPart, newPart } from './inspection/answer-part.js';
import { type InspectionRows, inspectionRows, inspectionTables } from './inspection/rows.js';
import { newKey, removeSuperseded } from './inspection/write.js';
import type { Loaded } from './load.js';
import { answersOf, loadInspection } from './one-inspection.js';
import { isToldByPublication, subjectOf } from './place.js';
import { queueFor, recordLoads } from './record.js';
import { addServices, type FoundService } from './register/service.js';
import { renew } from './renew.js';
import { registerOf, resolve, type Session, type SoundBundle, settle } from './session.js';

/** So many inspections are written at once: few enough to lie in memory, enough to spare the server statements. */
const batchSize = 32;
/** A part of core.answer is closed when it has so many answers: then its keys are made, while files are read on. */
const partSize = 1_000_000;
/** So few inspections are not worth a part of their own. */
const handful = 16;

type Settled = { bundle: SoundBundle; service: FoundService; isNew: boolean };

/** Writes sound bundles in batches, in the order in which they come. Its caller goes on while the server has a batch. */
export class BulkWriter {
  /** Case answers that were taken. */
  answers = 0;
  readonly #session: Session;
  readonly #copy: Copy;
  readonly #way: Way;
  readonly #done: Loaded[] = [];
  /** Inspections that are written, and the keys of the loads that brought them. */
  readonly #loads = new Map<number, number>();
  /** Subjects that this load writes. */
  readonly #own = new Set<string>();
  #batch: SoundBundle[] = [];
  #hasBegun = false;
  #writing: Promise<void> = Promise.resolve();
  /** Undefined until there are answers; null where they are distributed, and go to where their inspections are. */
  #part: (AnswerPart & { nextKey: number }) | null | undefined;

  constructor(session: Session, copy: Copy, way: Way) {
    this.#session = session;
    this.#copy = copy;
    this.#way = way;
  }

  /** Takes a bundle; resolves when another one may come. Rejects when one before it could not be written. */
  async take(bundle: SoundBundle): Promise<void> {
    this.answers += answersOf(bundle);
    // The texts of the tables are in the sheets now.
    this.#batch.push({ ...bundle, cases: undefined, answers: undefined });
    if (this.#batch.length >= batchSize) await this.#begin();
  }

  /** Resolves when nothing is under way any more, however it ended. */
  async settled(): Promise<void> {
    await this.#writing.catch(() => {});
  }

  /** Writes what is left, and closes the last part. */
  async end(): Promise<Loaded[]> {
    if (!this.#hasBegun && this.#batch.length <= handful) {
      for (const bundle of this.#batch)
        this.#done.push(await loadInspection(this.#session, bundle, this.#way));
      return this.#done;
    }
    await this.#begin();
    await this.#writing;
    const { trx } = this.#session;
    if (this.#part) await attachPart(trx, this.#part);
    // Their answers are all where the views find them now.
    await renew(trx, this.#loads);
    return this.#done;
  }

  /** Begins with the batch that has come together, once the one before it is written. */
  async #begin(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#hasBegun = true;
    await this.#writing;
    this.#writing = this.#write(batch);
    // It is awaited later: that it has failed is told to whoever comes next.
    this.#writing.catch(() => {});
  }

  async #write(bundles: SoundBundle[]): Promise<void> {
    const { trx } = this.#session;
    const settled = await this.#settle(bundles);
    const placed = [];
    for (const { bundle, service } of settled.filter(({ isNew }) => isNew)) {
      const inspectionId = await this.#keyFor(bundle);
      const code = `${service.code}-${bundle.dates.fieldworkStart}`;
      const rows = inspectionRows(bundle, { inspectionId, service, code });
      placed.push({ bundle, subject: subjectOf(service, bundle), inspectionId, sheets: bundle.sheets, rows });
      // Whoever reads files gets a turn.
      await turn();
    }
    for (const table of inspectionTables) await this.#copyRows(table, placed);
    await fillPart(this.#copy, this.#part ?? undefined, placed);
    await removeSuperseded(
      trx,
      placed.map(({ inspectionId }) => inspectionId),
    );
    const { origin } = this.#way;
    const loads = await recordLoads(
      trx,
      placed.map(({ bundle, subject, inspectionId }) => ({
        ...{ kind: 'inspection', subject, origin, files: bundle.records, inspectionId },
      })),
    );
    for (const [at, { bundle, subject, inspectionId }] of placed.entries()) {
      this.#loads.set(inspectionId, loads[at] as number);
      const { name, notices } = bundle;
      const answers = answersOf(bundle);
      this.#done.push({ kind: 'inspection', name, subject, outcome: 'loaded', notices, answers });
    }
    // Those that are there already are replaced one by one.
    for (const { bundle, isNew } of settled)
      if (!isNew) this.#done.push(await loadInspection(this.#session, bundle, this.#way));
    if (!this.#part || this.#part.answers < partSize) return;
    await attachPart(trx, this.#part);
    this.#part = undefined;
  }

  async #copyRows(table: keyof InspectionRows, placed: readonly { rows: InspectionRows }[]): Promise<void> {
    const all = placed.flatMap(({ rows }) => rows[table] as object[]) as Record<string, unknown>[];
    const [first] = all;
    if (!first) return;
    const columns = Object.keys(first);
    await this.#copy(
      { table, columns },
      all.map((row) => copyLine(row, columns)),
    );
  }

  /** Adds services that are new, and finds out which inspections are. */
  async #settle(bundles: SoundBundle[]): Promise<Settled[]> {
    const { trx } = this.#session;
    const soundly = async (bundle: SoundBundle) => {
      const resolution = await resolve(this.#session, bundle);
      if ('problem' in resolution) throw notLoaded(bundle.name, [resolution.problem]);
      return resolution;
    };
    const resolutions = await Promise.all(bundles.map(soundly));
    const additions = resolutions.filter((resolution) => 'add' in resolution);
    await addServices(trx, await registerOf(this.#session), additions);
    const settled = [];
    for (const bundle of bundles)
      settled.push({ bundle, service: await settle(this.#session, await soundly(bundle)) });
    await queueFor(
      trx,
      'inspection',
      settled.map(({ bundle, service }) => subjectOf(service, bundle)),
    );
    const { rows } = await sql<{ subject: string }>`
      select 'service ' || service_id || ', ' || fieldwork_start as subject
      from core.inspection
      where service_id = any(${settled.map(({ service }) => service.serviceId)}::integer[])`.execute(trx);
    const known = new Set(rows.map(({ subject }) => subject));
    return settled.map((one) => {
      const subject = subjectOf(one.service, one.bundle);
      // Of two bundles with the same content the second is not new any more, written or not yet.
      const isNew = !isToldByPublication(one.bundle) && !known.has(subject) && !this.#own.has(subject);
      this.#own.add(subject);
      return { ...one, isNew };
    });
  }

  /** The key of a new inspection: with answers, one of the block to which the part belongs. */
  async #keyFor(bundle: SoundBundle): Promise<number> {
    const { trx } = this.#session;
    if (answersOf(bundle) > 0 && this.#part === undefined) {
      const part = await newPart(trx);
      this.#part = part ? { ...part, nextKey: part.firstKey } : null;
    }
    return answersOf(bundle) > 0 && this.#part ? this.#part.nextKey++ : newKey(trx);
  }
}
