import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Framework, FrameworkQuestion, FrameworkRules } from '../../framework/framework.js';
import { put } from '../put.js';
import { withRulesChanging } from '../renew.js';

type Trx = Transaction<DB>;

/**
 * Writes an edition: its scale, questions and rules. One that is there already is brought to what is given; questions keep their keys,
 * so that results go on belonging to them. What inspections use has to be checked before.
 */
export async function writeEdition(trx: Trx, edition: Framework): Promise<void> {
  const { code: edition_code, title, inUse, kindOfCase: kind_of_case } = edition;
  const head = {
    ...{ edition_code, title, kind_of_case },
    ...{ reports_from: inUse.reports.from, reports_until: inUse.reports.until },
    ...{ fieldwork_from: inUse.fieldwork.from, fieldwork_until: inUse.fieldwork.until },
  };
  await withRulesChanging(trx, edition_code, async () => {
    await put(trx, 'core.edition', [head], ['edition_code']);
    await makeWay(trx, edition);
    const ratings = edition.ratings.map((rating, rating_rank) => ({ edition_code, rating, rating_rank }));
    await put(trx, 'core.rating', ratings, ['edition_code', 'rating']);
    const samples = await writeSamples(trx, edition);
    await writeAttributes(trx, edition);
    await writeQuestions(trx, edition, samples);
    await writeProgrammes(trx, edition);
    await writeRules(trx, edition);
    await settle(trx, edition);
  });
}

/** Takes away what is replaced whole, and whatever would be in the way of what is to come. */
async function makeWay(trx: Trx, { code, standards }: Framework): Promise<void> {
  // Nothing refers to these by key. A case keeps the values of its attributes as words.
  for (const table of ['core.rule_set', 'core.case_attribute', 'core.programme_standard'] as const)
    await trx.deleteFrom(table).where('edition_code', '=', code).execute();
  // Ranks are unique.
  await sql`update core.rating set rating_rank = rating_rank + 1000 where edition_code = ${code}`.execute(
    trx,
  );
  // The questions of a standard hang on its basis.
  await sql`
    delete from core.standard
    using unnest(${standards.map((one) => one.code)}::text[], ${standards.map(({ basis }) => basis)}::text[]) as now (code, basis)
    where edition_code = ${code} and standard_code = now.code and standard.basis <> now.basis`.execute(trx);
  // A question may move to another standard, or to the other level.
  const apart = { level: 'key question', parent_question_id: null };
  await trx.updateTable('core.question').set(apart).where('edition_code', '=', code).execute();
  await sql`
    delete from core.question_kind using core.question
    where question.question_id = question_kind.question_id and question.edition_code = ${code}`.execute(trx);
  await trx.deleteFrom('core.question_not_asked').where('edition_code', '=', code).execute();
}

/** Writes samples and their kinds of case; returns the samples' keys by name. */
async function writeSamples(
  trx: Trx,
  { code: edition_code, samples }: Framework,
): Promise<Map<string, number>> {
  const rows = [...samples.keys()].map((sample, at) => ({ edition_code, sample, position: at + 1 }));
  await put(trx, 'core.sample', rows, ['edition_code', 'sample']);
  const found = await trx
    .selectFrom('core.sample')
    .select(['sample', 'sample_id'])
    .where('edition_code', '=', edition_code)
    .execute();
  const keys = new Map(found.map(({ sample, sample_id }) => [sample, sample_id]));
  const kinds = [...samples.values()].flatMap(({ name, kinds, alsoWritten }) =>
    [...kinds].map(([kind, part_of], at) => ({
      ...{ sample_id: keys.get(name) as number, kind, part_of, position: at + 1 },
      also_written: [...(alsoWritten.get(kind) ?? [])],
    })),
  );
  await put(trx, 'core.case_kind', kinds, ['sample_id', 'kind']);
  const kept = kinds.map(({ sample_id, kind }) => `${sample_id} ${kind}`);
  await sql`
    delete from core.case_kind using core.sample
    where sample.sample_id = case_kind.sample_id and sample.edition_code = ${edition_code}
      and not (case_kind.sample_id || ' ' || kind = any(${kept}))`.execute(trx);
  return keys;
}

