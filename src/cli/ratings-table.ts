import { groupBy } from '../group-by.js';
import type { RatingVersionRow } from '../queries/of-inspections.js';
import type { InspectionRatings } from '../queries/ratings.js';
import { shortened } from '../words/initials.js';
import { fieldwork, scoreOf, shortName, standardCodes } from './about.js';
import { terminalWidth } from './print.js';
import { table } from './table.js';

/** An inspection in a table of ratings. */
interface Line {
  /** Service, fieldwork, edition. */
  about: [string, string, string];
  /** By the code of a standard: its rating by its initials, marked. */
  standards: ReadonlyMap<string, string>;
  score: string;
  overall: string | null;
  /** What marks the overall rating. */
  mark: string;
  last: string;
}

/**
 * An inspection a line, a standard a column, ratings by their initials. Where that is too wide, overall is by its initials too, long
 * names are cut short, and the standards stand in a line below.
 */
function inspectionTable(
  lines: readonly Line[],
  last: string,
  short: (rating: string) => string,
  width = terminalWidth(),
): string[] {
  const codes = standardCodes(lines.flatMap(({ standards }) => [...standards.keys()]));
  const about = ['service', 'fieldwork', 'edition'];
  const end = [{ right: 'score' }, 'overall', last];
  const wide = table(
    [...about, ...codes, ...end],
    lines.map((line) => [
      ...line.about,
      ...codes.map((code) => line.standards.get(code) ?? ''),
      line.score,
      (line.overall ?? '-') + line.mark,
      line.last,
    ]),
    Number.POSITIVE_INFINITY,
  );
  if (wide.every((line) => line.length <= width)) return wide;
  return table(
    [...about, ...end, ...codes],
    lines.map(({ about: [service, ...others], standards, score, overall, mark, last }) => {
      const isAnyKnown = [...standards.values()].some((one) => one !== '-');
      return [
        service.length > longestName ? `${service.slice(0, longestName - 1)}…` : service,
        ...others,
        score,
        (overall === null ? '-' : short(overall)) + mark,
        last.replace(' by discretion', '*').replace('not computable', 'n/c'),
        ...codes.map((code) => (isAnyKnown ? (standards.get(code) ?? '') : '')),
      ];
    }),
    width,
  );
}

/** What of a service's name has room in a short line. */
const longestName = 24;
const asPublished = ' (p)';

/** The ratings table, with what its marks mean and why an overall rating is limited or not computed. */
export function ratingsTable(inspections: readonly InspectionRatings[], width?: number): string[] {
  const { short, legend } = shortened(
    inspections.flatMap((one) => [one, ...one.standards].flatMap(({ rating }) => rating ?? [])),
  );
  const lines = inspections.map(
    (inspection): Line => ({
      about: [shortName(inspection.service), fieldwork(inspection), inspection.edition],
      standards: new Map(
        inspection.standards.map(({ standard, rating, discretion }) => [
          standard,
          rating === null ? '-' : short(rating) + (discretion ? '*' : ''),
        ]),
      ),
      score: score(inspection),
      overall: inspection.rating,
      mark: isAsPublished(inspection) ? asPublished : '',
      last: agreement(inspection),
    }),
  );
  const shown = inspectionTable(lines, 'published', short, width);
  const inShort = shown.some((line) => line.includes(' n/c')) ? '; n/c not computable' : '';
  return [
    ...shown,
    '',
    `${legend && `${legend}; `}* a ratings panel used its discretion; - not rated${inShort}`,
    ...(inspections.some(isAsPublished)
      ? [`${asPublished.trim()} as published, because not every standard's rating is known`]
      : []),
    ...inspections
      .filter((one) => !isAsPublished(one))
      .flatMap(({ service, not_computed_because: why, limited_by }) => {
        const note = why === null ? limited_by : `overall not rated: ${why}`;
        return note === null ? [] : [`${shortName(service)}: ${note}`];
      }),
  ];
}

/** Whether the overall rating is the published one, kept because not every standard's rating is known. */
const isAsPublished = ({ rating, rating_source }: InspectionRatings): boolean =>
  rating !== null && rating_source === 'published';

/** The computed score; else what is printed, marked as such. */
function score(inspection: InspectionRatings): string {
  const { published_score, published_score_percent } = inspection;
  if (inspection.score !== null) return scoreOf(inspection.score, inspection.max_score);
  if (published_score !== null) return published_score + asPublished;
  return published_score_percent === null ? '-' : `${published_score_percent}%${asPublished}`;
}

/** How the ratings and the score stand to what the report prints. */
function agreement({ agreement }: InspectionRatings): string {
  const { agrees, explained, disagrees, not_computable } = agreement;
  const parts = [
    disagrees > 0 ? `${disagrees} differ` : agrees + explained > 0 && 'agrees',
    explained > 0 && `${explained} by discretion`,
    not_computable > 0 && `${not_computable} not computable`,
  ];
  return parts.filter(Boolean).join(', ') || 'nothing printed';
}

/** Ratings as they stood, with since when. */
export function asOfTable(versions: readonly RatingVersionRow[]): string[] {
  const { short, legend } = shortened(versions.flatMap(({ rating }) => rating ?? []));
  const shown = ({ rating, marker }: RatingVersionRow) =>
    (rating === null ? '-' : short(rating)) + (marker ?? '');
  const lines = [...groupBy(versions, ({ inspection_id }) => inspection_id).values()].map((rows): Line => {
    const { service, fieldwork_start, edition } = rows[0] as RatingVersionRow;
    const overall = rows.find(({ standard }) => standard === 'overall');
    const dates = rows.map(({ recorded_on }) => recorded_on).sort();
    return {
      about: [shortName(service), fieldwork_start ?? '-', edition],
      standards: new Map(rows.filter((row) => row !== overall).map((row) => [row.standard, shown(row)])),
      score: String(overall?.score ?? '-'),
      overall: overall?.rating ?? null,
      mark: overall?.marker ?? '',
      last: dates.at(-1) as string,
    };
  });
  return [...inspectionTable(lines, 'since', short), '', `${legend}; - not rated; [r] revised by then`];
}
