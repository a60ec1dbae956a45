import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { firstDay, type KnownDate } from './date.js';
import type { TableRow } from './rows.js';

/** An inspection that is in the database, with what was published of it. */
export interface KnownInspection {
  inspectionId: number;
  code: string;
  /** Tells reports of one publication date apart, where no more than that is known of them. */
  reportNo: number;
  fieldworkStart: string | null;
  /** As exactly as it is known. */
  published: KnownDate | null;
  isSynthetic: boolean;
  overall: string | null;
  score: number | null;
  ratings: Map<string, string>;
}

/** The inspections of some services, by service. */
export async function readInspections(
  trx: Transaction<DB>,
  services: number[],
): Promise<Map<number, KnownInspection[]>> {
  const rows = await trx
    .selectFrom('core.inspection as inspection')
    .leftJoin('core.published_overall as overall', 'overall.inspection_id', 'inspection.inspection_id')
    .select([
      'inspection.inspection_id',
      'inspection_code',
      'service_id',
      'fieldwork_start',
      'published',
      'published_year',
      'published_precision',
      'is_synthetic',
      'report_no',
      'rating',
      'score',
    ])
    .where('service_id', 'in', services)
    .orderBy('inspection.inspection_id')
    .execute();
  const standards = await trx
    .selectFrom('core.published_standard_rating as published')
    .innerJoin('core.inspection as inspection', 'inspection.inspection_id', 'published.inspection_id')
    .select(['inspection.inspection_id', 'standard_code', 'rating'])
    .where('service_id', 'in', services)
    .execute();
  const known = new Map<number, KnownInspection[]>();
  const byId = new Map<number, KnownInspection>();
  for (const row of rows) {
    const inspection: KnownInspection = {
      inspectionId: row.inspection_id,
      code: row.inspection_code,
      reportNo: row.report_no,
      fieldworkStart: row.fieldwork_start,
      published:
        row.published_precision === 'year'
          ? String(row.published_year)
          : (row.published?.slice(0, row.published_precision === 'month' ? 7 : 10) ?? null),
      isSynthetic: row.is_synthetic,
      overall: row.rating,
      score: row.score,
      ratings: new Map(),
    };
    byId.set(inspection.inspectionId, inspection);
    known.set(row.service_id, [...(known.get(row.service_id) ?? []), inspection]);
  }
  for (const { inspection_id, standard_code, rating } of standards)
    if (rating !== null) byId.get(inspection_id)?.ratings.set(standard_code, rating);
  return known;
}

/** Whether an inspection that is known by its own report is the one of a row. */
export function isOf(inspection: KnownInspection, row: TableRow): boolean {
  const { fieldworkStart, published } = inspection;
  if (fieldworkStart === null) return false;
  if (row.fieldwork !== undefined && firstDay(row.fieldwork) === fieldworkStart) return true;
  if (published === null) {
    // reports follow fieldwork within the year
    const day = firstDay(row.published);
    return (
      day >= fieldworkStart.slice(0, row.published.length).padEnd(10, '-01') &&
      day <= yearAfter(fieldworkStart)
    );
  }
  const common = Math.min(published.length, row.published.length, 'yyyy-mm'.length);
  return published.slice(0, common) === row.published.slice(0, common);
}

const yearAfter = (day: string) => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;

/** What a row says otherwise than what was published; undefined when nothing. */
export function differences(
  inspection: KnownInspection,
  row: TableRow,
  score: number | null,
): string | undefined {
  const pairs: [string, string | number | null | undefined, string | number | null | undefined][] = [
    ['overall', row.overall, inspection.overall],
    ['score', score, inspection.score],
    ...[...row.ratings].map(([code, rating]): [string, string, string | undefined] => [
      code,
      rating,
      inspection.ratings.get(code),
    ]),
  ];
  const differing = pairs
    .filter(([, here, there]) => here != null && there != null && here !== there)
    .map(([what, here, there]) => `${what} ${here} (there ${there})`);
  return differing.length === 0
    ? undefined
    : `differs from what is published in the report that is loaded: ${differing.join(', ')}`;
}
