import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { withRulesChanging } from '../renew.js';
import type { DomainEntry, EditionFile, QuestionEntry, RulesEntry, StandardEntry } from './edition-file.js';

type Trx = Transaction<DB>;

/**
 * Writes an edition: its scale, questions and rules. One that is there already is brought to what the file says;
 * questions keep their keys, so that results go on belonging to them. What inspections use has to be checked before.
 */
export async function writeEdition(trx: Trx, edition: EditionFile): Promise<void> {
  const code = String(edition.edition);
  const head = {
    title: edition.title,
    reports_from: edition.reports_from ?? null,
    reports_until: edition.reports_until ?? null,
    fieldwork_from: edition.fieldwork_from ?? null,
    fieldwork_until: edition.fieldwork_until ?? null,
  };
  await withRulesChanging(trx, code, async () => {
    await trx
      .insertInto('core.edition')
      .values({ edition_code: code, ...head })
      .onConflict((conflict) => conflict.column('edition_code').doUpdateSet(head))
      .execute();
    // Rules are replaced whole: nothing refers to them by key.
    await trx.deleteFrom('core.rule_set').where('edition_code', '=', code).execute();
    await writeScale(trx, code, edition.ratings);
    await writeQuestions(trx, code, edition.domains);
    for (const rules of edition.rules) await writeRules(trx, code, rules);
  });
}

async function writeScale(trx: Trx, edition: string, ratings: string[]): Promise<void> {
  await removeOthers(trx, 'core.rating', 'rating', edition, ratings);
  // Ranks are unique: move them out of the way before they are set.
  await sql`update core.rating set rating_rank = rating_rank + 1000 where edition_code = ${edition}`.execute(
    trx,
  );
  for (const [rank, rating] of ratings.entries()) {
    await trx
      .insertInto('core.rating')
      .values({ edition_code: edition, rating, rating_rank: rank })
      .onConflict((conflict) =>
        conflict.columns(['edition_code', 'rating']).doUpdateSet({ rating_rank: rank }),
      )
      .execute();
  }
}

async function writeQuestions(trx: Trx, edition: string, domains: DomainEntry[]): Promise<void> {
  const standards = domains.flatMap((domain) => domain.standards);
  const keyQuestions = standards.flatMap((standard) => standard.key_questions ?? []);
  const questions = keyQuestions.flatMap((question) => [question, ...(question.prompts ?? [])]);
  await removeOfOtherBasis(trx, edition, standards);
  // A question may move to another standard: parents are named anew below, once they are where they belong.
  await trx
    .updateTable('core.question')
    .set({ level: 'key question', parent_question_id: null })
    .where('edition_code', '=', edition)
    .execute();
  let position = 0;
  for (const domain of domains) {
    const row = { title: domain.title, sample: domain.sample ?? null };
    await trx
      .insertInto('core.domain')
      .values({ edition_code: edition, domain_code: domain.code, ...row })
      .onConflict((conflict) => conflict.columns(['edition_code', 'domain_code']).doUpdateSet(row))
      .execute();
    const questionnaire =
      domain.sample === undefined ? null : await questionnaireOf(trx, edition, domain.sample);
    for (const standard of domain.standards) {
      await writeStandard(trx, edition, domain.code, standard, ++position);
      for (const question of standard.key_questions ?? []) {
        const asked = { edition, standard, sample: domain.sample, questionnaire };
        const parent = await writeQuestion(trx, asked, question, null, ++position);
        for (const prompt of question.prompts ?? [])
          await writeQuestion(trx, asked, prompt, parent, ++position);
      }
    }
  }
  // Last, when everything that stays has moved out of what goes.
  for (const [table, column, kept] of [
    ['core.question', 'question_code', questions],
    ['core.standard', 'standard_code', standards],
    ['core.domain', 'domain_code', domains],
  ] as const) {
    const codes = kept.map(({ code }) => code);
    await removeOthers(trx, table, column, edition, codes);
  }
  await addSamples(trx, edition);
}

/** Takes standards away whose basis is not what it was: their questions hang on it. */
async function removeOfOtherBasis(trx: Trx, edition: string, standards: StandardEntry[]): Promise<void> {
  for (const { code, basis } of standards) {
    await trx
      .deleteFrom('core.standard')
      .where('edition_code', '=', edition)
      .where('standard_code', '=', code)
      .where('basis', '<>', basis)
      .execute();
  }
}

/**
 * Gives loaded inspections a row for a sample that the edition did not have, so that its questions are theirs too.
 * Those that are known by ratings only, without their fieldwork, have no figures for questions and need none.
 */
async function addSamples(trx: Trx, edition: string): Promise<void> {
  await sql`
    insert into core.inspection_sample (inspection_id, questionnaire_id, edition_code, sample)
    select inspection_id, questionnaire_id, edition_code, sample
    from core.inspection
    join core.questionnaire using (edition_code)
    where edition_code = ${edition} and fieldwork_precision <> 'not known'
    on conflict do nothing`.execute(trx);
}

