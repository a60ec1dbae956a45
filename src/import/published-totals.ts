import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { overlap } from '../days.js';
import { didYouMean } from '../nearest.js';
import type { Problem } from '../problem.js';
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

/** Replaces the totals that the Inspectorate published. Throws a UserError with every problem of the file. */
export async function writePublishedTotals(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  const message = `${yaml.file}: the published totals are not as they have to be; nothing was loaded.`;
  refuse(message, check(yaml));
  const { years } = yaml.data as { years: YearEntry[] };
  const scale = await trx.selectFrom('core.rating').select('rating').distinct().execute();
  refuse(message, [
    ...wrongYears(yaml, years),
    ...unknownRatings(yaml, years, new Set(scale.map(({ rating }) => rating))),
  ]);
  await sql`delete from core.inspectorate_year`.execute(trx);
  await put(
    trx,
    'core.inspectorate_year',
    years.map(({ year, published_from, published_until }) => ({
      ...{ inspectorate_year: year, published_from, published_until },
    })),
  );
  const totals = years.flatMap(({ year, inspections, ratings = {}, at_least = {} }) => {
    const row = { inspectorate_year: year, or_better: false, percent: null };
    return [
      ...(inspections === undefined ? [] : [{ ...row, rating: 'all', inspections }]),
      ...Object.entries(ratings).map(([rating, number]) => ({ ...row, rating, inspections: number })),
      ...Object.entries(at_least).map(([rating, share]) => ({
        ...{ ...row, rating, or_better: true, inspections: null },
        percent: String(share),
      })),
    ];
  });
  await put(trx, 'core.published_total', totals);
}

function wrongYears(yaml: YamlFile, years: readonly YearEntry[]): Problem[] {
  return years.flatMap(({ year, published_from: from, published_until: until, inspections, ratings }, at) => {
    const say = (message: string) => yaml.problem(['years', at], message);
    const problems: Problem[] = [];
    if (from >= until) problems.push(say(`${year} ends on ${until}, and begins on ${from}`));
    for (const other of years.slice(0, at)) {
      if (other.year === year) problems.push(say(`${year} stands twice`));
      else if (overlap({ from, until }, { from: other.published_from, until: other.published_until }))
        problems.push(say(`${year} and ${other.year} have days in common`));
    }
    const rated = Object.values(ratings ?? {}).reduce((sum, number) => sum + number, 0);
    if (inspections !== undefined && rated > inspections)
      problems.push(say(`${year} has ${rated} rated inspections, and ${inspections} in all`));
    return problems;
  });
}

const unknownRatings = (yaml: YamlFile, years: readonly YearEntry[], scale: ReadonlySet<string>): Problem[] =>
  years.flatMap((entry, at) =>
    (['ratings', 'at_least'] as const).flatMap((key) =>
      Object.keys(entry[key] ?? {})
        .filter((rating) => !scale.has(rating))
        .map((rating) =>
          yaml.problem(
            ['years', at, key, rating],
            `"${rating}" is no rating of any edition${didYouMean(rating, scale)}`,
          ),
        ),
    ),
  );
