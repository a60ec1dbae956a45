import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { type Problem, UserError } from '../../problem.js';
import { basisOf, codedValueOf, type EditionFile, kindOf } from './edition-entries.js';
import type { EditionFiles } from './edition-file.js';

type Trx = Transaction<DB>;

/**
 * Holds an edition's file against the database: nothing may be gone, or rated otherwise, that a loaded inspection uses. Throws a UserError with every problem.
 */
export async function checkEditionInUse(
  trx: Trx,
  edition: EditionFile,
  { rules, questions }: EditionFiles,
): Promise<void> {
  const code = String(edition.edition);
  const problems: Problem[] = [];
  const gone = (file: typeof rules, what: string, advice: string) =>
    problems.push(
      file.problem([], `${what}, but an inspection that is loaded uses it${advice && `: ${advice}`}`),
    );

  for (const rating of await usedRatings(trx, code)) {
    if (!edition.ratings.includes(rating)) gone(rules, `rating "${rating}" is not on the scale any more`, '');
  }
  const standards = new Map(
    edition.domains.flatMap((domain) => domain.standards.map(({ code, basis }) => [code, basis])),
  );
  for (const { standard, basis } of await usedStandards(trx, code)) {
    const now = standards.get(standard);
    if (!now) gone(questions, `standard ${standard} is not there any more`, '');
    else if (now !== basis)
      gone(questions, `standard ${standard} was judged by ${basis} and now is by ${now}`, '');
  }
  for (const domain of await usedDomains(trx, code)) {
    if (!edition.domains.some(({ code }) => code === domain))
      gone(questions, `domain ${domain} is not there any more`, '');
  }
  const samples = new Map(questionsOf(edition).map(({ code, sample }) => [code, sample]));
  for (const { question, sample } of await usedQuestions(trx, code)) {
    const now = samples.get(question);
    if (!samples.has(question)) {
      gone(
        questions,
        `question ${question} is not there any more`,
        'end it with until:, instead of deleting it',
      );
    } else if (now !== sample) {
      gone(
        questions,
        `question ${question} was asked of ${sample ?? 'no'} cases and now is of ${now ?? 'no'} cases`,
        '',
      );
    }
  }
  const kinds = new Map(
    edition.samples.map(({ sample, kinds = [] }) => [sample, kinds.map((one) => kindOf(one).kind)]),
  );
  for (const { sample, kind } of await usedKinds(trx, code)) {
    const now = kinds.get(sample);
    if (!now) gone(questions, `sample ${sample} is not there any more`, '');
    else if (kind !== null && !now.includes(kind))
      gone(questions, `kind of case ${kind} of sample ${sample} is not there any more`, '');
  }
  const values = new Map(
    (edition.case_attributes ?? []).map((one) => [
      one.attribute,
      one.values.map((value) => codedValueOf(value).value),
    ]),
  );
  for (const { attribute, value } of await usedValues(trx, code))
    if (!values.get(attribute)?.includes(value))
      gone(questions, `value ${value} of ${attribute} is not there any more`, '');
  const programmes = edition.programmes.map(({ programme }) => programme);
  for (const programme of await usedProgrammes(trx, code))
    if (!programmes.includes(programme)) gone(rules, `programme ${programme} is not there any more`, '');
  if (problems.length > 0)
    throw new UserError(`Edition ${code} can't be loaded; nothing was.`, undefined, problems);
}

/** Every question of an edition, with the sample it is asked of; null for one that is judged. */
function questionsOf({ domains }: EditionFile) {
  return domains.flatMap((domain) =>
    domain.standards.flatMap((standard) =>
      (standard.key_questions ?? []).flatMap((question) => {
        const sample = basisOf(standard, question) === 'cases' ? (domain.sample ?? null) : null;
        return [question, ...(question.prompts ?? [])].map(({ code }) => ({ code, sample }));
      }),
    ),
  );
}

async function usedRatings(trx: Trx, edition: string): Promise<string[]> {
  const { rows } = await sql<{ rating: string }>`
    select rating from core.published_standard_rating where edition_code = ${edition} and rating is not null
    union select rating from core.published_overall where edition_code = ${edition} and rating is not null
    union select rating from core.qualitative_rating where edition_code = ${edition}
    union select rating from core.judged_question where edition_code = ${edition}
    union select from_rating from core.panel_decision where edition_code = ${edition}
    union select to_rating from core.panel_decision where edition_code = ${edition}
    order by 1`.execute(trx);
  return rows.map(({ rating }) => rating);
}

async function usedStandards(trx: Trx, edition: string): Promise<{ standard: string; basis: string }[]> {
  const { rows } = await sql<{ standard: string; basis: string }>`
    select standard_code as standard, basis
    from core.standard
    where edition_code = ${edition} and standard_code in (
      select standard_code from core.published_standard_rating where edition_code = ${edition}
      union select standard_code from core.qualitative_rating where edition_code = ${edition}
      union select standard_code from core.panel_decision where edition_code = ${edition}
      union select standard_code from core.context_fact where edition_code = ${edition}
      union select standard_code from core.finding where edition_code = ${edition})
    order by standard_code`.execute(trx);
  return rows;
}

async function usedDomains(trx: Trx, edition: string): Promise<string[]> {
  const { rows } = await sql<{ domain: string }>`
    select domain_code as domain from core.context_fact where edition_code = ${edition} and domain_code is not null
    union select domain_code from core.recommendation where edition_code = ${edition} and domain_code is not null
    union select domain_code from core.finding where edition_code = ${edition} and domain_code is not null
    order by 1`.execute(trx);
  return rows.map(({ domain }) => domain);
}

/** Kinds of case that inspections have, with their samples; null for a sample that was drawn. */
async function usedKinds(trx: Trx, edition: string): Promise<{ sample: string; kind: string | null }[]> {
  const { rows } = await sql<{ sample: string; kind: string | null }>`
    select sample, kind from core.sample join core.sample_kind using (sample_id) where edition_code = ${edition}
    union select sample, kind from core.sample join core.inspected_case using (sample_id) where edition_code = ${edition}
    union select sample, null from core.sample join core.inspection_sample using (sample_id, edition_code)
      where edition_code = ${edition} and cases is not null
    order by 1, 2`.execute(trx);
  return rows;
}

async function usedValues(trx: Trx, edition: string): Promise<{ attribute: string; value: string }[]> {
  const { rows } = await sql<{ attribute: string; value: string }>`
    select distinct key as attribute, value
    from core.sample join core.inspected_case using (sample_id), jsonb_each_text(attributes)
    where edition_code = ${edition}
    order by 1, 2`.execute(trx);
  return rows;
}

async function usedProgrammes(trx: Trx, edition: string): Promise<string[]> {
  const { rows } = await sql<{ programme: string }>`
    select distinct programme from core.inspection where edition_code = ${edition} and programme is not null order by 1`.execute(
    trx,
  );
  return rows.map(({ programme }) => programme);
}

async function usedQuestions(
  trx: Trx,
  edition: string,
): Promise<{ question: string; sample: string | null }[]> {
  const { rows } = await sql<{ question: string; sample: string | null }>`
    select question_code as question, sample
    from core.question
    left join core.sample using (sample_id)
    where question.edition_code = ${edition} and (
      question_id in (select question_id from core.published_result)
      or question_id in (select question_id from core.prose_count)
      or question_id in (select question_id from core.judged_question)
      or question_id in (select question_id from kept.answer_count))
    order by question.position`.execute(trx);
  return rows;
}
