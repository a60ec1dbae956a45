import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { put } from '../put.js';
import { withRulesChanging } from '../renew.js';
import {
  basisOf,
  codedValueOf,
  type EditionFile,
  kindOf,
  type QuestionEntry,
  type RulesEntry,
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
    edition_code: code,
    title: edition.title,
    reports_from: edition.reports_from ?? null,
    reports_until: edition.reports_until ?? null,
    fieldwork_from: edition.fieldwork_from ?? null,
    fieldwork_until: edition.fieldwork_until ?? null,
    ...(edition.kind_of_case !== undefined && { kind_of_case: edition.kind_of_case }),
  };
  await withRulesChanging(trx, code, async () => {
    await put(trx, 'core.edition', [head], ['edition_code']);
    // Nothing refers to these by key: they are replaced whole. A case keeps the values of its attributes as words.
    for (const table of ['core.rule_set', 'core.case_attribute', 'core.programme_standard'] as const)
      await trx.deleteFrom(table).where('edition_code', '=', code).execute();
    await writeScale(trx, code, edition.ratings);
    const samples = await writeSamples(trx, code, edition);
    await writeAttributes(trx, code, edition);
    await writeQuestions(trx, code, edition, samples);
    await settleSamples(trx, code, [...samples.keys()]);
    await writeProgrammes(trx, code, edition);
    await writeRules(trx, code, edition);
  });
}

async function writeScale(trx: Trx, edition_code: string, ratings: string[]): Promise<void> {
  await removeOthers(trx, 'core.rating', 'rating', edition_code, ratings);
  // Ranks are unique: move them out of the way before they are set.
  await sql`update core.rating set rating_rank = rating_rank + 1000 where edition_code = ${edition_code}`.execute(
    trx,
  );
  const rows = ratings.map((rating, rating_rank) => ({ edition_code, rating, rating_rank }));
  await put(trx, 'core.rating', rows, ['edition_code', 'rating']);
}

/** Writes samples and their kinds of case; returns the samples' keys by name. */
async function writeSamples(
  trx: Trx,
  edition_code: string,
  { samples }: EditionFile,
): Promise<Map<string, number>> {
  const rows = samples.map(({ sample }, at) => ({ edition_code, sample, position: at + 1 }));
  await put(trx, 'core.sample', rows, ['edition_code', 'sample']);
  const keys = await trx
    .selectFrom('core.sample')
    .select(['sample', 'sample_id'])
    .where('edition_code', '=', edition_code)
    .execute();
  const all = new Map(keys.map(({ sample, sample_id }) => [sample, sample_id]));
  const ids = new Map(samples.map(({ sample }) => [sample, all.get(sample) as number]));
  const kinds = samples.flatMap(({ sample, kinds = [] }) =>
    kinds.map(kindOf).map(({ kind, part_of = null, also = [] }, at) => ({
      ...{ sample_id: ids.get(sample) as number, kind },
      ...{ part_of, also_written: also, position: at + 1 },
    })),
  );
  await put(trx, 'core.case_kind', kinds, ['sample_id', 'kind']);
  const kept = kinds.map(({ sample_id, kind }) => `${sample_id} ${kind}`);
  await sql`
    delete from core.case_kind
    where sample_id = any(${[...ids.values()]}) and not (sample_id || ' ' || kind = any(${kept}))`.execute(
    trx,
  );
  return ids;
}

/**
 * Takes samples away that the edition has no more: no inspection drew one, but each has a row for it. Gives loaded inspections a row for
 * a sample that it did not have, so that its questions are theirs too; those that are known by ratings only, without their fieldwork,
 * have no figures for questions and need none.
 */
async function settleSamples(trx: Trx, edition_code: string, kept: string[]): Promise<void> {
  await sql`
    delete from core.inspection_sample
    using core.sample
    where sample.sample_id = inspection_sample.sample_id
      and sample.edition_code = ${edition_code}
      and not (sample.sample = any(${kept}))`.execute(trx);
  await removeOthers(trx, 'core.sample', 'sample', edition_code, kept);
  await sql`
    insert into core.inspection_sample (inspection_id, sample_id, edition_code)
    select inspection_id, sample_id, edition_code
    from core.inspection
    join core.sample using (edition_code)
    where edition_code = ${edition_code} and fieldwork_precision <> 'not known'
    on conflict do nothing`.execute(trx);
}

