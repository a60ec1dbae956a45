import { type Insertable, sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { withRulesChanging } from '../renew.js';
import {
  basisOf,
  codedValueOf,
  type DomainEntry,
  type EditionFile,
  kindOf,
  type QuestionEntry,
  type RulesEntry,
  type StandardEntry,
  weightsOf,
} from './edition-entries.js';

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
    ...(edition.kind_of_case !== undefined && { kind_of_case: edition.kind_of_case }),
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
    const samples = await writeSamples(trx, code, edition.samples);
    await writeAttributes(trx, code, edition.case_attributes ?? []);
    await writeQuestions(trx, code, edition.domains, samples);
    await removeSamples(trx, code, [...samples.keys()]);
    await addSamples(trx, code);
    await writeProgrammes(trx, code, edition.programmes);
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

/** Writes samples and their kinds of case; returns the samples' keys by name. */
async function writeSamples(
  trx: Trx,
  edition: string,
  samples: EditionFile['samples'],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const [at, { sample, kinds = [] }] of samples.entries()) {
    const { sample_id } = await trx
      .insertInto('core.sample')
      .values({ edition_code: edition, sample, position: at + 1 })
      .onConflict((conflict) =>
        conflict.columns(['edition_code', 'sample']).doUpdateSet({ position: at + 1 }),
      )
      .returning('sample_id')
      .executeTakeFirstOrThrow();
    ids.set(sample, sample_id);
    for (const [k, { kind, part_of = null, also = [] }] of kinds.map(kindOf).entries()) {
      const row = { part_of, also_written: also, position: k + 1 };
      await trx
        .insertInto('core.case_kind')
        .values({ sample_id, kind, ...row })
        .onConflict((conflict) => conflict.columns(['sample_id', 'kind']).doUpdateSet(row))
        .execute();
    }
    await sql`
      delete from core.case_kind
      where sample_id = ${sample_id} and not (kind = any(${kinds.map((one) => kindOf(one).kind)}))`.execute(
      trx,
    );
  }
  return ids;
}

/** Takes samples away that the edition has no more: no inspection drew one, but each has a row for it. */
async function removeSamples(trx: Trx, edition: string, kept: string[]): Promise<void> {
  await sql`
    delete from core.inspection_sample
    using core.sample
    where sample.sample_id = inspection_sample.sample_id
      and sample.edition_code = ${edition}
      and not (sample.sample = any(${kept}))`.execute(trx);
  await removeOthers(trx, 'core.sample', 'sample', edition, kept);
}

/** Replaces the attributes of a case: a case keeps its values as words. */
async function writeAttributes(
  trx: Trx,
  edition: string,
  attributes: NonNullable<EditionFile['case_attributes']>,
): Promise<void> {
  await trx.deleteFrom('core.case_attribute').where('edition_code', '=', edition).execute();
  for (const [at, { attribute, about = null, values }] of attributes.entries()) {
    const own = { edition_code: edition, attribute };
    await trx
      .insertInto('core.case_attribute')
      .values({ ...own, about, position: at + 1 })
      .execute();
    await trx
      .insertInto('core.attribute_value')
      .values(
        values
          .map(codedValueOf)
          .map(({ value, also = [] }, v) => ({ ...own, value, also_written: also, position: v + 1 })),
      )
      .execute();
  }
}

