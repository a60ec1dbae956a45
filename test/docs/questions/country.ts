import {
  allServices,
  leagueTable,
  overallRating,
  publishedTotal,
  questionPairTrend,
  reconciliation,
  serviceAuthority,
  serviceHistory,
  standardHistory,
} from '../../../src/index.js';
import type { Question } from './question.js';

/** Asked of all real inspections, the published ratings of the country among them. */
export const ofCountry: Question[] = [
  {
    ask: 'Which services are there in a region, and how did they fare?',
    note: `Every service of the North East, inspected or not: how it was rated last, how many steps of the scale that is above or below the
time before, where the report is, and the ONS codes by which other data has it. \`days_since\` is counted to today, and not shown here.`,
    of: 'country',
    changing: ['days_since'],
    sql: `
select service, ons_codes, last_inspected, last_rating, rating_change, days_since, last_report_url
from analytics.service
where region = 'North East' and is_current and not is_synthetic
order by service;`,
    typescript: (db) => allServices(db, { region: 'North East', current: true, synthetic: false }),
  },
  {
    ask: 'Which services have no inspection that is known?',
    note: 'Services of today of which no rating since 2018 was found published; that is not to say that there was none.',
    of: 'country',
    sql: `
select service, region, ons_codes
from analytics.service
where inspections = 0 and is_current and not is_synthetic
order by service;`,
    typescript: async (db) => {
      const rows = await allServices(db, { current: true, synthetic: false });
      return rows.filter(({ inspections }) => inspections === 0);
    },
  },
  {
    ask: 'Which services with a poor rating were not looked at again for longest?',
    note: `Last rated Inadequate or Requires improvement. Where the year alone is known, its first day stands for it
(\`last_inspected_precision\`), and no days are counted. The first ten places.`,
    of: 'country',
    changing: ['days_since'],
    sql: `
select service, last_rating, last_inspected, last_inspected_precision, days_since
from (
  select *, rank() over (order by last_inspected) as place
  from analytics.service
  where last_rating_rank <= 1 and is_current and not is_synthetic
) as poor
where place <= 10
order by last_inspected, service;`,
    typescript: async (db) => {
      const rows = await allServices(db, { current: true, synthetic: false });
      const day = ({ last_inspected }: { last_inspected: string | null }) => last_inspected ?? '';
      const poor = rows.filter(({ last_rating_rank }) => last_rating_rank !== null && last_rating_rank <= 1);
      return poor
        .filter((row) => poor.filter((one) => day(one) < day(row)).length < 10)
        .sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
    },
  },
  {
    ask: 'How complete is what is known?',
    note: `Inspections that are known beside the totals that the Inspectorate published, by its own years. Its share of Good or better in 2022
is not what the known ones come to: more of them are rated lower than that share leaves room for.`,
    of: 'country',
    sql: `
select inspectorate_year, rating, or_better, published, published_percent, known, known_percent, missing
from analytics.published_total
order by published_from, rating <> 'all', rating = 'none known', rating_rank desc nulls last, or_better;`,
    typescript: (db) => publishedTotal(db),
  },
  {
    ask: 'Which services rose or fell by two steps between two inspections?',
    note: 'Overall ratings, against the inspection before; `edition_changed` says where it was under another edition.',
    of: 'country',
    sql: `
select service, edition, edition_changed, previous_rating, rating, rating_change
from analytics.service_history
where abs(rating_change) >= 2 and not is_synthetic
order by service, sequence;`,
    typescript: async (db) => {
      const rows = await serviceHistory(db, { synthetic: false });
      return rows.filter(({ rating_change }) => rating_change !== null && Math.abs(rating_change) >= 2);
    },
  },
  {
    ask: 'Whose service is that, by the code of a local authority?',
    note: `A code leads to the service, and to when it worked for the authority. Barnsley has had two codes: its boundary changed.`,
    of: 'country',
    sql: `
select ons_code, dfe_la_code, authority, service, police_area, valid_from, valid_until, is_current
from analytics.service_authority
where ons_code in ('E08000016', 'E08000038', 'E09000001') and not is_synthetic
order by ons_code;`,
    typescript: async (db) => [
      ...(await serviceAuthority(db, { onsCode: 'E08000016' })),
      ...(await serviceAuthority(db, { onsCode: 'E08000038' })),
      ...(await serviceAuthority(db, { onsCode: 'E09000001' })),
    ],
  },
  {
    ask: 'How are the regions rated?',
    note: 'All real inspections that have an overall rating, whatever their year and edition: an overview, no comparison of like with like.',
    of: 'country',
    sql: `
select region, count(*) as inspections, count(*) filter (where rating_rank >= 2) as good_or_better
from analytics.overall_rating
where rating is not null and not is_synthetic
group by region
order by region;`,
    typescript: async (db) => {
      const rated = (await overallRating(db, { synthetic: false })).filter(({ rating }) => rating !== null);
      return [...new Set(rated.map(({ region }) => region))].sort().map((region) => {
        const own = rated.filter((row) => row.region === region);
        const good_or_better = own.filter((row) => (row.rating_rank ?? 0) >= 2).length;
        return { region, inspections: own.length, good_or_better };
      });
    },
  },
  {
    ask: 'How did standards move between the 2018 and the 2021 edition?',
    note: `Of services that are known with both: a standard beside the one that it continues, by its key questions. Joint working ended, so
that 3.4 of 2021 continues nothing (\`continues\` is false there).`,
    of: 'country',
    sql: `
select service, previous_edition, edition, standard, previous_rating, rating, rating_change
from analytics.standard_history
where previous_edition <> edition and rating_change is not null and not is_synthetic
order by service, standard;`,
    typescript: async (db) => {
      const rows = await standardHistory(db, { synthetic: false });
      return rows
        .filter((row) => row.previous_edition !== row.edition && row.rating_change !== null)
        .sort((a, b) =>
          a.service < b.service ? -1 : a.service > b.service ? 1 : a.standard < b.standard ? -1 : 1,
        );
    },
  },
  {
    ask: 'Which services are in the first places, published scores among them?',
    note: `By score in proportion to its maximum; \`score_source\` says whether it is computed or published. Years and editions differ.`,
    of: 'country',
    sql: `
select rank, service, year, edition, score, max_score, score_source, evidence
from analytics.league_table
where rank <= 10 and not is_synthetic
order by rank, service;`,
    typescript: async (db) => {
      const rows = await leagueTable(db, { synthetic: false });
      return rows.filter(({ rank }) => rank !== null && rank <= 10);
    },
  },
  {
    ask: 'Is work on court disposals better than on out-of-court disposals?',
    note: `What is asked of both, in the inspections of a year whose counts are known: the difference in percentage points (court less out of
court), with its 80% interval. One that holds 0 may be chance.`,
    of: 'country',
    sql: `
select year, key_question, other_key_question, yes, relevant, other_yes, other_relevant, difference, low, high
from analytics.question_pair_trend
where edition = '2018' and year >= 2020 and not is_synthetic
order by key_question, year;`,
    typescript: async (db) => {
      const rows = await questionPairTrend(db);
      return rows.filter(({ edition, year }) => edition === '2018' && year >= 2020);
    },
  },
  {
    ask: 'Do tables of ratings agree with the reports?',
    note: 'What a table has of inspections whose report is known, beside what the report prints, or what is computed from it. Editions together.',
    of: 'country',
    sql: `
select code, status, count(*) as figures
from analytics.reconciliation
where level = 'listing' and not is_synthetic
group by code, status
order by code, status;`,
    typescript: async (db) => {
      const listing = (await reconciliation(db, { synthetic: false })).filter(
        ({ level }) => level === 'listing',
      );
      const counts = new Map<string, { code: string; status: string; figures: number }>();
      for (const { code, status } of listing) {
        const before = counts.get(`${code} ${status}`)?.figures ?? 0;
        counts.set(`${code} ${status}`, { code, status, figures: before + 1 });
      }
      return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    },
  },
];
