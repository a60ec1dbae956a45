import {
  allServices,
  type Connection,
  discretionTrend,
  keyQuestionResult,
  keyQuestionTrend,
  leagueTable,
  overallRating,
  percentage,
  promptResult,
  publishedTotal,
  questionPairTrend,
  recommendation,
  reconciliation,
  serviceAuthority,
  serviceComparison,
  serviceHistory,
  standardDistance,
  standardHistory,
  standardRating,
  subgroupResult,
  whatIf,
} from '../../src/index.js';

/** A cell of an answer. */
export type Cell = string | number | boolean | null;

/** A question of an analyst, asked in two ways that have to give the same answer. */
export interface Question {
  ask: string;
  /** How the answer is to be read, in Markdown. */
  note: string;
  /**
   * Which inspections it is asked of: those that are known whole, an invented programme, or one and then the other; or all real ones, the
   * published ratings of the country among them.
   */
  of: 'real' | 'invented' | 'both' | 'country';
  /** Columns that are otherwise every day: the two answers have to agree in them, and the page leaves them out. */
  changing?: string[];
  /** Of real inspections where it is asked of both: `not is_synthetic` is `is_synthetic` for the others. */
  sql: string;
  /** Rows with the columns of the SQL, and maybe others; `synthetic` says of which inspections, where it is asked of both. */
  typescript: (db: Connection, synthetic: boolean) => Promise<object[]>;
}

