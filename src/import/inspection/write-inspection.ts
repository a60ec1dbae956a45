import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import {
  type Bundle,
  type ContextEntry,
  type Place,
  type ResultEntry,
  type SampleKey,
  sampleKeys,
} from '../bundle/bundle.js';
import { notDisposals } from '../bundle/check/samples.js';
import type { InspectionDates } from '../bundle/dates.js';
import type { Framework } from '../edition/framework.js';

type Trx = Transaction<DB>;

/** What a bundle was found to be about. */
export interface Subject {
  serviceId: number;
  serviceName: string;
  dates: InspectionDates;
  framework: Framework;
}

const text = (value: Place | undefined): string | null => (value === undefined ? null : String(value));

/**
 * Writes an inspection that was checked; one of the same service and fieldwork date is replaced whole and keeps its key.
 * Returns that key.
 */
export async function writeInspection(
  trx: Trx,
  { inspection: file }: Bundle,
  subject: Subject,
): Promise<number> {
  const { framework } = subject;
  const inspectionId = await writeHead(trx, file, subject);
  const own = { inspection_id: inspectionId, edition_code: framework.edition };

  await writeSamples(trx, own, file.sample ?? {}, framework);
  await writeResults(trx, inspectionId, { ...file.key_questions, ...file.prompts }, framework);
  const prose = Object.entries(file.prose_counts ?? {}).map(([code, { yes, of, place }]) => ({
    inspection_id: inspectionId,
    ...questionOf(framework, code),
    yes,
    relevant: of ?? null,
    place: text(place),
  }));
  if (prose.length > 0) await trx.insertInto('core.prose_count').values(prose).execute();

  const published = Object.entries(file.standard_ratings ?? {}).map(([standard_code, entry]) => {
    const { rating, place } = typeof entry === 'string' ? { rating: entry, place: undefined } : entry;
    return { ...own, standard_code, rating: rating ?? null, lost: rating === undefined, place: text(place) };
  });
  if (published.length > 0)
    await trx.insertInto('core.published_standard_rating').values(published).execute();

  // A qualitative standard's rating is a judgement, and what the report prints is that judgement unless told otherwise.
  const judged = [...framework.standards]
    .filter(([, { basis }]) => basis === 'qualitative')
    .flatMap(([standard_code]) => {
      const rating =
        file.judgements?.[standard_code] ??
        published.find((row) => row.standard_code === standard_code)?.rating;
      return rating ? [{ ...own, standard_code, rating }] : [];
    });
  if (judged.length > 0) await trx.insertInto('core.qualitative_rating').values(judged).execute();

  if (file.overall) {
    const { rating, score, out_of, lost, place } = file.overall;
    await trx
      .insertInto('core.published_overall')
      .values({
        ...own,
        rating: rating ?? null,
        rating_lost: lost?.includes('rating') ?? false,
        score: score ?? null,
        score_lost: lost?.includes('score') ?? false,
        out_of: out_of ?? null,
        place: text(place),
      })
      .execute();
  }
  const decisions = (file.professional_discretion ?? []).map(({ standard, from, to, reason, place }) => ({
    ...own,
    standard_code: String(standard),
    from_rating: from,
    to_rating: to,
    reason,
    place: text(place),
  }));
  if (decisions.length > 0) await trx.insertInto('core.panel_decision').values(decisions).execute();

  const facts = (file.context ?? []).flatMap(contextFacts);
  if (facts.length > 0) {
    const rows = facts.map((fact, at) => ({ ...own, fact_no: at + 1, ...fact }));
    await trx.insertInto('core.context_fact').values(rows).execute();
  }
  if (Array.isArray(file.recommendations) && file.recommendations.length > 0) {
    const rows = file.recommendations.map(({ number, addressed_to, summary, domain, place }, at) => ({
      ...own,
      recommendation_no: number ?? at + 1,
      addressed_to,
      summary,
      domain_code: text(domain),
      place: text(place),
    }));
    await trx.insertInto('core.recommendation').values(rows).execute();
  }
  if (file.findings && file.findings.length > 0) {
    const rows = file.findings.map(({ kind, domain, standard, summary, place }, at) => ({
      ...own,
      finding_no: at + 1,
      kind,
      domain_code: text(domain),
      standard_code: text(standard),
      summary,
      place: text(place),
    }));
    await trx.insertInto('core.finding').values(rows).execute();
  }
  return inspectionId;
}

