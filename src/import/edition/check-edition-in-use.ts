import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { refuse } from '../files/refuse.js';
import { basisOf, codedValueOf, type EditionFile, kindOf } from './edition-entries.js';
import type { EditionFiles } from './edition-file.js';

/** Something of an edition, and what may not change of it. */
interface Part {
  kind: string;
  name: string;
  /** Of a standard, its basis; of a question, its sample (null for one that is judged). */
  by?: string | null;
}

/**
 * Holds an edition's file against the database: nothing may be gone, or rated otherwise, that a loaded inspection uses. Throws a UserError with every problem.
 */
export async function checkEditionInUse(
  trx: Transaction<DB>,
  edition: EditionFile,
  { rules, questions }: EditionFiles,
): Promise<void> {
  const code = String(edition.edition);
  const now = new Map(partsOf(edition).map(({ kind, name, by }) => [`${kind} ${name}`, by ?? null]));
  const samples = edition.samples.map(({ sample }) => sample);
  const problems = (await usedParts(trx, code, samples)).flatMap(({ kind, name, by }) => {
    const there = now.get(`${kind} ${name}`);
    const what = changeOf({ kind, name, by: by ?? null }, there);
    if (what === undefined) return [];
    const file = kind === 'rating' || kind === 'programme' ? rules : questions;
    const advice =
      kind === 'question' && there === undefined ? ': end it with until:, instead of deleting it' : '';
    return [file.problem([], `${what}, but an inspection that is loaded uses it${advice}`)];
  });
  refuse(`Edition ${code} can't be loaded; nothing was.`, problems);
}

/** What became of a part that is used; undefined when it is as it was. */
function changeOf({ kind, name, by }: Part, now: string | null | undefined): string | undefined {
  if (now === undefined)
    return kind === 'rating'
      ? `rating "${name}" is not on the scale any more`
      : `${kind} ${name} is not there any more`;
  if (now === by) return undefined;
  return kind === 'standard'
    ? `standard ${name} was judged by ${by} and now is by ${now}`
    : `question ${name} was asked of ${by ?? 'no'} cases and now is of ${now ?? 'no'} cases`;
}

/** What an edition's file has of which inspections may use something, named as usedParts does. */
function partsOf(edition: EditionFile): Part[] {
  const named = (kind: string, names: readonly string[]) => names.map((name) => ({ kind, name }));
  return [
    ...named('rating', edition.ratings),
    ...named(
      'programme',
      edition.programmes.map(({ programme }) => programme),
    ),
    ...edition.samples.flatMap(({ sample, kinds = [] }) => [
      { kind: 'sample', name: sample },
      ...named(
        'kind of case',
        kinds.map((one) => `${kindOf(one).kind} of sample ${sample}`),
      ),
    ]),
    ...(edition.case_attributes ?? []).flatMap(({ attribute, values }) =>
      named(
        'value',
        values.map((one) => `${codedValueOf(one).value} of ${attribute}`),
      ),
    ),
    ...edition.domains.flatMap(({ code, sample, standards }) => [
      { kind: 'domain', name: code },
      ...standards.flatMap((standard) => [
        { kind: 'standard', name: standard.code, by: standard.basis },
        ...(standard.key_questions ?? []).flatMap((question) => {
          const by = basisOf(standard, question) === 'cases' ? (sample ?? null) : null;
          return [question, ...(question.prompts ?? [])].map(({ code: name }) => ({
            ...{ kind: 'question', name, by },
          }));
        }),
      ]),
    ]),
  ];
}

/** What inspections use of an edition. Of samples that go, their kinds of case need not be told as well. */
async function usedParts(trx: Transaction<DB>, edition: string, samples: string[]): Promise<Part[]> {
  const { rows } = await sql<Part>`
    with inspected as (select * from core.inspection where edition_code = ${edition}),
    ratings (rating, standard_code) as (
      select rating, standard_code from core.published_standard_rating join inspected using (inspection_id)
      union select rating, standard_code from core.qualitative_rating join inspected using (inspection_id)
      union select rating, null from core.published_overall join inspected using (inspection_id)
      union select rating, null from core.judged_question join inspected using (inspection_id)
      union select from_rating, standard_code from core.panel_decision join inspected using (inspection_id)
      union select to_rating, standard_code from core.panel_decision join inspected using (inspection_id)
    ),
    about (standard_code, domain_code) as (
      select standard_code, domain_code from core.context_fact join inspected using (inspection_id)
      union select standard_code, domain_code from core.finding join inspected using (inspection_id)
      union select null, domain_code from core.recommendation join inspected using (inspection_id)
    ),
    kinds (sample_id, kind) as (
      select sample_id, kind from core.sample_kind join inspected using (inspection_id)
      union select sample_id, kind from core.inspected_case join inspected using (inspection_id)
      union select sample_id, null from core.inspection_sample join inspected using (inspection_id) where cases is not null
    ),
    used (part, kind, name, by, place) as (
      select distinct 1, 'rating', rating, null, 0 from ratings where rating is not null
      union all
      select 2, 'standard', standard_code, basis, position
      from core.standard
      where edition_code = ${edition}
        and standard_code in (select standard_code from ratings union select standard_code from about)
      union all
      select distinct 3, 'domain', domain_code, null, 0 from about where domain_code is not null
      union all
      select 4, 'question', question_code, sample, question.position
      from core.question
      left join core.sample using (sample_id)
      where question.edition_code = ${edition}
        and question_id in (
          select question_id from core.published_result
          union select question_id from core.prose_count
          union select question_id from core.judged_question
          union select question_id from kept.answer_count
        )
      union all
      select distinct 5, 'sample', sample, null, 0 from kinds join core.sample using (sample_id)
      union all
      select 6, 'kind of case', kind || ' of sample ' || sample, null, 0
      from kinds
      join core.sample using (sample_id)
      where kind is not null and sample = any(${samples})
      union all
      select distinct 7, 'value', value || ' of ' || key, null, 0
      from core.inspected_case
      join inspected using (inspection_id), jsonb_each_text(attributes)
      union all
      select distinct 8, 'programme', programme, null, 0 from inspected where programme is not null
    )
    select kind, name, by from used order by part, place, name`.execute(trx);
  return rows;
}