async function writeAttributes(
  trx: Trx,
  edition_code: string,
  { case_attributes: attributes = [] }: EditionFile,
): Promise<void> {
  const rows = attributes.map(({ attribute, about = null }, at) => {
    return { edition_code, attribute, about, position: at + 1 };
  });
  const values = attributes.flatMap(({ attribute, values }) =>
    values.map(codedValueOf).map(({ value, also = [] }, at) => {
      return { edition_code, attribute, value, also_written: also, position: at + 1 };
    }),
  );
  await put(trx, 'core.case_attribute', rows);
  await put(trx, 'core.attribute_value', values);
}

/** Writes the programmes, and which standards each inspects. */
async function writeProgrammes(trx: Trx, edition_code: string, { programmes }: EditionFile): Promise<void> {
  const rows = programmes.map(({ programme, title = null }, at) => {
    return { edition_code, programme, title, position: at + 1 };
  });
  const inspected = programmes.flatMap(({ programme, standards }) =>
    standards.map((standard_code) => ({ edition_code, programme, standard_code })),
  );
  await put(trx, 'core.programme', rows, ['edition_code', 'programme']);
  await put(trx, 'core.programme_standard', inspected, ['edition_code', 'programme', 'standard_code']);
  const names = programmes.map(({ programme }) => programme);
  await removeOthers(trx, 'core.programme', 'programme', edition_code, names);
}

async function writeQuestions(
  trx: Trx,
  edition_code: string,
  { domains }: EditionFile,
  samples: ReadonlyMap<string, number>,
): Promise<void> {
  let position = 0;
  const standards = domains.flatMap((domain) =>
    domain.standards.map((standard) => ({ standard, domain, position: ++position })),
  );
  const questions = standards.flatMap(({ standard, domain }) =>
    (standard.key_questions ?? []).flatMap((question) => {
      const basis = basisOf(standard, question);
      const sample_id = basis === 'cases' ? (samples.get(domain.sample ?? '') ?? null) : null;
      const of = (entry: QuestionEntry, parent?: string) => ({
        ...{ entry, parent, basis, sample_id, standard: standard.code, position: ++position },
      });
      return [of(question), ...(question.prompts ?? []).map((prompt) => of(prompt, question.code))];
    }),
  );
  const codes = standards.map(({ standard }) => standard.code);
  // A standard whose basis is not what it was goes first: its questions hang on it.
  await sql`
    delete from core.standard
    using unnest(${codes}::text[], ${standards.map(({ standard }) => standard.basis)}::text[]) as now (code, basis)
    where edition_code = ${edition_code} and standard_code = now.code and standard.basis <> now.basis`.execute(
    trx,
  );
  // A question may move to another standard: parents are named anew below, once they are where they belong.
  await trx
    .updateTable('core.question')
    .set({ level: 'key question', parent_question_id: null })
    .where('edition_code', '=', edition_code)
    .execute();
  await put(
    trx,
    'core.domain',
    domains.map(({ code, title, sample = null }) => ({ edition_code, domain_code: code, title, sample })),
    ['edition_code', 'domain_code'],
  );
  await put(
    trx,
    'core.standard',
    standards.map(({ standard, domain, position }) => ({
      ...{ edition_code, standard_code: standard.code, domain_code: domain.code, position },
      title: standard.title,
      statement: standard.statement ?? null,
      basis: standard.basis,
      rated_from: standard.rated_from ?? 'all key questions',
    })),
    ['edition_code', 'standard_code'],
  );
  await put(
    trx,
    'core.question',
    questions.map(({ entry, standard, basis, sample_id, position }) => ({
      ...{ edition_code, question_code: entry.code, level: 'key question', standard_code: standard, basis },
      ...{ sample_id, position, text: entry.text, applies_when: entry.applies_when ?? null },
      in_force: `[${entry.from ?? ''},${entry.until ?? ''})`,
    })),
    ['edition_code', 'question_code'],
  );
  const prompts = questions.filter(({ parent }) => parent !== undefined);
  await sql`
    update core.question
    set level = 'prompt', parent_question_id = parent.question_id
    from unnest(${prompts.map(({ entry }) => entry.code)}::text[], ${prompts.map(({ parent }) => parent)}::text[]) as prompt (code, parent_code)
    join core.question as parent on parent.question_code = parent_code and parent.edition_code = ${edition_code}
    where question.edition_code = ${edition_code} and question.question_code = prompt.code`.execute(trx);
  // Last, when everything that stays has moved out of what goes.
  const asked = questions.map(({ entry }) => entry.code);
  await removeOthers(trx, 'core.question', 'question_code', edition_code, asked);
  await removeOthers(trx, 'core.standard', 'standard_code', edition_code, codes);
  const domainCodes = domains.map(({ code }) => code);
  await removeOthers(trx, 'core.domain', 'domain_code', edition_code, domainCodes);
  await writeApplicability(trx, edition_code, questions);
}