/** Writes the programmes, and which standards each inspects. */
async function writeProgrammes(
  trx: Trx,
  edition: string,
  programmes: EditionFile['programmes'],
): Promise<void> {
  for (const [at, { programme, title = null, standards }] of programmes.entries()) {
    const row = { title, position: at + 1 };
    await trx
      .insertInto('core.programme')
      .values({ edition_code: edition, programme, ...row })
      .onConflict((conflict) => conflict.columns(['edition_code', 'programme']).doUpdateSet(row))
      .execute();
    await sql`
      delete from core.programme_standard
      where edition_code = ${edition} and programme = ${programme} and not (standard_code = any(${standards}))`.execute(
      trx,
    );
    await trx
      .insertInto('core.programme_standard')
      .values(standards.map((standard_code) => ({ edition_code: edition, programme, standard_code })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const names = programmes.map(({ programme }) => programme);
  await removeOthers(trx, 'core.programme', 'programme', edition, names);
}

async function writeQuestions(
  trx: Trx,
  edition: string,
  domains: DomainEntry[],
  samples: ReadonlyMap<string, number>,
): Promise<void> {
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
    const sampleId = samples.get(domain.sample ?? '') ?? null;
    for (const standard of domain.standards) {
      await writeStandard(trx, edition, domain.code, standard, ++position);
      for (const question of standard.key_questions ?? []) {
        const basis = basisOf(standard, question);
        const asked = { edition, standard, basis, sampleId: basis === 'cases' ? sampleId : null };
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
    insert into core.inspection_sample (inspection_id, sample_id, edition_code)
    select inspection_id, sample_id, edition_code
    from core.inspection
    join core.sample using (edition_code)
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
    rated_from: standard.rated_from ?? 'all key questions',
  };
  await trx
    .insertInto('core.standard')
    .values({ edition_code: edition, standard_code: standard.code, ...row })
    .onConflict((conflict) => conflict.columns(['edition_code', 'standard_code']).doUpdateSet(row))
    .execute();
}

async function writeQuestion(
  trx: Trx,
  asked: { edition: string; standard: StandardEntry; basis: string; sampleId: number | null },
  question: QuestionEntry,
  parent: number | null,
  position: number,
): Promise<number> {
  const row = {
    level: parent === null ? 'key question' : 'prompt',
    standard_code: asked.standard.code,
    basis: asked.basis,
    parent_question_id: parent,
    sample_id: asked.sampleId,
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
  await trx.deleteFrom('core.question_kind').where('question_id', '=', question_id).execute();
  await trx.deleteFrom('core.question_not_asked').where('question_id', '=', question_id).execute();
  for (const kind of question.applies_to_kinds ?? [])
    await trx
      .insertInto('core.question_kind')
      .values({ question_id, sample_id: asked.sampleId as number, kind })
      .execute();
  for (const [attribute, values] of Object.entries(question.not_asked_where ?? {}))
    await trx
      .insertInto('core.question_not_asked')
      .values(values.map((value) => ({ question_id, edition_code: asked.edition, attribute, value })))
      .execute();
  return question_id;
}

async function writeRules(trx: Trx, edition: string, rules: RulesEntry): Promise<void> {
  const { rule_set_id } = await trx
    .insertInto('core.rule_set')
    .values({
      edition_code: edition,
      ...(rules.programme !== undefined && { programme: rules.programme }),
      effective_from: rules.effective_from,
      rounding: rules.rounding ?? null,
      band_on: rules.band_on ?? null,
      confidence_level: rules.confidence_level ?? null,
      discretion_points: rules.discretion?.points_from_boundary ?? null,
      discretion_judgements: rules.discretion?.differing_judgements ?? null,
      discretion_sample: rules.discretion?.small_sample ?? null,
      overall: rules.not_known?.includes('overall') ? null : (rules.overall ?? 'summed'),
      unrated_standard: rules.unrated_standard ?? null,
      note: rules.note ?? null,
    })
    .returning('rule_set_id')
    .executeTakeFirstOrThrow();
  const own = { rule_set_id, edition_code: edition };
  /** Writes the rows of a part of the rules; none where it is not known. */
  const write = async <Table extends keyof DB & `core.${string}`>(
    table: Table,
    rows: Insertable<DB[Table]>[],
  ) => {
    if (rows.length > 0) await trx.insertInto(table).values(rows).execute();
  };
  const { bands = [], overall_bands: overallBands = [], scores = {} } = rules;
  await write(
    'core.percentage_base',
    Object.entries(rules.percentage_base ?? {}).map(([level, base]) => ({ ...own, level, base })),
  );
  await write(
    'core.band',
    bands.map((band) => ({ ...own, ...band })),
  );
  await write(
    'core.overall_band',
    overallBands.map((band) => ({ ...own, ...band })),
  );
  await write(
    'core.rating_score',
    Object.entries(scores).map(([rating, score]) => ({ ...own, rating, score })),
  );
  await write(
    'core.counting_standard',
    Object.entries(weightsOf(rules)).map(([standard_code, weight]) => ({ ...own, standard_code, weight })),
  );
  for (const [at, limit] of (rules.limiting_judgements ?? []).entries()) {
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
