import { sql } from 'kysely';
import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import type { Base, Level, Rules } from '../ratings/rules.js';
import type { OverallRule, RatedFrom, Rounding, UnratedRule } from '../vocabulary.js';
import type { CaseAttribute, Framework, FrameworkQuestion, FrameworkStandard, Sample } from './framework.js';

/** Reads editions as the database has them, by code: all, or those of some codes. */
export async function readFrameworks(
  db: Connection,
  only?: readonly string[],
): Promise<Map<string, Framework>> {
  // Of every table the rows of the wanted editions, in the order in which the edition has them.
  const rowsOf = async <Row extends { edition_code: string }>(query: ReturnType<typeof sql<Row>>) =>
    groupBy(await rowsAsJson(db, query), (row) => row.edition_code);
  const wanted = only === undefined ? sql`true` : sql`edition_code = any(${[...only]}::text[])`;

  const editions = await rowsOf(sql<EditionRow>`
    select edition_code, title, kind_of_case, reports_from, reports_until, fieldwork_from, fieldwork_until
    from core.edition where ${wanted} order by edition_code`);
  const ratings = await rowsOf(sql<{ edition_code: string; rating: string }>`
    select edition_code, rating from core.rating where ${wanted} order by rating_rank`);
  const samples = await rowsOf(sql<SampleRow>`
    select edition_code, sample_id, sample, kind, part_of, also_written
    from core.sample left join core.case_kind using (sample_id)
    where ${wanted} order by sample.position, case_kind.position`);
  const attributes = await rowsOf(sql<AttributeRow>`
    select edition_code, attribute, about, value, also_written
    from core.case_attribute join core.attribute_value using (edition_code, attribute)
    where ${wanted} order by case_attribute.position, attribute_value.position`);
  const programmes = await rowsOf(sql<ProgrammeRow>`
    select edition_code, programme, title, standard_code
    from core.programme left join core.programme_standard using (edition_code, programme)
    where ${wanted} order by position`);
  const domains = await rowsOf(sql<DomainRow>`
    select edition_code, domain_code, title, sample from core.domain where ${wanted}
    order by (select min(position) from core.standard
      where standard.edition_code = domain.edition_code and standard.domain_code = domain.domain_code)`);
  const standards = await rowsOf(sql<StandardRow>`
    select edition_code, standard_code, domain_code, title, basis, rated_from
    from core.standard where ${wanted} order by position`);
  const questions = await rowsOf(sql<QuestionRow>`
    select
      edition_code, question_id, question_code, level, standard_code, question.basis, question.sample_id, sample, text,
      applies_when, lower(in_force) as from, upper(in_force) as until, parent_question_id,
      (select array_agg(kind) from core.question_kind where question_kind.question_id = question.question_id) as kinds,
      (select json_agg(json_build_object('attribute', attribute, 'value', value) order by attribute, value)
        from core.question_not_asked where question_not_asked.question_id = question.question_id) as not_asked
    from core.question left join core.sample using (sample_id, edition_code)
    where ${wanted} order by question.position`);
  const rules = await rowsOf(sql<RuleRow>`
    select
      edition_code, programme, effective_from,
      coalesce(rule_set.rounding, display_rule.rounding) as rounding,
      band_on, coalesce(level.z, display_rule.z) as z,
      discretion_points, discretion_judgements, discretion_sample, overall, unrated_standard,
      (select json_object_agg(level, base) from core.percentage_base where rule_set_id = rule_set.rule_set_id) as bases,
      (select json_agg(json_build_object('fromPercent', from_percent, 'rating', rating) order by from_percent)
        from core.band where rule_set_id = rule_set.rule_set_id) as bands,
      (select json_object_agg(rating, score) from core.rating_score where rule_set_id = rule_set.rule_set_id) as scores,
      (select json_object_agg(standard_code, weight) from core.counting_standard where rule_set_id = rule_set.rule_set_id) as weights,
      (select json_agg(json_build_object('fromScore', from_score, 'rating', rating) order by from_score)
        from core.overall_band where rule_set_id = rule_set.rule_set_id) as overall_bands,
      (select json_agg(json_build_object(
          'standards', (select json_agg(standard_code order by standard_code) from core.limiting_judgement_standard as named
            where named.rule_set_id = limits.rule_set_id and named.limit_no = limits.limit_no),
          'atOrBelow', at_or_below, 'minimumStandards', minimum_standards, 'overallAtMost', overall_at_most) order by limit_no)
        from core.limiting_judgement as limits where limits.rule_set_id = rule_set.rule_set_id) as limits
    from core.rule_set
    cross join core.display_rule
    left join core.confidence_level as level on level.confidence_level = rule_set.confidence_level
    join core.programme using (edition_code, programme)
    where ${wanted} order by programme.position, effective_from`);

  return new Map(
    [...editions].map(([code, [edition]]): [string, Framework] => {
      const own = <Row>(rows: ReadonlyMap<string, Row[]>): Row[] => rows.get(code) ?? [];
      const { title, kind_of_case, reports_from, reports_until, fieldwork_from, fieldwork_until } =
        edition as EditionRow;
      const scale = own(ratings).map(({ rating }) => rating);
      const asked = questionsOf(own(questions));
      const inspects = groupBy(own(programmes), ({ programme }) => programme);
      return [
        code,
        {
          code,
          title,
          inUse: {
            reports: { from: reports_from, until: reports_until },
            fieldwork: { from: fieldwork_from, until: fieldwork_until },
          },
          ratings: scale,
          kindOfCase: kind_of_case,
          samples: samplesOf(own(samples)),
          attributes: attributesOf(own(attributes)),
          programmes: [...inspects].map(([name, [row]]) => ({ name, title: row?.title ?? null })),
          inspects: new Map(
            [...inspects].map(([name, rows]) => [
              name,
              new Set(rows.flatMap(({ standard_code }) => (standard_code === null ? [] : [standard_code]))),
            ]),
          ),
          domains: new Map(
            own(domains).map(({ domain_code, title, sample }) => [domain_code, { title, sample }]),
          ),
          standards: own(standards).map(
            ({ standard_code, domain_code, title, basis, rated_from }): FrameworkStandard => ({
              code: standard_code,
              title,
              domain: domain_code,
              basis,
              ratedFrom: rated_from,
              keyQuestions:
                basis === 'qualitative'
                  ? []
                  : [...asked.values()].filter(
                      ({ level, standard }) => level === 'key question' && standard === standard_code,
                    ),
            }),
          ),
          questions: asked,
          rules: own(rules).map((row) => rulesOf(row, scale)),
        },
      ];
    }),
  );
}