/** Writes which cases questions are asked of, where that is not all of a sample. */
async function writeApplicability(
  trx: Trx,
  edition_code: string,
  questions: { entry: QuestionEntry; sample_id: number | null }[],
): Promise<void> {
  const keys = await trx
    .selectFrom('core.question')
    .select(['question_id', 'question_code'])
    .where('edition_code', '=', edition_code)
    .execute();
  if (keys.length === 0) return;
  const ids = new Map(keys.map(({ question_code, question_id }) => [question_code, question_id]));
  for (const table of ['core.question_kind', 'core.question_not_asked'] as const)
    await trx
      .deleteFrom(table)
      .where('question_id', 'in', [...ids.values()])
      .execute();
  const kinds = questions.flatMap(({ entry, sample_id }) =>
    (entry.applies_to_kinds ?? []).map((kind) => {
      return { question_id: ids.get(entry.code) as number, sample_id: sample_id as number, kind };
    }),
  );
  const excluded = questions.flatMap(({ entry }) =>
    Object.entries(entry.not_asked_where ?? {}).flatMap(([attribute, values]) =>
      values.map((value) => {
        return { question_id: ids.get(entry.code) as number, edition_code, attribute, value };
      }),
    ),
  );
  await put(trx, 'core.question_kind', kinds);
  await put(trx, 'core.question_not_asked', excluded);
}

/** Writes the rules, of which what is not known has no rows. */
async function writeRules(trx: Trx, edition_code: string, { rules }: EditionFile): Promise<void> {
  if (rules.length === 0) return;
  const written = await trx
    .insertInto('core.rule_set')
    .values(
      rules.map((entry) => ({
        edition_code,
        ...(entry.programme !== undefined && { programme: entry.programme }),
        effective_from: entry.effective_from,
        rounding: entry.rounding ?? null,
        band_on: entry.band_on ?? null,
        confidence_level: entry.confidence_level ?? null,
        discretion_points: entry.discretion?.points_from_boundary ?? null,
        discretion_judgements: entry.discretion?.differing_judgements ?? null,
        discretion_sample: entry.discretion?.small_sample ?? null,
        overall: entry.not_known?.includes('overall') ? null : (entry.overall ?? 'summed'),
        unrated_standard: entry.unrated_standard ?? null,
        note: entry.note ?? null,
      })),
    )
    .returning('rule_set_id')
    .execute();
  /** A part of all the rules, as rows. */
  const part = <Row extends object>(rowsOf: (of: RulesEntry) => Row[]) =>
    rules.flatMap((entry, nth) => {
      const own = { rule_set_id: written[nth]?.rule_set_id as number, edition_code };
      return rowsOf(entry).map((row) => ({ ...own, ...row }));
    });
  const bases = part(({ percentage_base = {} }) =>
    Object.entries(percentage_base).map(([level, base]) => ({ level, base })),
  );
  const bands = part((entry) => entry.bands ?? []);
  const overallBands = part((entry) => entry.overall_bands ?? []);
  const scored = part(({ scores = {} }) =>
    Object.entries(scores).map(([rating, score]) => ({ rating, score })),
  );
  const counting = part((entry) =>
    Object.entries(weightsOf(entry)).map(([standard_code, weight]) => ({ standard_code, weight })),
  );
  const limits = part(({ limiting_judgements = [] }) =>
    limiting_judgements.map((limit, at) => ({ limit_no: at + 1, minimum_standards: 1, ...limit })),
  );
  const limiting = limits.flatMap(({ rule_set_id, limit_no, standards }) =>
    standards.map((standard_code) => ({ rule_set_id, edition_code, limit_no, standard_code })),
  );
  await put(trx, 'core.percentage_base', bases);
  await put(trx, 'core.band', bands);
  await put(trx, 'core.overall_band', overallBands);
  await put(trx, 'core.rating_score', scored);
  await put(trx, 'core.counting_standard', counting);
  await put(
    trx,
    'core.limiting_judgement',
    limits.map(({ standards: _, ...limit }) => limit),
  );
  await put(trx, 'core.limiting_judgement_standard', limiting);
}

/** Deletes what the edition's file no longer has. */
async function removeOthers(
  trx: Trx,
  table: string,
  column: string,
  edition_code: string,
  kept: string[],
): Promise<void> {
  await sql`
    delete from ${sql.table(table)}
    where edition_code = ${edition_code} and not (${sql.ref(column)} = any(${kept}))`.execute(trx);
}
