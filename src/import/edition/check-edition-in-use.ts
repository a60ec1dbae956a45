import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { didYouMean, listed } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import type { EditionFile, EditionFiles } from './edition-file.js';

type Trx = Transaction<DB>;

/**
 * Holds an edition's file against the database: disposals that are known, and nothing gone, or rated otherwise, that a
 * loaded inspection uses. Throws a UserError with every problem.
 */
export async function checkEditionInUse(
  trx: Trx,
  edition: EditionFile,
  { rules, questions }: EditionFiles,
): Promise<void> {
  const code = String(edition.edition);
  const problems: Problem[] = await disposalProblems(trx, edition, questions);
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
        `question ${question} was asked of ${sample} cases and now is of ${now ?? 'no'} cases`,
        '',
      );
    }
  }
  if (problems.length > 0)
    throw new UserError(`Edition ${code} can't be loaded; nothing was.`, undefined, problems);
}

/** Every question of an edition, with its place in the file and the sample it is asked of. */
function questionsOf({ domains }: EditionFile) {
  return domains.flatMap((domain, d) =>
    domain.standards.flatMap((standard, s) =>
      (standard.key_questions ?? []).flatMap((question, k) => {
        const at = ['domains', d, 'standards', s, 'key_questions', k];
        const sample = standard.basis === 'cases' ? domain.sample : undefined;
        const prompts = (question.prompts ?? []).map((prompt, p) => ({
          ...prompt,
          at: [...at, 'prompts', p],
          sample,
        }));
        return [{ ...question, at, sample }, ...prompts];
      }),
    ),
  );
}

async function disposalProblems(
  trx: Trx,
  edition: EditionFile,
  questions: EditionFiles['questions'],
): Promise<Problem[]> {
  const known = await trx
    .selectFrom('core.disposal')
    .select(['sample', 'disposal'])
    .orderBy('disposal')
    .execute();
  const problems: Problem[] = [];
  for (const { code, sample, at, applies_to_disposals = [] } of questionsOf(edition)) {
    const allowed = known.filter((row) => row.sample === sample).map(({ disposal }) => disposal);
    for (const [i, disposal] of applies_to_disposals.entries()) {
      if (allowed.includes(disposal)) continue;
      const message =
        sample === undefined
          ? `question ${code} belongs to a qualitative standard: it is asked of no cases`
          : `question ${code}: no disposal "${disposal}" in sample "${sample}"${didYouMean(disposal, allowed)}: ${listed(allowed)}`;
      problems.push(questions.problem([...at, 'applies_to_disposals', i], message));
    }
  }
  return problems;
}

async function usedRatings(trx: Trx, edition: string): Promise<string[]> {
  const { rows } = await sql<{ rating: string }>`
    select rating from core.published_standard_rating where edition_code = ${edition} and rating is not null
    union select rating from core.published_overall where edition_code = ${edition} and rating is not null
    union select rating from core.qualitative_rating where edition_code = ${edition}
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

async function usedQuestions(trx: Trx, edition: string): Promise<{ question: string; sample: string }[]> {
  const { rows } = await sql<{ question: string; sample: string }>`
    select question_code as question, sample
    from core.question
    join core.questionnaire using (questionnaire_id, edition_code)
    where edition_code = ${edition} and (
      exists (select from core.published_result where published_result.question_id = question.question_id)
      or exists (select from core.prose_count where prose_count.question_id = question.question_id)
      or exists (select from core.answer where answer.question_id = question.question_id))
    order by position`.execute(trx);
  return rows;
}