/** The questions of docs/questions.md. The page prints the functions as they stand here. */
export const questions: Question[] = [
  {
    ask: "Are assessments of children's safety getting worse?",
    note: `Key question 2.1.2 of the inspections of a year, by edition, with the 80% interval (\`low\`, \`high\`), which allows for answers of one
inspection being alike. \`inspections_without_counts\` says how many a year leaves out. Where \`series_break\` is true, the year does not go on
from the one before.`,
    of: 'both',
    sql: `
select year, edition, inspections, inspections_without_counts, yes, relevant, percent, low, high, series_break
from analytics.key_question_trend
where question_series = '2021 2.1.2' and not is_synthetic
order by year, edition;`,
    typescript: async (db, synthetic) => {
      const rows = await keyQuestionTrend(db, { standard: '2.1', synthetic });
      return rows.filter(({ question_series }) => question_series === '2021 2.1.2');
    },
  },
  {
    ask: 'How far has this service moved?',
    note: `\`score_change\` is in points, \`rating_change\` in steps of the scale, against the inspection before. Where the edition
changed, part of the move may be the edition's. Of each service in the package there is one inspection, so that none has moved.`,
    of: 'invented',
    sql: `
select sequence, fieldwork_start, edition, score, max_score, rating, score_change, rating_change, edition_changed
from analytics.service_history
where service = 'Drevanwell Youth Offending Team' and is_synthetic
order by sequence;`,
    typescript: (db) => serviceHistory(db, { service: 'Drevanwell Youth Offending Team', synthetic: true }),
  },
  {
    ask: 'Which key questions hold Good services back from Outstanding?',
    note: `Of services whose overall rating is Good: the key questions with the lowest percentage in standards that are not
Outstanding, and in how many inspections. Key questions that tie are each counted. The first four places of
each edition.`,
    of: 'both',
    sql: `
select edition, key_question, inspections
from (
  select
    driving.edition, driving.key_question, count(*) as inspections,
    rank() over (partition by driving.edition order by count(*) desc) as place
  from analytics.driving_key_question as driving
  join analytics.standard_rating as standard using (inspection_id, standard)
  join analytics.overall_rating as overall using (inspection_id)
  where overall.rating = 'Good' and standard.rating <> 'Outstanding' and not driving.is_synthetic
  group by driving.edition, driving.key_question
) as counted
where place <= 4
order by edition, inspections desc, key_question;`,
    typescript: async (db, synthetic) => {
      const good = new Set<number>();
      for (const { inspection_id, rating } of await overallRating(db, { synthetic }))
        if (rating === 'Good') good.add(inspection_id);
      const counts = new Map<string, { edition: string; key_question: string; inspections: number }>();
      for (const row of await standardRating(db, { synthetic })) {
        if (!good.has(row.inspection_id) || row.rating === null || row.rating === 'Outstanding') continue;
        const lowest = [row.driving_key_question, ...(row.tied_key_questions ?? [])];
        for (const key_question of lowest) {
          if (key_question === null) continue;
          const { edition } = row;
          const before = counts.get(`${edition} ${key_question}`)?.inspections ?? 0;
          counts.set(`${edition} ${key_question}`, { edition, key_question, inspections: before + 1 });
        }
      }
      const all = [...counts.values()];
      const better = (row: (typeof all)[number]) =>
        all.filter((one) => one.edition === row.edition && one.inspections > row.inspections).length;
      return all
        .filter((row) => better(row) < 4)
        .sort(
          (a, b) =>
            a.edition.localeCompare(b.edition) ||
            b.inspections - a.inspections ||
            a.key_question.localeCompare(b.key_question),
        );
    },
  },
  {
    ask: 'How far are the standards of Kensington & Chelsea from better ratings?',
    note: `The fewest answers that would have to be otherwise for the next rating up, and which key questions they are of, each with its own. It measures how
firm a rating is; it says nothing about what would be right. What they come to for the overall rating, \`yot-ratings distance\` and
\`overallDistance\` say: the cheapest of all choices of such moves is for a program to find, not for a view.`,
    of: 'real',
    sql: `
select standard, computed_rating, next_rating, answers, key_questions, key_question_answers, is_reachable
from analytics.standard_distance
where area = 'Kensington and Chelsea' and direction = 'up' and not is_synthetic
order by standard;`,
    typescript: async (db) => {
      const rows = await standardDistance(db, { synthetic: false });
      return rows.filter(({ area, direction }) => area === 'Kensington and Chelsea' && direction === 'up');
    },
  },
  {
    ask: 'How often, and on what grounds, is discretion used?',
    note: `Decisions of ratings panels over the computed ratings of an edition, up and down; \`ratings\` counts the computed ratings
there were. A decision can have several grounds, so they add up to more than the decisions. They are the grounds that panels had;
which one they went by, only the reason of the decision says.`,
    of: 'both',
    sql: `
select
  edition, sum(inspections) as ratings, sum(decisions) as decisions, sum(up) as up, sum(down) as down,
  sum(decisions_near_boundary) as near_boundary, sum(decisions_one_case_flips) as one_case_flips,
  sum(decisions_small_sample) as small_sample, sum(decisions_without_ground) as without_ground
from analytics.discretion_trend
where not is_synthetic
group by edition
order by edition;`,
    typescript: async (db, synthetic) => {
      const rows = await discretionTrend(db, { synthetic });
      const editions = [...new Set(rows.map(({ edition }) => edition))].sort();
      return editions.map((edition) => {
        const own = rows.filter((row) => row.edition === edition);
        const sum = (of: (row: (typeof rows)[number]) => number) =>
          own.reduce((total, row) => total + of(row), 0);
        return {
          edition,
          ratings: sum((row) => row.inspections),
          decisions: sum((row) => row.decisions),
          up: sum((row) => row.up),
          down: sum((row) => row.down),
          near_boundary: sum((row) => row.decisions_near_boundary),
          one_case_flips: sum((row) => row.decisions_one_case_flips),
          small_sample: sum((row) => row.decisions_small_sample),
          without_ground: sum((row) => row.decisions_without_ground),
        };
      });
    },
  },
  {
    ask: 'How does a service stand beside its region?',
    note: `Overall, beside the inspections of the same year and edition, everywhere and in the region; the service itself is among them.
Barnet, and of the invented programme Jesmorfell. Beside two inspections, a place says little.`,
    of: 'both',
    sql: `
select year, beside, peers, rating, score, median_score, inspections, higher, same, lower
from analytics.service_comparison
where area in ('Barnet', 'Jesmorfell') and standard = 'overall' and not is_synthetic
order by year, beside;`,
    typescript: async (db, synthetic) => {
      const rows = await serviceComparison(db, { synthetic });
      return rows
        .filter(({ area, standard }) => ['Barnet', 'Jesmorfell'].includes(area) && standard === 'overall')
        .sort((a, b) => a.year - b.year);
    },
  },
  {
    ask: 'Do girls get what boys get?',
    note: `Answers about girls and about boys in the same inspections, by edition and standard. \`open\` of \`all\` pairs of an inspection and a key
question can be compared: in the others, the answers about the few could identify a child, and are withheld ([c]). What is left
over-represents large samples, and answers about one child hang together: it shows where to look, and decides nothing. Of hundreds of
inspections, \`subgroup_trend\` counts all of a year.`,
    of: 'invented',
    sql: `
select
  edition, standard, count(*) as all, count(*) filter (where is_open) as open,
  sum(girls_yes) filter (where is_open) as girls_yes,
  sum(girls_relevant) filter (where is_open) as girls_relevant,
  round(100.0 * sum(girls_yes) filter (where is_open) / sum(girls_relevant) filter (where is_open)) as girls_percent,
  sum(boys_yes) filter (where is_open) as boys_yes,
  sum(boys_relevant) filter (where is_open) as boys_relevant,
  round(100.0 * sum(boys_yes) filter (where is_open) / sum(boys_relevant) filter (where is_open)) as boys_percent
from (
  select
    girls.edition, girls.standard, girls.yes is not null and boys.yes is not null as is_open, girls.yes as girls_yes,
    girls.relevant as girls_relevant, boys.yes as boys_yes, boys.relevant as boys_relevant
  from analytics.subgroup_result as girls
  join analytics.subgroup_result as boys using (inspection_id, key_question, attribute)
  where attribute = 'gender' and girls.value = 'female' and boys.value = 'male' and girls.is_synthetic
) as pair
group by edition, standard
order by edition, standard;`,
    typescript: async (db) => {
      const rows = await subgroupResult(db, { attribute: 'gender', synthetic: true });
      const keyOf = (row: (typeof rows)[number]) => `${row.inspection_id} ${row.key_question}`;
      const boys = new Map(rows.filter(({ value }) => value === 'male').map((row) => [keyOf(row), row]));
      const pairs: { girls: (typeof rows)[number]; boys: (typeof rows)[number] }[] = [];
      for (const girls of rows.filter(({ value }) => value === 'female')) {
        const alike = boys.get(keyOf(girls));
        if (alike) pairs.push({ girls, boys: alike });
      }
      const ofPair = ({ girls }: (typeof pairs)[number]) => `${girls.edition} ${girls.standard}`;
      return [...new Set(pairs.map(ofPair))].sort().map((group) => {
        const all = pairs.filter((pair) => ofPair(pair) === group);
        const [edition, standard] = group.split(' ');
        const open = all.filter(({ girls, boys }) => girls.yes !== null && boys.yes !== null);
        const sum = (of: (pair: (typeof pairs)[number]) => number | null) =>
          open.length === 0 ? null : open.reduce((total, pair) => total + (of(pair) ?? 0), 0);
        const [girls_yes, girls_relevant] = [
          sum(({ girls }) => girls.yes),
          sum(({ girls }) => girls.relevant),
        ];
        const [boys_yes, boys_relevant] = [sum(({ boys }) => boys.yes), sum(({ boys }) => boys.relevant)];
        const percent = (yes: number | null, relevant: number | null) =>
          yes === null || relevant === null ? null : percentage(yes, relevant, 'half up');
        const [girls_percent, boys_percent] = [
          percent(girls_yes, girls_relevant),
          percent(boys_yes, boys_relevant),
        ];
        return {
          ...{ edition, standard, all: all.length, open: open.length },
          ...{ girls_yes, girls_relevant, girls_percent, boys_yes, boys_relevant, boys_percent },
        };
      });
    },
  },
  {
    ask: 'What if percentages were of all cases?',
    note: `Standards that would be rated otherwise if the 2018 edition, too, took percentages of all inspected cases. A panel's decision
stands where the computed rating is the same. Without counts (Essex) it is not known. The bands are the edition's, as \`rating_scale\` has them.`,
    of: 'real',
    sql: `
select area, standard, rating as as_it_is, supposed as as_if
from (
  select *, case when banded = computed_rating then rating else banded end as supposed
  from analytics.standard_rating
  join (
    select
      inspection_id, standard,
      (
        select scale.rating from analytics.rating_scale as scale
        where scale.edition = result.edition and scale.from_percent <= min(percent_of_inspected)
        order by scale.from_percent desc
        limit 1
      ) as banded
    from analytics.key_question_result as result
    group by inspection_id, edition, standard
    having count(percent) = count(percent_of_inspected)
  ) as of_all_cases using (inspection_id, standard)
  where not is_synthetic
) as rated
where supposed <> rating
order by area, standard;`,
    typescript: async (db) => {
      const inspections = await overallRating(db, { synthetic: false });
      const areas = new Map(inspections.map(({ inspection_id, area }) => [inspection_id, area]));
      const rows = await whatIf(db, { base: 'inspected' }, { synthetic: false });
      return rows.flatMap(({ inspection_id, standards }) =>
        standards
          .filter(({ standing }) => standing === 'changes')
          .map(({ code, asItIs, asIf }) => ({
            area: areas.get(inspection_id) ?? null,
            standard: code,
            as_it_is: asItIs,
            as_if: asIf,
          })),
      );
    },
  },
  {
    ask: 'Which prompts lie behind a weak key question?',
    note: `Wigan 2.2.3, the weakest prompts first. Prompts are asked beside the key question; its answer never follows from them.
\`low\` and \`high\` are Wilson's interval at 80%.`,
    of: 'real',
    sql: `
select prompt, text, yes, relevant, percent, low, high
from analytics.prompt_result
where area = 'Wigan' and key_question = '2.2.3' and not is_synthetic
order by percent nulls last, prompt;`,
    typescript: async (db) => {
      const rows = await promptResult(db, { keyQuestion: '2.2.3', synthetic: false });
      return rows
        .filter(({ area }) => area === 'Wigan')
        .sort((a, b) => (a.percent ?? 101) - (b.percent ?? 101));
    },
  },
  {
    ask: 'What was recommended, and to whom?',
    note: `One line each, in the words of this database, whatever the edition. Of an inspection without a row, \`recommendations_listed\` of \`inspection\` says
whether its report makes none (0), or they are not known (NULL).`,
    of: 'real',
    sql: `
select area, recommendation_no, addressed_to, summary
from analytics.recommendation
where not is_synthetic
order by area, recommendation_no;`,
    typescript: async (db) => {
      const rows = await recommendation(db, { synthetic: false });
      return rows.sort((a, b) => a.area.localeCompare(b.area, 'en'));
    },
  },
  {
    ask: 'On what figures does a rating rest, and how sure are they?',
    note: `Wigan 2.2. \`low\` and \`high\` are Wilson's interval at the Inspectorate's 80% confidence: with seven cases it spans several bands.`,
    of: 'real',
    sql: `
select key_question, yes, relevant, inspected, percent, low, high, rating, evidence
from analytics.key_question_result
where area = 'Wigan' and standard = '2.2' and not is_synthetic
order by key_question;`,
    typescript: async (db) => {
      const rows = await keyQuestionResult(db, { standard: '2.2', synthetic: false });
      return rows.filter(({ area }) => area === 'Wigan');
    },
  },
  {
    ask: 'Where does what is computed differ from what is printed, and why?',
    note: `Every figure of the reports, under either edition, that does not simply agree.`,
    of: 'real',
    sql: `
select service, code, published, computed, status, explanation
from analytics.reconciliation
where status <> 'agrees' and not is_synthetic
order by service, level_rank, code;`,
    typescript: async (db) => {
      const rows = await reconciliation(db, { synthetic: false });
      return rows.filter(({ status }) => status !== 'agrees');
    },
  },
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
