import { sql } from 'kysely';
import { type Copy, copyLine } from '../database/copy.js';
import type { Way } from './arrival.js';
import { notLoaded } from './bundle/bundle.js';
import { type AnswerPart, attachPart, fillPart, newPart } from './inspection/answer-part.js';
import { inspectionRows, inspectionTables } from './inspection/rows.js';
import { newKey, removeSuperseded } from './inspection/write.js';
import type { Loaded } from './load.js';
import { answersOf, loadInspection, subjectOf } from './one-inspection.js';
import { recordLoads } from './record.js';
import { addServices, type FoundService, settleService } from './register/service.js';
import { resultsOf } from './results/keep.js';
import { resultTables } from './results/result-rows.js';
import { editionOf, resolve, type Session, type SoundBundle } from './session.js';

/** So many inspections are written at once: few enough to lie in memory, enough to spare the server statements. */
const batchSize = 64;
/** So many batches may wait for the server while files are read on. */
const mostWaiting = 4;
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

/** Writes sound bundles in batches, in the order in which they come, while its caller goes on. */
export class BulkWriter {
  /** Case answers that were taken. */
  answers = 0;
  readonly #session: Session;
  readonly #copy: Copy;
  readonly #way: Way;
  readonly #done: Loaded[] = [];
  #batch: SoundBundle[] = [];
  #waiting: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;
  #part: (AnswerPart & { nextKey: number }) | undefined;

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
    if (this.#batch.length < batchSize) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#last = this.#last.then(() => this.#writeBatch(batch));
    // It is awaited later; that it has failed is told to whoever comes next.
    this.#last.catch((error: unknown) => {
      this.#failure ??= { error };
    });
    this.#waiting.push(this.#last);
    if (this.#waiting.length > mostWaiting) await this.#waiting.shift();
  }

  /** Resolves when nothing is under way any more, however it ended. */
  async settled(): Promise<void> {
    await this.#last.catch(() => {});
  }

  /** Writes what is left, and closes the last part. */
  async end(): Promise<Loaded[]> {
    await this.#last;
    if (!this.#part && this.#batch.length <= handful)
      for (const bundle of this.#batch)
        this.#done.push(await loadInspection(this.#session, bundle, this.#way));
    else await this.#writeBatch(this.#batch);
    await this.#closePart();
    return this.#done;
  }

  async #writeBatch(bundles: SoundBundle[]): Promise<void> {
    const settled = await this.#settle(bundles);
    const { trx } = this.#session;
    const placed = [];
    const lines = new Map<string, TableLines>();
    for (const { bundle, service } of settled.filter(({ isNew }) => isNew)) {
      const inspectionId = await this.#keyFor(bundle);
      const rows = inspectionRows(bundle, { inspectionId, service });
      const edition = await editionOf(this.#session, bundle.framework.edition);
      const results = resultsOf(bundle, rows, { inspectionId, edition });
      // Rows become text at once: a batch of them would outlive the collector's young space.
      for (const [table, some] of Object.entries({ ...rows, ...results })) addLines(lines, table, some);
      placed.push({ bundle, service, inspectionId, sheets: bundle.sheets });
    }
    const copyLines = async (table: string) => {
      const { columns, text } = lines.get(table) ?? {};
      if (columns && text) await this.#copy({ table, columns }, text);
    };
    for (const table of inspectionTables) await copyLines(table);
    if (this.#part) await fillPart(this.#copy, this.#part, placed);
    for (const table of resultTables) await copyLines(table);
    await removeSuperseded(
      trx,
      placed.map(({ inspectionId }) => inspectionId),
    );
    const { origin } = this.#way;
    await recordLoads(
      trx,
      placed.map(({ bundle, service, inspectionId }) => ({
        kind: 'inspection',
        subject: subjectOf(service, bundle),
        origin,
        files: bundle.records,
        inspectionId,
      })),
    );
    for (const { bundle, service } of placed) {
      this.#done.push({
        kind: 'inspection',
        name: bundle.name,
        subject: subjectOf(service, bundle),
        outcome: 'loaded',
        notices: bundle.notices,
        answers: answersOf(bundle),
      });
    }
    for (const { bundle, isNew } of settled) {
      if (!isNew) this.#done.push(await loadInspection(this.#session, bundle, this.#way));
    }
    if (this.#part && this.#part.answers >= partSize) await this.#closePart();
  }

  /** Adds services that are new, and finds out which inspections are. */
  async #settle(bundles: SoundBundle[]): Promise<Settled[]> {
    const { trx, register } = this.#session;
    const soundly = (bundle: SoundBundle) => {
      const resolution = resolve(this.#session, bundle);
      if ('problem' in resolution) throw notLoaded(bundle.name, [resolution.problem]);
      return resolution;
    };
    await addServices(
      trx,
      register,
      bundles.map(soundly).filter((resolution) => 'add' in resolution),
    );
    const settled = [];
    for (const bundle of bundles)
      settled.push({ bundle, service: await settleService(trx, register, soundly(bundle)) });
    const { rows } = await sql<{ key: string }>`
      select service_id || ' ' || fieldwork_start as key
      from core.inspection
      where service_id = any(${settled.map(({ service }) => service.serviceId)}::integer[])`.execute(trx);
    const known = new Set(rows.map(({ key }) => key));
    return settled.map((one) => {
      const key = `${one.service.serviceId} ${one.bundle.dates.fieldworkStart}`;
      const isNew = !known.has(key);
      // Of two bundles with the same content the second is not new any more.
      known.add(key);
      return { ...one, isNew };
    });
  }

  /** The key of a new inspection: with answers, one of the block to which the part belongs. */
  async #keyFor(bundle: SoundBundle): Promise<number> {
    const { trx } = this.#session;
    if (answersOf(bundle) === 0) return newKey(trx);
    if (!this.#part) {
      const part = await newPart(trx);
      this.#part = { ...part, nextKey: part.firstKey };
    }
    return this.#part.nextKey++;
  }

  async #closePart(): Promise<void> {
    if (this.#part) await attachPart(this.#session.trx, this.#part);
    this.#part = undefined;
  }
}