/** The inspection's own row. What an earlier load wrote is taken away, but for the key. */
async function writeHead(
  trx: Trx,
  file: Bundle['inspection'],
  { serviceId, serviceName, dates, framework }: Subject,
): Promise<number> {
  const { service_code } = await trx
    .selectFrom('core.service')
    .select('service_code')
    .where('service_id', '=', serviceId)
    .executeTakeFirstOrThrow();
  const before = await trx
    .deleteFrom('core.inspection')
    .where('service_id', '=', serviceId)
    .where('fieldwork_start', '=', dates.fieldworkStart)
    .returning('inspection_id')
    .executeTakeFirst();
  const { recommendations } = file;
  const insert = trx.insertInto('core.inspection').values({
    ...before,
    inspection_code: `${service_code}-${dates.fieldworkStart}`,
    service_id: serviceId,
    edition_code: framework.edition,
    service_at_inspection: serviceName,
    title: file.report.title ?? null,
    isbn: text(file.report.isbn),
    lead_inspector: file.report.lead_inspector ?? null,
    fieldwork_start: dates.fieldworkStart,
    fieldwork_end: dates.fieldworkEnd,
    fieldwork_precision: dates.fieldworkPrecision,
    published: dates.published,
    published_year: dates.publishedYear,
    published_precision: dates.publishedPrecision,
    is_synthetic: file.synthetic ?? false,
    recommendations_made: Array.isArray(recommendations) ? recommendations.length : (recommendations ?? null),
    about: file.about ?? null,
  });
  const { inspection_id } = await insert.returning('inspection_id').executeTakeFirstOrThrow();
  return inspection_id;
}

async function writeSamples(
  trx: Trx,
  own: { inspection_id: number; edition_code: string },
  entries: NonNullable<Bundle['inspection']['sample']>,
  framework: Framework,
): Promise<void> {
  const byName = new Map(
    Object.entries(entries).map(([key, entry]) => [sampleKeys[key as SampleKey] as string, entry]),
  );
  // A sample that the source says nothing of has an unknown number of cases; its figures may still be known.
  const samples = [...framework.questionnaires].map(([sample, questionnaire_id]) => ({
    ...own,
    sample,
    questionnaire_id,
    cases: byName.get(sample)?.cases ?? null,
    case_manager_interviews: byName.get(sample)?.case_manager_interviews ?? null,
    place: text(byName.get(sample)?.place),
  }));
  if (samples.length > 0) await trx.insertInto('core.inspection_sample').values(samples).execute();
  const disposals = [...byName].flatMap(([sample, entry]) =>
    Object.entries(entry)
      .filter(([key]) => !notDisposals.includes(key))
      .map(([disposal, cases]) => ({
        inspection_id: own.inspection_id,
        sample,
        disposal,
        cases: cases as number,
      })),
  );
  if (disposals.length > 0) await trx.insertInto('core.sample_disposal').values(disposals).execute();
}

async function writeResults(
  trx: Trx,
  inspection_id: number,
  results: Record<string, ResultEntry>,
  framework: Framework,
): Promise<void> {
  const rows = Object.entries(results).map(([code, entry]) => ({
    inspection_id,
    ...questionOf(framework, code),
    relevant: entry.relevant_cases ?? null,
    yes: entry.yes ?? null,
    percent: entry.percent_yes ?? null,
    no_relevant_case: entry.not_applicable ?? false,
    relevant_lost: entry.lost?.includes('relevant_cases') ?? false,
    yes_lost: entry.lost?.includes('yes') ?? false,
    percent_lost: entry.lost?.includes('percent_yes') ?? false,
    place: text(entry.place),
  }));
  if (rows.length > 0) await trx.insertInto('core.published_result').values(rows).execute();
}

function questionOf(framework: Framework, code: string): { question_id: number; questionnaire_id: number } {
  const question = framework.questions.get(code);
  if (!question || question.questionnaire === null) throw new Error(`question ${code} was not checked`);
  return { question_id: question.id, questionnaire_id: question.questionnaire };
}

/** A fact in rows of one value and one unit: a count and its percentage are two. */
function contextFacts(entry: ContextEntry) {
  const common = {
    measure: entry.measure,
    breakdown: entry.breakdown ?? null,
    category: entry.category ?? null,
    period: text(entry.period ?? entry.year),
    as_at: entry.as_at ?? null,
    source: entry.source ?? null,
    domain_code: text(entry.domain),
    standard_code: text(entry.standard),
    place: text(entry.place),
  };
  const isLost = (key: string) => entry.lost?.includes(key) ?? false;
  const figure = (kind: 'value' | 'percent', unit: string) => {
    if (entry[kind] === undefined && !isLost(kind)) return [];
    const national = entry[`national_${kind}`];
    const hasNational = national !== undefined || isLost(`national_${kind}`);
    return [
      {
        ...common,
        value: entry[kind] ?? null,
        unit,
        lost: isLost(kind),
        comparator: hasNational ? 'England and Wales' : (entry.comparator ?? null),
        comparator_value: (hasNational ? national : entry[`comparator_${kind}`]) ?? null,
        comparator_lost: isLost(`national_${kind}`) || isLost(`comparator_${kind}`),
      },
    ];
  };
  return [...figure('value', entry.unit ?? 'number'), ...figure('percent', 'percent')];
}
