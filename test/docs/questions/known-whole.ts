import {
  discretionTrend,
  keyQuestionResult,
  keyQuestionTrend,
  overallRating,
  percentage,
  promptResult,
  recommendation,
  reconciliation,
  serviceComparison,
  serviceHistory,
  standardDistance,
  standardRating,
  subgroupResult,
  whatIf,
} from '../../../src/index.js';
import type { Question } from './question.js';

/** Asked of inspections that are known whole, and of an invented programme. */
export const ofKnownWhole: Question[] = [
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
inspections, \`subgroup_all_years\` has both beside each other, all cases counted, and \`subgroup_trend\` what a year of them may show.`,
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
];