async function writeAttributes(trx: Trx, { code: edition_code, attributes }: Framework): Promise<void> {
  const rows = attributes.map(({ name: attribute, about }, at) => {
    return { edition_code, attribute, about, position: at + 1 };
  });
  const values = attributes.flatMap(({ name: attribute, values }) =>
    values.map(({ value, alsoWritten }, at) => {
      return { edition_code, attribute, value, also_written: [...alsoWritten], position: at + 1 };
    }),
  );
  await put(trx, 'core.case_attribute', rows);
  await put(trx, 'core.attribute_value', values);
}

/** Writes domains, standards, and key questions before their prompts; then which cases they are asked of. */
async function writeQuestions(
  trx: Trx,
  { code: edition_code, ...edition }: Framework,
  samples: ReadonlyMap<string, number>,
): Promise<void> {
  const domains = [...edition.domains.values()].map(({ code: domain_code, title, sample }) => {
    return { edition_code, domain_code, title, sample };
  });
  await put(trx, 'core.domain', domains, ['edition_code', 'domain_code']);
  const standards = edition.standards.map((one, at) => ({
    ...{ edition_code, standard_code: one.code, domain_code: one.domain, position: at + 1 },
    ...{ title: one.title, statement: one.statement, basis: one.basis },
    rated_from: one.ratedFrom ?? 'all key questions',
  }));
  await put(trx, 'core.standard', standards, ['edition_code', 'standard_code']);
  const questions = [...edition.questions.values()];
  let keys = new Map<string, number>();
  for (const level of ['key question', 'prompt']) {
    const rows = questions.flatMap((one, at) => {
      if (one.level !== level) return [];
      return {
        ...{ edition_code, question_code: one.code, level, standard_code: one.standard, basis: one.basis },
        ...{
          parent_question_id: keys.get(one.parent ?? '') ?? null,
          sample_id: samples.get(one.sample ?? '') ?? null,
        },
        ...{ position: standards.length + at + 1, text: one.text, applies_when: one.appliesWhen },
        in_force: `[${one.from ?? ''},${one.until ?? ''})`,
      };
    });
    await put(trx, 'core.question', rows, ['edition_code', 'question_code']);
    const found = await trx
      .selectFrom('core.question')
      .select(['question_id', 'question_code'])
      .where('edition_code', '=', edition_code)
      .execute();
    keys = new Map(found.map(({ question_code, question_id }) => [question_code, question_id]));
  }
  const idOf = ({ code }: FrameworkQuestion) => ({ question_id: keys.get(code) as number });
  const kinds = questions.flatMap((one) =>
    one.own.kinds.map((kind) => ({ ...idOf(one), sample_id: samples.get(one.sample ?? '') as number, kind })),
  );
  const excluded = questions.flatMap((one) =>
    one.own.notAsked.map(({ attribute, value }) => ({ ...idOf(one), edition_code, attribute, value })),
  );
  await put(trx, 'core.question_kind', kinds);
  await put(trx, 'core.question_not_asked', excluded);
}

/** Writes the programmes, and which standards each inspects. */
async function writeProgrammes(
  trx: Trx,
  { code: edition_code, programmes, inspects }: Framework,
): Promise<void> {
  const rows = programmes.map(({ name, title }, at) => {
    return { edition_code, programme: name, title, position: at + 1 };
  });
  const inspected = [...inspects].flatMap(([programme, standards]) =>
    [...standards].map((standard_code) => ({ edition_code, programme, standard_code })),
  );
  await put(trx, 'core.programme', rows, ['edition_code', 'programme']);
  await put(trx, 'core.programme_standard', inspected);
}

