import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Framework } from '../../framework/framework.js';
import { refuse } from '../files/refuse.js';
import type { EditionFiles } from './edition-file.js';

/** Something of an edition, and what may not change of it. */
interface Part {
  kind: string;
  name: string;
  /** Of a standard, its basis; of a question, its sample (none for one that is judged). */
  by?: string | null;
}

/**
 * Holds an edition's file against the database: nothing may be gone, or rated otherwise, that a loaded inspection uses. Throws a UserError with every problem.
 */
export async function checkEditionInUse(
  trx: Transaction<DB>,
  edition: Framework,
  { rules, questions }: EditionFiles,
): Promise<void> {
  const { code } = edition;
  const now = new Map(partsOf(edition).map(({ kind, name, by }) => [`${kind} ${name}`, by ?? null]));
  const problems = (await usedParts(trx, code, [...edition.samples.keys()])).flatMap(({ kind, name, by }) => {
    const there = now.get(`${kind} ${name}`);
    if (there === (by ?? null)) return [];
    const file = kind === 'rating' || kind === 'programme' ? rules : questions;
    const what =
      there === undefined
        ? 'is not there any more'
        : `was of ${by ?? 'no sample'}, and now is of ${there ?? 'none'}`;
    const advice =
      kind === 'question' && there === undefined ? ': end it with until:, instead of deleting it' : '';
    return [file.problem([], `${kind} ${name} ${what}, but an inspection that is loaded uses it${advice}`)];
  });
  refuse(`Edition ${code} can't be loaded; nothing was.`, problems);
}

/** What an edition has of which inspections may use something, named as usedParts does. */
function partsOf({ ratings, programmes, samples, attributes, domains, ...edition }: Framework): Part[] {
  return [
    ...ratings.map((name) => ({ kind: 'rating', name })),
    ...programmes.map(({ name }) => ({ kind: 'programme', name })),
    ...[...samples.keys()].map((name) => ({ kind: 'sample', name })),
    ...[...samples].flatMap(([sample, { kinds }]) =>
      [...kinds.keys()].map((kind) => ({ kind: 'kind of case', name: `${kind} of sample ${sample}` })),
    ),
    ...attributes.flatMap(({ name, values }) =>
      values.map(({ value }) => ({ kind: 'value', name: `${value} of ${name}` })),
    ),
    ...[...domains.keys()].map((name) => ({ kind: 'domain', name })),
    ...edition.standards.map(({ code, basis }) => ({ kind: 'standard', name: code, by: basis })),
    ...[...edition.questions].map(([name, { sample }]) => ({ kind: 'question', name, by: sample })),
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
    used (kind, name, by) as (
      select 'rating', rating, null from ratings where rating is not null
      union
      select 'standard', standard_code, basis
      from core.standard
      where edition_code = ${edition}
        and standard_code in (select standard_code from ratings union select standard_code from about)
      union
      select 'domain', domain_code, null from about where domain_code is not null
      union
      select 'question', question_code, sample
      from core.question
      left join core.sample using (sample_id)
      where question.edition_code = ${edition}
        and question_id in (
          select question_id from core.published_result
          union select question_id from core.prose_count
          union select question_id from core.judged_question
          union select question_id from kept.answer_count
        )
      union
      select 'sample', sample, null from kinds join core.sample using (sample_id)
      union
      select 'kind of case', kind || ' of sample ' || sample, null
      from kinds
      join core.sample using (sample_id)
      where kind is not null and sample = any(${samples})
      union
      select 'value', value || ' of ' || key, null
      from core.inspected_case
      join inspected using (inspection_id), jsonb_each_text(attributes)
      union
      select 'programme', programme, null from inspected where programme is not null
    )
    select kind, name, by from used order by kind, name`.execute(trx);
  return rows;
}