async function writeStandard(
  trx: Trx,
  edition: string,
  domain: string,
  standard: StandardEntry,
  position: number,
): Promise<void> {
  const row = {
    domain_code: domain,
    position,
    title: standard.title,
    statement: standard.statement ?? null,
    basis: standard.basis,
  };
  await trx
    .insertInto('core.standard')
    .values({ edition_code: edition, standard_code: standard.code, ...row })
    .onConflict((conflict) => conflict.columns(['edition_code', 'standard_code']).doUpdateSet(row))
    .execute();
}

async function writeQuestion(
  trx: Trx,
  asked: {
    edition: string;
    standard: StandardEntry;
    sample: string | undefined;
    questionnaire: number | null;
  },
  question: QuestionEntry,
  parent: number | null,
  position: number,
): Promise<number> {
  const { standard, sample } = asked;
  const row = {
    level: parent === null ? 'key question' : 'prompt',
    standard_code: standard.code,
    basis: standard.basis,
    parent_question_id: parent,
    questionnaire_id: standard.basis === 'cases' ? asked.questionnaire : null,
    position,
    text: question.text,
    applies_when: question.applies_when ?? null,
    in_force: `[${question.from ?? ''},${question.until ?? ''})`,
  };
  const { question_id } = await trx
    .insertInto('core.question')
    .values({ edition_code: asked.edition, question_code: question.code, ...row })
    .onConflict((conflict) => conflict.columns(['edition_code', 'question_code']).doUpdateSet(row))
    .returning('question_id')
    .executeTakeFirstOrThrow();
  await trx.deleteFrom('core.question_disposal').where('question_id', '=', question_id).execute();
  for (const disposal of question.applies_to_disposals ?? []) {
    await trx
      .insertInto('core.question_disposal')
      .values({ question_id, sample: sample ?? '', disposal })
      .execute();
  }
  return question_id;
}

/** The questionnaire of a sample, made when the edition has none for it yet. */
async function questionnaireOf(trx: Trx, edition: string, sample: string): Promise<number> {
  await trx
    .insertInto('core.questionnaire')
    .values({ edition_code: edition, sample })
    .onConflict((conflict) => conflict.columns(['edition_code', 'sample']).doNothing())
    .execute();
  const { questionnaire_id } = await trx
    .selectFrom('core.questionnaire')
    .select('questionnaire_id')
    .where('edition_code', '=', edition)
    .where('sample', '=', sample)
    .executeTakeFirstOrThrow();
  return questionnaire_id;
}

async function writeRules(trx: Trx, edition: string, rules: RulesEntry): Promise<void> {
  const { rule_set_id } = await trx
    .insertInto('core.rule_set')
    .values({
      edition_code: edition,
      effective_from: rules.effective_from,
      rounding: rules.rounding,
      band_on: rules.band_on,
      confidence_level: rules.confidence_level,
      discretion_points: rules.discretion.points_from_boundary,
      discretion_judgements: rules.discretion.differing_judgements,
      discretion_sample: rules.discretion.small_sample,
      unrated_standard: rules.unrated_standard,
      note: rules.note ?? null,
    })
    .returning('rule_set_id')
    .executeTakeFirstOrThrow();
  const own = { rule_set_id, edition_code: edition };
  for (const [level, base] of Object.entries(rules.percentage_base)) {
    await trx
      .insertInto('core.percentage_base')
      .values({ ...own, level, base })
      .execute();
  }
  await trx
    .insertInto('core.band')
    .values(rules.bands.map((band) => ({ ...own, ...band })))
    .execute();
  await trx
    .insertInto('core.overall_band')
    .values(rules.overall_bands.map((band) => ({ ...own, ...band })))
    .execute();
  await trx
    .insertInto('core.rating_score')
    .values(Object.entries(rules.scores).map(([rating, score]) => ({ ...own, rating, score })))
    .execute();
  await trx
    .insertInto('core.counting_standard')
    .values(rules.counting_standards.map((standard_code) => ({ ...own, standard_code })))
    .execute();
  for (const [at, limit] of rules.limiting_judgements.entries()) {
    const limit_no = at + 1;
    await trx
      .insertInto('core.limiting_judgement')
      .values({
        ...own,
        limit_no,
        at_or_below: limit.at_or_below,
        minimum_standards: limit.minimum_standards ?? 1,
        overall_at_most: limit.overall_at_most,
      })
      .execute();
    await trx
      .insertInto('core.limiting_judgement_standard')
      .values(limit.standards.map((standard_code) => ({ ...own, limit_no, standard_code })))
      .execute();
  }
}

/** Deletes what the edition's file no longer has. */
async function removeOthers(
  trx: Trx,
  table: string,
  column: string,
  edition: string,
  kept: string[],
): Promise<void> {
  await sql`
    delete from ${sql.table(table)}
    where edition_code = ${edition} and not (${sql.ref(column)} = any(${kept}))`.execute(trx);
}
