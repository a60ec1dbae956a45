import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Copy, copyLine } from '../database/copy.js';
import type { Way } from './arrival.js';
import { notLoaded } from './bundle/bundle.js';
import { type AnswerPart, attachPart, fillPart, newPart } from './inspection/answer-part.js';
import { inspectionRows, inspectionTables } from './inspection/rows.js';
import { newKey, removeSuperseded } from './inspection/write.js';
import type { Loaded } from './load.js';
import { answersOf, loadInspection } from './one-inspection.js';
import { isToldByPublication, subjectOf } from './place.js';
import { queueFor, recordLoads } from './record.js';
import { addServices, type FoundService } from './register/service.js';
import { renew } from './renew.js';
import { registerOf, resolve, type Session, type SoundBundle, settle } from './session.js';

/** So many inspections are written at once: few enough to lie in memory, enough to spare the server statements. */
const batchSize = 128;
/** The first ones are fewer: the server waits for nothing else. */
const firstBatch = 32;
/** So many batches may wait for the server while files are read on. */
const mostWaiting = 1;
/** A part of core.answer is closed when it has so many answers: then its keys are made, while files are read on. */
const partSize = 1_000_000;
/** So few inspections are not worth a part of their own. */
const handful = 16;

/** Rows of a table as lines of COPY, a text for each inspection. */
type TableLines = { columns: string[]; text: string[] };

/** Adds rows, which all have the same columns. */
function addLines(lines: Map<string, TableLines>, table: string, rows: readonly object[]): void {
  if (rows.length === 0) return;
  if (!lines.has(table)) lines.set(table, { columns: Object.keys(rows[0] as object), text: [] });
  const { columns, text } = lines.get(table) as TableLines;
  text.push(rows.map((row) => copyLine(row as Record<string, unknown>, columns)).join(''));
}

type Settled = { bundle: SoundBundle; service: FoundService; isNew: boolean };

/** A batch as the server is to have it. */
interface Prepared {
  placed: {
    bundle: SoundBundle;
    service: FoundService;
    inspectionId: number;
    sheets: SoundBundle['sheets'];
  }[];
  lines: Map<string, TableLines>;
  /** Inspections that are there already, and are replaced one by one. */
  others: SoundBundle[];
  part: AnswerPart | undefined;
  /** Whether the part is full with this batch. */
  closesPart: boolean;
}

/**
 * Writes sound bundles in batches, in the order in which they come, while its caller goes on. A batch is prepared while the
 * server writes the one before it.
 */
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
  #batches = 0;
  #waiting: Promise<void>[] = [];
  #prepared: Promise<unknown> = Promise.resolve();
  #last: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;
  /** Whether answers are distributed, and go to where their inspections are. */
  #hasNoParts = false;
  #part: (AnswerPart & { nextKey: number; planned: number }) | undefined;

  constructor(session: Session, copy: Copy, way: Way) {
    this.#session = session;
    this.#copy = copy;
    this.#way = way;
  }

  /** Takes a bundle; resolves when another one may come. Rejects when one before it could not be written. */
  async take(bundle: SoundBundle): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    this.answers += answersOf(bundle);
    // The texts of the tables are in the sheets now.
    this.#batch.push({ ...bundle, cases: undefined, answers: undefined });
    if (this.#batch.length < (this.#batches === 0 ? firstBatch : batchSize)) return;
    this.#begin();
    if (this.#waiting.length > mostWaiting) await this.#waiting.shift();
  }

  /** Resolves when nothing is under way any more, however it ended. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#prepared, this.#last]);
  }

  /** Writes what is left, and closes the last part. */
  async end(): Promise<Loaded[]> {
    if (this.#batches === 0 && this.#batch.length <= handful) {
      for (const bundle of this.#batch)
        this.#done.push(await loadInspection(this.#session, bundle, this.#way));
      return this.#done;
    }
    this.#begin();
    await this.#last;
    const { trx } = this.#session;
    if (this.#part) await attachPart(trx, this.#part);
    // Their answers are all where the views find them now.
    await renew(trx, this.#loads);
    return this.#done;
  }

  /** Begins with the batch that has come together. */
  #begin(): void {
    const batch = this.#batch;
    this.#batch = [];
    this.#batches++;
    const prepared = this.#prepared.then(() => this.#prepare(batch));
    const written = Promise.all([prepared, this.#last]).then(([ready]) => this.#write(ready));
    // They are awaited later; that one has failed is told to whoever comes next.
    for (const step of [prepared, written])
      step.catch((error: unknown) => {
        this.#failure ??= { error };
      });
    this.#prepared = prepared;
    this.#last = written;
    this.#waiting.push(written);
  }

  async #prepare(bundles: SoundBundle[]): Promise<Prepared> {
    const settled = await this.#settle(bundles);
    const lines = new Map<string, TableLines>();
    const placed = [];
    for (const { bundle, service } of settled.filter(({ isNew }) => isNew)) {
      const inspectionId = await this.#keyFor(bundle);
      const code = `${service.code}-${bundle.dates.fieldworkStart}`;
      const rows = inspectionRows(bundle, { inspectionId, service, code });
      // Rows become text at once: a batch of them would outlive the collector's young space.
      for (const [table, some] of Object.entries(rows)) addLines(lines, table, some);
      placed.push({ bundle, service, inspectionId, sheets: bundle.sheets });
      // The server may be waiting for what comes next of the batch before.
      await turn();
    }
    const others = settled.filter(({ isNew }) => !isNew).map(({ bundle }) => bundle);
    const part = this.#part;
    const closesPart = part !== undefined && part.planned >= partSize;
    if (closesPart) this.#part = undefined;
    return { placed, lines, others, part, closesPart };
  }

  async #write({ placed, lines, others, part, closesPart }: Prepared): Promise<void> {
    const { trx } = this.#session;
    const copyLines = async (table: string) => {
      const { columns, text } = lines.get(table) ?? {};
      if (columns && text) await this.#copy({ table, columns }, text);
    };
    for (const table of inspectionTables) await copyLines(table);
    await fillPart(this.#copy, part, placed);
    await removeSuperseded(
      trx,
      placed.map(({ inspectionId }) => inspectionId),
    );
    const { origin } = this.#way;
    const loads = await recordLoads(
      trx,
      placed.map(({ bundle, service, inspectionId }) => ({
        kind: 'inspection',
        subject: subjectOf(service, bundle),
        origin,
        files: bundle.records,
        inspectionId,
      })),
    );
    for (const [at, { bundle, service, inspectionId }] of placed.entries()) {
      this.#loads.set(inspectionId, loads[at] as number);
      this.#done.push({
        kind: 'inspection',
        name: bundle.name,
        subject: subjectOf(service, bundle),
        outcome: 'loaded',
        notices: bundle.notices,
        answers: answersOf(bundle),
      });
    }
    for (const bundle of others) this.#done.push(await loadInspection(this.#session, bundle, this.#way));
    if (closesPart && part) await attachPart(trx, part);
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
    const answers = answersOf(bundle);
    if (answers === 0 || this.#hasNoParts) return newKey(trx);
    if (!this.#part) {
      const part = await newPart(trx);
      if (!part) {
        this.#hasNoParts = true;
        return newKey(trx);
      }
      this.#part = { ...part, nextKey: part.firstKey, planned: 0 };
    }
    this.#part.planned += answers;
    return this.#part.nextKey++;
  }
}
