import { createHash } from 'node:crypto';
import path from 'node:path';
import { type NotNull, sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import type { Problem } from '../problem.js';
import { programVersion } from '../version.js';
import type { FileRecord } from './files/source.js';
import type { CodeRating } from './inspection/ratings-of.js';
import { lockQueues } from './one-transaction.js';
import { put } from './put.js';

export type Kind = 'register' | 'edition' | 'inspection' | 'ratings table' | 'published totals' | 'groups';

/** Whether something comes with the package, or a user names it. What a user loads, the package's own does not replace. */
export type Origin = 'package' | 'user';

/** What became of a thing that was to be loaded. */
export interface Loaded {
  kind: Kind;
  name: string;
  /** What it is about: two loads of one subject are of the same edition, or the same inspection. */
  subject: string;
  /** 'known better' when an inspection is known by more than that: then nothing is written. */
  outcome: 'loaded' | 'replaced' | 'unchanged' | 'known better';
  inspectionId?: number | undefined;
  /** Worth saying, and no error: keys that were passed over, an encoding that was found out. */
  notices: Problem[];
  /** Of a table of ratings: inspections that it brought or changed. */
  inspections?: number;
  /** Case answers that were written. */
  answers?: number;
  /** Of a dry run: what the inspection's ratings are, and what they would be. */
  ratings?: { before: CodeRating[]; after: CodeRating[] };
}

/** A load that is to be kept on record. */
export interface LoadRecord {
  kind: Kind;
  subject: string;
  origin: Origin;
  files: (FileRecord & { rows?: number; encoding?: string })[];
  /** What tells the content from another's, where the files do not: one row of a table. */
  content?: string;
  inspectionId?: number;
  /** What the ratings of a replaced inspection were. */
  before?: CodeRating[] | undefined;
  remarks?: Problem[];
}

/** How the record of a load says that what was loaded came with the package. */
const bundledBy = `${programVersion} (bundled)`;

/** What tells the content of a load from another's: its files, in order. */
export const contentHash = (files: FileRecord[]): string =>
  createHash('sha256')
    .update(files.map(({ sha256 }) => sha256).join(' '))
    .digest('hex');

/**
 * Loaders of one subject queue until the transaction ends; those of different ones go on side by side. Inspections and groups rest on
 * the register and the editions: what loads those queues with every loader of inspections.
 */
export async function queueFor(
  trx: Transaction<DB>,
  kind: Kind,
  subjects: string | readonly string[],
): Promise<void> {
  if (kind === 'inspection' || kind === 'groups')
    return lockQueues(
      trx,
      [subjects].flat().map((subject) => `${kind} ${subject}`),
    );
  // Whoever locks a row has a share of the table, and waits for this.
  await sql`lock table core.load_queue in exclusive mode`.execute(trx);
}

/** A load of which something is there: of an inspection, its key. */
export interface KnownLoad {
  subject: string;
  inspectionId: number | null;
}

/**
 * What a load of a subject would be, beside the newest one of which something is still there: unchanged, where that had the same content,
 * or where the package's own would replace what a user has loaded.
 */
export async function outcomeOf(
  trx: Transaction<DB>,
  { kind, subject, hash, origin }: { kind: Kind; subject: string; hash: string; origin: Origin },
): Promise<Exclude<Loaded['outcome'], 'known better'>> {
  const last = await newestLoads(trx, kind).where('subject', '=', subject).executeTakeFirst();
  if (!last) return 'loaded';
  const isUsersOwn = !last.program.endsWith('(bundled)');
  return last.content_hash === hash || (origin === 'package' && isUsersOwn) ? 'unchanged' : 'replaced';
}

/** What was last loaded with just these contents, and is there, by content. All of them, without a list. */
export async function lastLoadedWith(
  trx: Transaction<DB>,
  kind: Kind,
  contents?: readonly string[],
): Promise<Map<string, KnownLoad>> {
  const all = newestLoads(trx, kind);
  const rows = await (contents ? all.where('content_hash', 'in', contents) : all).execute();
  return new Map(rows.map((row) => [row.content_hash, row]));
}

const newestLoads = (trx: Transaction<DB>, kind: Kind) =>
  trx
    .selectFrom('rating.newest_load')
    .select(['subject', 'inspection_id as inspectionId', 'content_hash', 'program'])
    .where('kind', '=', kind)
    .$narrowType<{ subject: NotNull; content_hash: NotNull; program: NotNull }>();

/** Keeps loads on record: which files, when, by whom, and what there was before. Returns the loads' keys, in order. */
export async function recordLoads(trx: Transaction<DB>, loads: LoadRecord[]): Promise<number[]> {
  if (loads.length === 0) return [];
  const made = await trx
    .insertInto('core.load')
    .values(
      loads.map(({ kind, subject, origin, files, content, inspectionId }) => ({
        ...{ kind, subject, content_hash: content ?? contentHash(files) },
        program: origin === 'package' ? bundledBy : programVersion,
        inspection_id: inspectionId ?? null,
      })),
    )
    .returning('load_id')
    .execute();
  const ids = made.map(({ load_id }) => load_id);
  const each = <T>(rowsOf: (load: LoadRecord) => T[]) =>
    loads.flatMap((load, at) => rowsOf(load).map((row) => ({ load_id: ids[at] as number, ...row })));
  const named = (file: string) => path.basename(file);
  const files = each((load) => load.files.map((one) => ({ ...one, file: named(one.file) })));
  const remarks = each(({ remarks: said = [] }) =>
    said.map(({ file, line, message }, at) => ({ remark_no: at + 1, file: named(file), line, message })),
  );
  const before = each(({ before: rated = [] }) => rated);
  await put(trx, 'core.load_file', files);
  await put(trx, 'core.replaced_rating', before);
  await put(trx, 'core.load_remark', remarks);
  return ids;
}