interface EditionRow {
  edition_code: string;
  title: string;
  kind_of_case: string;
  reports_from: string | null;
  reports_until: string | null;
  fieldwork_from: string | null;
  fieldwork_until: string | null;
}

interface SampleRow {
  edition_code: string;
  sample_id: number;
  sample: string;
  kind: string | null;
  part_of: string | null;
  also_written: string[] | null;
}

function samplesOf(rows: SampleRow[]): Map<string, Sample> {
  return new Map(
    [...groupBy(rows, ({ sample }) => sample)].map(([name, ofSample]) => {
      const kinds = ofSample.flatMap((row) => (row.kind === null ? [] : [{ ...row, kind: row.kind }]));
      return [
        name,
        {
          id: ofSample[0]?.sample_id as number,
          name,
          kinds: new Map(kinds.map(({ kind, part_of }) => [kind, part_of])),
          alsoWritten: new Map(kinds.map(({ kind, also_written }) => [kind, also_written ?? []])),
        },
      ];
    }),
  );
}

interface AttributeRow {
  edition_code: string;
  attribute: string;
  about: string | null;
  value: string;
  also_written: string[];
}

const attributesOf = (rows: AttributeRow[]): CaseAttribute[] =>
  [...groupBy(rows, ({ attribute }) => attribute)].map(([name, values]) => ({
    name,
    about: values[0]?.about ?? null,
    values: values.map(({ value, also_written }) => ({ value, alsoWritten: also_written })),
  }));

interface ProgrammeRow {
  edition_code: string;
  programme: string;
  title: string | null;
  standard_code: string | null;
}

interface DomainRow {
  edition_code: string;
  domain_code: string;
  title: string;
  sample: string | null;
}

interface StandardRow {
  edition_code: string;
  standard_code: string;
  domain_code: string;
  title: string;
  basis: 'cases' | 'qualitative';
  rated_from: RatedFrom;
}

interface QuestionRow {
  edition_code: string;
  question_id: number;
  question_code: string;
  level: string;
  standard_code: string;
  basis: 'cases' | 'qualitative';
  sample_id: number | null;
  sample: string | null;
  text: string;
  applies_when: string | null;
  from: string | null;
  until: string | null;
  parent_question_id: number | null;
  kinds: string[] | null;
  not_asked: { attribute: string; value: string }[] | null;
}

function questionsOf(rows: QuestionRow[]): Map<string, FrameworkQuestion> {
  const byId = new Map(rows.map((row) => [row.question_id, row]));
  return new Map(
    rows.map((row) => {
      const parent = byId.get(row.parent_question_id ?? -1);
      const kinds = row.kinds ?? parent?.kinds ?? null;
      return [
        row.question_code,
        {
          id: row.question_id,
          code: row.question_code,
          level: row.level,
          standard: row.standard_code,
          basis: row.basis,
          sample: row.sample,
          sampleId: row.sample_id,
          text: row.text,
          appliesWhen: row.applies_when,
          from: row.from ?? undefined,
          until: row.until ?? undefined,
          kinds: kinds && new Set(kinds),
          notAsked: [...(row.not_asked ?? []), ...(parent?.not_asked ?? [])],
        },
      ];
    }),
  );
}

interface RuleRow {
  edition_code: string;
  programme: string;
  effective_from: string;
  rounding: Rounding;
  band_on: Rules['bandOn'];
  z: number;
  discretion_points: number | null;
  discretion_judgements: number | null;
  discretion_sample: number | null;
  overall: OverallRule | null;
  unrated_standard: UnratedRule | null;
  bases: Partial<Record<Level, Base>> | null;
  bands: Rules['bands'] | null;
  scores: Record<string, number> | null;
  weights: Record<string, number> | null;
  overall_bands: Rules['overallBands'] | null;
  limits: Rules['limits'] | null;
}

const rulesOf = (row: RuleRow, ratings: readonly string[]): Rules => ({
  programme: row.programme,
  effectiveFrom: row.effective_from,
  ratings,
  percentageBase: row.bases ?? {},
  rounding: row.rounding,
  bandOn: row.band_on,
  z: row.z,
  bands: row.bands ?? [],
  discretion: {
    points: row.discretion_points,
    judgements: row.discretion_judgements,
    sample: row.discretion_sample,
  },
  scores: row.scores ?? {},
  countingStandards: Object.keys(row.weights ?? {}),
  weights: row.weights ?? {},
  overall: row.overall,
  overallBands: row.overall_bands ?? [],
  limits: row.limits ?? [],
  unratedStandard: row.unrated_standard,
});
