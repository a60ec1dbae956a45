import type { Connection } from '../database/connect.js';
import { isDay } from '../days.js';
import { exitCode, UserError } from '../problem.js';
import { findService, servicesNamed } from '../queries/find-service.js';
import { ratingVersion } from '../queries/of-inspections.js';
import { type InspectionRatings, ratings } from '../queries/ratings.js';
import { whatIf } from '../queries/what-if.js';
import { noInspection, noService } from './one-service.js';
import { print, printJson, printRows, type TableOptions } from './print.js';
import { asOfTable, ratingsTable } from './ratings-table.js';
import { readSuppositions, whatIfJson, whatIfLines } from './what-if.js';
import { withDatabase } from './with-database.js';

export function ratingsCommand(
  name: string | undefined,
  { asIf, asOf, synthetic = false, ...form }: TableOptions & { asIf?: string[]; asOf?: string },
): Promise<void> {
  const moment = asOf === undefined ? undefined : momentOf(asOf);
  const supposed = asIf && readSuppositions(asIf);
  return withDatabase(async ({ db }) => {
    const services = name?.trim() ? await servicesNamed(db, name) : undefined;
    if (name && services?.length === 0) throw noService(name, await findService(db, name, { synthetic }));
    const inspections = services?.flatMap((one) => one.inspections.map(({ inspection_id }) => inspection_id));
    const which = { inspections, synthetic };
    const isThere = <Row>(rows: Row[], when = '') => {
      if (rows.length > 0) return rows;
      const known = when === '' ? services?.flatMap((one) => one.inspections) : [];
      throw noInspection((name ? ` of "${name}"` : '') + when, synthetic, known);
    };
    if (moment) {
      const all = await ratingVersion(db, { synthetic, asOf: moment });
      // An inspection that was removed is known by the name of its service alone.
      const found = all.filter(
        (row) =>
          services === undefined ||
          inspections?.includes(row.inspection_id) ||
          services.some(({ service }) => service === row.service),
      );
      isThere(found, ` on record at ${moment.toISOString()}${await sinceWhen(db, synthetic)}`);
      found.sort((a, b) => a.service.localeCompare(b.service, 'en') || a.inspection_id - b.inspection_id);
      return printRows(form, found, () => asOfTable(found));
    }
    if (supposed) {
      const found = isThere(await whatIf(db, supposed, which));
      return form.json ? printJson(whatIfJson(supposed, found)) : print(...whatIfLines(found));
    }
    const found = isThere(await ratings(db, which));
    printRows(form, form.csv ? rowsOf(found) : found, () => ratingsTable(found));
  });
}

/**
 * The moment that --as-of names: the end of a day, in UTC, or a moment with its time zone.
 * Throws a UserError when it is neither.
 */
function momentOf(given: string): Date {
  const text = given.trim();
  const moment = new Date(isDay(text) ? `${text}T23:59:59.999Z` : text);
  const isMoment = /^[\d-]{10}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  if ((isDay(text) || isMoment) && isDay(text.slice(0, 10)) && !Number.isNaN(moment.getTime())) return moment;
  throw new UserError(
    `--as-of is "${given}": it has to be a day (2026-03-01, to its end in UTC) or a moment with its time zone (2026-03-01T12:00:00Z).`,
    exitCode.call,
  );
}

/** Since when anything is on record. */
async function sinceWhen(db: Connection, synthetic: boolean): Promise<string> {
  const first = await db
    .selectFrom('analytics.rating_version')
    .select(({ fn }) => fn.min('recorded_on').as('day'))
    .where('is_synthetic', '=', synthetic)
    .executeTakeFirst();
  return first?.day ? `: records of this database begin on ${first.day}` : '';
}

/** Ratings as rows of a table: of each inspection the overall one, then its standards in the edition's order. */
const rowsOf = (inspections: readonly InspectionRatings[]): object[] =>
  inspections.flatMap((inspection) => {
    const { inspection_id, service, area, edition, fieldwork_start, year, published, is_synthetic } =
      inspection;
    const overall = {
      ...inspection,
      standard: 'overall',
      computed_rating: inspection.rating_without_discretion,
      discretion: null,
    };
    return [overall, ...inspection.standards].map(
      ({ standard, rating, score, computed_rating, discretion, published_rating }) => ({
        ...{ inspection_id, service, area, edition, fieldwork_start, year, published, is_synthetic },
        ...{ standard, rating, score, computed_rating, discretion, published_rating },
        evidence: inspection.evidence,
      }),
    );
  });
