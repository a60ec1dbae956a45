import { groupBy } from '../group-by.js';
import { byCode } from '../queries/view.js';
import { percentage, wilson } from '../ratings/percentage.js';
import { initials } from '../words/initials.js';
import type { Gathered } from './gather.js';
import type { Cell, Share } from './table.js';
import { interval, listed } from './words.js';

/** What was gathered, with what the pages ask of it. */
export type Book = ReturnType<typeof bookOf>;

/** What was gathered by inspection. */
type OfInspections = {
  [Name in keyof Gathered]: Gathered[Name] extends { inspection_id: number }[] ? Name : never;
}[keyof Gathered];

export function bookOf(data: Gathered) {
  const inspections = data.inspections.map((row) => ({
    ...row,
    path: `inspections/${row.inspection_code}.html`,
  }));
  const inspection = new Map(inspections.map((row) => [row.inspection_id, row]));
  const services = data.services
    .filter(({ is_current, inspections }) => is_current || inspections > 0)
    .map((row) => ({ ...row, path: `services/${row.service_code}.html` }));
  const standards = [...groupBy(data.questions, ({ standard }) => standard)].map(([standard, questions]) => {
    const editions = [...groupBy(questions, ({ edition }) => edition)].map(([edition, questions]) => {
      const { title, domain_title } = questions[0] as (typeof questions)[number];
      return { edition, title, domain: domain_title, questions };
    });
    return {
      standard,
      title: `${standard} ${[...new Set(editions.map(({ title }) => title))].join('; ')}`,
      domain: listed(editions.map(({ domain }) => domain)),
      editions,
      path: `standards/${standard}.html`,
    };
  });
  /** Ratings of all editions, the lowest first. */
  const scale = [...new Map(data.scaleRows.map((row) => [row.rating, row])).values()].sort(
    (a, b) => a.rank - b.rank,
  );
  /** The first rating of the upper half of the scale, from which on one is a pass. */
  const pass = scale[Math.floor(scale.length / 2)] as (typeof scale)[number];
  const { confidence_level, z, wider_confidence_level, z_95, rounding } = data.display;
  /** A share of inspections or services: these are counted here, from rows that a page shows. */
  const share = (yes: number, among: number) => ({
    yes,
    among,
    of: `${yes} of ${among}`,
    percent: percentage(yes, among, rounding),
    ...(wilson(yes, among, z) ?? { low: null, high: null }),
  });
  const places = new Map(
    data.reconciled.map((row) => [`${row.inspection_id} ${row.level} ${row.code}`, row.place]),
  );
  const grouped = new Map<string, Map<number, unknown[]>>();
  return {
    ...data,
    inspections,
    inspection,
    services,
    currentServices: services.filter(({ is_current }) => is_current),
    standards: byCode(standards, ({ standard }) => standard),
    scale,
    /** "O Outstanding, G Good, …": the best first. */
    legend: scale
      .map(({ rating }) => `${initials(rating)} ${rating}`)
      .reverse()
      .join(', '),
    /** "Good or better". */
    pass: `${pass.rating} or better`,
    level: confidence_level,
    /** Levels of intervals in percent, with their quantiles. */
    levels: [
      { level: confidence_level, z },
      { level: wider_confidence_level, z: z_95 },
    ],
    share,
    /** How many of the rated are a pass; a row may be of several inspections. */
    passed(rows: readonly { rating_rank: number | null; inspections?: number }[]) {
      const count = (of: typeof rows) => of.reduce((total, { inspections = 1 }) => total + inspections, 0);
      const rated = rows.filter(({ rating_rank }) => rating_rank !== null);
      return share(count(rated.filter(({ rating_rank }) => (rating_rank ?? 0) >= pass.rank)), count(rated));
    },
    /** What there is of an inspection. */
    of<Name extends OfInspections>(id: number, name: Name): Gathered[Name] {
      const rows: readonly { inspection_id: number }[] = data[name];
      const groups = grouped.get(name) ?? groupBy(rows, ({ inspection_id }) => inspection_id);
      grouped.set(name, groups);
      return (groups.get(id) ?? []) as Gathered[Name];
    },
    /** Where in its report a published figure stands, of a standard or question by its code; null where no place is recorded. */
    placeOf: (id: number, level: 'standard' | 'key question' | 'prompt', code: string): string | null =>
      places.get(`${id} ${level} ${code}`) ?? null,
    /** Leads to an inspection: "Barnet YOS, 2022". */
    toInspection(id: number): Cell {
      const { service, year, path } = inspection.get(id) as (typeof inspections)[number];
      return { text: `${service}, ${year}`, to: path };
    },
    /** Leads to a standard; there is no page of one whose questions are not known. */
    toStandard({ standard, title }: { standard: string; title: string | null }): Cell {
      if (standard === 'overall') return 'Overall';
      const text = `${standard} ${title}`;
      const to = standards.find((one) => one.standard === standard)?.path;
      return to === undefined ? text : { text, to };
    },
    /** "61% (80% interval 56 to 66)". */
    inWords: (share: Share) =>
      `${share.percent ?? '[x]'}% (${confidence_level}% interval ${interval(share) ?? '[x]'})`,
  };
}
