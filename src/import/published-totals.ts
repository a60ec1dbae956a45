import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { refuse } from './files/refuse.js';
import { shapeOf } from './files/shape.js';
import type { YamlFile } from './files/yaml-file.js';
import { put } from './put.js';

interface YearEntry {
  year: string;
  published_from: string;
  published_until: string;
  inspections?: number;
  ratings?: Record<string, number>;
  at_least?: Record<string, number>;
}

const check = shapeOf('published-totals.schema.json');

/**
 * Replaces the totals that the Inspectorate published. Throws a UserError when the file has not the shape that it has to have; the file
 * comes with the package, and what else may be wrong with it is left to the tables' constraints.
 */
export async function writePublishedTotals(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  refuse(`${yaml.file}: the published totals are not as they have to be; nothing was loaded.`, check(yaml));
  const { years } = yaml.data as { years: YearEntry[] };
  await sql`delete from core.inspectorate_year`.execute(trx);
  const ofYears = years.map(({ year, published_from, published_until }) => ({
    ...{ inspectorate_year: year, published_from, published_until },
  }));
  await put(trx, 'core.inspectorate_year', ofYears);
  const totals = years.flatMap(({ year, inspections, ratings = {}, at_least = {} }) => {
    const counts = { ...(inspections !== undefined && { all: inspections }), ...ratings };
    const of = { inspectorate_year: year };
    return [
      ...Object.entries(counts).map(([rating, number]) => {
        return { ...of, rating, or_better: false, inspections: number };
      }),
      ...Object.entries(at_least).map(([rating, share]) => {
        return { ...of, rating, or_better: true, percent: String(share) };
      }),
    ];
  });
  await put(trx, 'core.published_total', totals);
}
