import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { dbPath } from '../../disk/paths.js';
import { groupBy } from '../../group-by.js';
import { countByLevel } from '../../queries/reconciliation.js';
import { plural } from '../../words/plural.js';
import type { Book } from '../model.js';
import type { Page } from '../render.js';
import { listed } from '../words.js';
import { countryPage } from './country.js';
import { inspectionPage } from './inspection.js';
import { servicePage, servicesPage } from './service.js';
import { funnelPage, standardPage, standardsPage } from './standard.js';

/**
 * All pages of a book but the downloads, which list what the others have drawn: each made when its turn comes, so that not all of them
 * lie in memory at once.
 */
export const pagesOf = (book: Book): (() => Page)[] => [
  () => countryPage(book),
  () => servicesPage(book),
  ...book.services.map((service) => () => servicePage(book, service)),
  () => standardsPage(book),
  ...book.standards.map((standard) => () => standardPage(book, standard)),
  ...book.inspections.map((inspection) => () => inspectionPage(book, inspection)),
  () => funnelPage(book),
  () => discretionPage(book),
  () => qualityPage(book),
  () => howPage(book),
];

/** How often ratings panels decided otherwise than the rules. */
function discretionPage(book: Book): Page {
  const computed = book.standardRatings.filter(({ computed_rating }) => computed_rating !== null);
  const share = book.share(computed.filter(({ discretion }) => discretion).length, computed.length);
  const counts = [
    ...['decisions', 'inspections', 'up', 'down', 'decisions_near_boundary', 'decisions_one_case_flips'],
    ...['decisions_small_sample', 'decisions_without_ground', 'inspections_not_computed'],
  ];
  const sums = (rows: Book['discretion']): Record<string, number> =>
    Object.fromEntries(counts.map((name) => [name, rows.reduce((sum, row) => sum + row[name as 'up'], 0)]));
  const groups = [...groupBy(book.discretion, ({ edition, standard }) => `${edition} ${standard}`).values()]
    .map((rows) => ({ ...(rows[0] as (typeof rows)[number]), ...sums(rows) }))
    .filter(({ inspections }) => inspections > 0);
  return {
    path: 'discretion.html',
    template: 'discretion',
    title: `Ratings panels decided otherwise in ${share.yes} of ${plural(share.among, 'computed rating')}`,
    share,
    sum: sums(book.discretion),
    groups: groups.map(({ decisions, inspections, ...row }) => {
      const decided = book.share(decisions, inspections);
      return {
        ...{ ...row, ...decided, decisions_of_computed_ratings: decided, subject: book.toStandard(row) },
        ...{ label: `${row.standard} (${row.edition})`, group: row.title },
      };
    }),
    decisions: book.standardRatings
      .filter(({ discretion }) => discretion)
      .map((row) => ({
        ...row,
        inspection: book.toInspection(row.inspection_id),
        subject: book.toStandard(row),
        ...{ from: row.discretion_from, from_rank: row.discretion_from_rank },
        ...{ to: row.rating, to_rank: row.rating_rank },
      })),
  };
}

/** How much is known, how well, and what does not agree. */
function qualityPage(book: Book): Page {
  const levels = countByLevel(book.reconciled).map(({ level, counts }) => {
    const { 'not computable': open, agrees: agree, disagrees: disagree } = counts;
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0) - open;
    return { level, all, agree, disagree, explained: all - agree - disagree, row: { level, ...counts } };
  });
  const sum = (of: 'all' | 'agree' | 'disagree') => levels.reduce((total, one) => total + one[of], 0);
  return {
    path: 'quality.html',
    template: 'quality',
    title: `${sum('agree')} of ${sum('all')} published figures that can be computed agree; ${sum('disagree')} disagree`,
    grades: [...groupBy(book.inspections, ({ evidence }) => evidence ?? 'nothing known')]
      .map(([evidence, { length: count }]) => ({ evidence, count }))
      .map((row) => ({ ...row, inspections: `${row.count} of ${book.inspections.length}` }))
      .sort((a, b) => b.count - a.count),
    levels,
    worst: levels.filter(({ all }) => all > 0).sort((a, b) => a.agree / a.all - b.agree / b.all)[0],
    different: book.reconciled
      .filter(({ status }) => status !== 'agrees' && status !== 'not computable')
      .map((row) => ({
        ...row,
        inspection: book.toInspection(row.inspection_id),
        figure: `${row.level} ${row.code}`,
      })),
  };
}

/** How answers become a rating: the steps, the rules of each edition, cases worked by hand, and what the marks mean. */
function howPage(book: Book): Page {
  const { cases } = parse(readFileSync(dbPath('worked-cases.yaml'), 'utf8')) as {
    cases: { given: unknown }[];
  };
  const rules = book.rules
    .filter(({ about }) => about === 'all')
    .map((row) => ({ ...row, rule: row.rule.replaceAll('_', ' ') }));
  const isKnown = (row: Book['scaleRows'][0]) => (row.from_percent ?? row.points ?? row.from_score) !== null;
  const lacking = [
    ...book.scaleRows
      .filter((row) => !isKnown(row))
      .map(({ edition }) => ({ edition, rule: 'bands and points' })),
    ...rules.filter(({ value }) => value === null),
  ];
  return {
    path: 'how.html',
    template: 'how',
    title: 'How a rating comes about',
    scale: book.scaleRows.filter(isKnown).map((row) => ({ ...row, rating_rank: row.rank })),
    rules: rules.filter(({ value }) => value !== null),
    unknown: [...groupBy(lacking, ({ edition }) => edition)].map(
      ([edition, of]) => `Of edition ${edition} no source states ${listed(of.map(({ rule }) => rule))}.`,
    ),
    cases: cases.map((one) => ({ ...one, given: stringify(one.given, { lineWidth: 0 }).trimEnd() })),
  };
}
