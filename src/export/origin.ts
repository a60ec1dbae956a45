import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';

export const licence = {
  name: 'OGL-UK-3.0',
  title: 'Open Government Licence v3.0',
  path: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
} as const;

export const publisher = 'HM Inspectorate of Probation';

/** Where the exported figures come from. */
export interface Origin {
  /** What has to be said wherever the figures are used. */
  attribution: string;
  /** The reports, by their titles. */
  sources: string[];
  /** When something was last loaded, as an RFC 3339 time; undefined when nothing ever was. */
  created: string | undefined;
  /** The day of that, to which days are counted. */
  day: string | undefined;
  /** How many inspections are invented. */
  invented: number;
}

/** Finds out where figures come from: never from the clock, so that the same database gives the same files. */
export async function originOf(db: Connection): Promise<Origin> {
  const { rows: reports } = await sql<{ title: string | null; isbn: string | null; year: number | null }>`
    select distinct title, isbn, coalesce(published_year, extract(year from published))::integer as year
    from core.inspection
    where not is_synthetic
    order by 1, 3, 2`.execute(db);
  const { rows } = await sql<{ created: string | null; invented: number }>`
    select
      to_char(max(loaded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created,
      (select count(*) from core.inspection where is_synthetic)::integer as invented
    from core.load
    where kind <> 'views'`.execute(db);
  const { created = null, invented = 0 } = rows[0] ?? {};
  const years = reports.flatMap(({ year }) => year ?? []);
  const span = [...new Set([Math.min(...years), Math.max(...years)])].join(' to ');
  return {
    attribution: `Contains public sector information licensed under the ${licence.title}. © Crown copyright${years.length > 0 ? ` ${span}` : ''}.`,
    sources: reports
      .filter(({ title }) => title !== null)
      .map(({ title, isbn, year }) => [title, year, isbn && `ISBN ${isbn}`].filter(Boolean).join(', ')),
    created: created ?? undefined,
    day: created?.slice(0, '2019-04-01'.length),
    invented,
  };
}
