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
  refuse(
    message,
    wrongYears(
      yaml,
      years,
      scale.map(({ rating }) => rating),
    ),
  );
  await sql`delete from core.inspectorate_year`.execute(trx);
  const ofYears = years.map(({ year, published_from, published_until }) => ({
    ...{ inspectorate_year: year, published_from, published_until },
  }));
  await put(trx, 'core.inspectorate_year', ofYears);
  const totals = years.flatMap(({ year, inspections, ratings = {}, at_least = {} }) => {
    const counts = { ...(inspections !== undefined && { all: inspections }), ...ratings };
    const of = { inspectorate_year: year };
    return [
      ...Object.entries(counts).map(([rating, number]) => ({
        ...{ ...of, rating, or_better: false, inspections: number, percent: undefined },
      })),
      ...Object.entries(at_least).map(([rating, share]) => ({
        ...{ ...of, rating, or_better: true, inspections: undefined, percent: String(share) },
      })),
    ];
  });
  await put(trx, 'core.published_total', totals);
}

function wrongYears(yaml: YamlFile, years: readonly YearEntry[], scale: string[]): Problem[] {
  const problems: Problem[] = [];
  for (const [at, entry] of years.entries()) {
    const {
      year,
      published_from: from,
      published_until: until,
      inspections,
      ratings = {},
      at_least = {},
    } = entry;
    const say = (message: string, ...path: string[]) =>
      problems.push(yaml.problem(['years', at, ...path], message));
    if (from >= until) say(`${year} ends on ${until}, and begins on ${from}`);
    for (const other of years.slice(0, at)) {
      if (other.year === year) say(`${year} stands twice`);
      else if (overlap({ from, until }, { from: other.published_from, until: other.published_until }))
        say(`${year} and ${other.year} have days in common`);
    }
    const rated = Object.values(ratings).reduce((sum, number) => sum + number, 0);
    if (inspections !== undefined && rated > inspections)
      say(`${year} has ${rated} rated inspections, and ${inspections} in all`);
    for (const [key, named] of Object.entries({ ratings, at_least }))
      for (const rating of Object.keys(named).filter((one) => !scale.includes(one)))
        say(`"${rating}" is no rating of any edition${didYouMean(rating, scale)}`, key, rating);
  }
  return problems;
}