/** Writes the rules, of which what is not known has no rows. */
async function writeRules(trx: Trx, { code: edition_code, rules }: Framework): Promise<void> {
  const written = await trx
    .insertInto('core.rule_set')
    .values(
      rules.map((one) => ({
        ...{ edition_code, programme: one.programme, effective_from: one.effectiveFrom, note: one.note },
        ...{ rounding: one.ownRounding, band_on: one.bandOn, confidence_level: one.confidenceLevel },
        ...{ discretion_points: one.discretion.points, discretion_judgements: one.discretion.judgements },
        ...{ discretion_sample: one.discretion.sample, overall: one.overall ?? null },
        unrated_standard: one.unratedStandard,
      })),
    )
    .returning('rule_set_id')
    .execute();
  /** A part of all the rules, as rows. */
  const part = <Row extends object>(rowsOf: (of: FrameworkRules) => Row[]) =>
    rules.flatMap((one, nth) => {
      const own = { rule_set_id: written[nth]?.rule_set_id as number, edition_code };
      return rowsOf(one).map((row) => ({ ...own, ...row }));
    });
  const limits = part(({ limits }) => limits.map((limit, at) => ({ limit_no: at + 1, limit })));
  await put(
    trx,
    'core.percentage_base',
    part(({ percentageBase }) => Object.entries(percentageBase).map(([level, base]) => ({ level, base }))),
  );
  await put(
    trx,
    'core.band',
    part(({ bands }) => bands.map(({ fromPercent, rating }) => ({ from_percent: fromPercent, rating }))),
  );
  await put(
    trx,
    'core.overall_band',
    part((one) => one.overallBands.map(({ fromScore, rating }) => ({ from_score: fromScore, rating }))),
  );
  await put(
    trx,
    'core.rating_score',
    part(({ scores }) => Object.entries(scores).map(([rating, score]) => ({ rating, score }))),
  );
  await put(
    trx,
    'core.counting_standard',
    part(({ weights = {} }) =>
      Object.entries(weights).map(([standard_code, weight]) => ({ standard_code, weight })),
    ),
  );
  await put(
    trx,
    'core.limiting_judgement',
    limits.map(({ limit, ...own }) => ({
      ...{ ...own, at_or_below: limit.atOrBelow, overall_at_most: limit.overallAtMost },
      minimum_standards: limit.minimumStandards,
    })),
  );
  await put(
    trx,
    'core.limiting_judgement_standard',
    limits.flatMap(({ limit, ...own }) =>
      limit.standards.map((standard_code) => ({ ...own, standard_code })),
    ),
  );
}

/**
 * Last, when everything that stays has moved out of what goes: takes away what the edition has no more. No inspection drew a sample that
 * goes, but each has a row for it. Loaded inspections get a row for a sample that they did not have, so that its questions are theirs
 * too; those that are known by ratings only, without their fieldwork, have no figures for questions and need none.
 */
async function settle(trx: Trx, { code, ...edition }: Framework): Promise<void> {
  const samples = [...edition.samples.keys()];
  await sql`
    delete from core.inspection_sample
    using core.sample
    where sample.sample_id = inspection_sample.sample_id
      and sample.edition_code = ${code}
      and not (sample.sample = any(${samples}))`.execute(trx);
  const kept = {
    question: ['question_code', [...edition.questions.keys()]],
    standard: ['standard_code', edition.standards.map((one) => one.code)],
    domain: ['domain_code', [...edition.domains.keys()]],
    sample: ['sample', samples],
    programme: ['programme', edition.programmes.map(({ name }) => name)],
    rating: ['rating', edition.ratings],
  } as const;
  for (const [table, [column, names]] of Object.entries(kept))
    await sql`
      delete from ${sql.table(`core.${table}`)}
      where edition_code = ${code} and not (${sql.ref(column)} = any(${names}))`.execute(trx);
  await sql`
    insert into core.inspection_sample (inspection_id, sample_id, edition_code)
    select inspection_id, sample_id, edition_code
    from core.inspection
    join core.sample using (edition_code)
    where edition_code = ${code} and fieldwork_precision <> 'not known'
    on conflict do nothing`.execute(trx);
}
