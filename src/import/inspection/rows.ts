import type { Insertable } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Framework } from '../../framework/framework.js';
import type { ExaminedBundle } from '../bundle/examine.js';
import type {
  ContextEntry,
  InspectionFile,
  OverallEntry,
  Place,
  RatingEntry,
  ResultEntry,
} from '../bundle/inspection-file.js';
import { kindsOf, saidOfSamples } from '../bundle/sample-entries.js';
import { putStatement } from '../put.js';
import type { FoundService } from '../register/service.js';

/** The tables that an inspection's rows go to, each after those that it refers to. Answers are written by themselves. */
export const inspectionTables = [
  'core.inspection',
  'core.inspection_sample',
  'core.sample_kind',
  'core.inspected_case',
  'core.published_result',
  'core.prose_count',
  'core.published_standard_rating',
  'core.qualitative_rating',
  'core.judged_question',
  'core.published_overall',
  'core.panel_decision',
  'core.context_fact',
  'core.recommendation',
  'core.finding',
  'core.printed_contradiction',
] as const satisfies readonly (keyof DB)[];

/** The rows of an inspection by table. All rows of a table have the same columns. */
export type InspectionRows = { [Table in (typeof inspectionTables)[number]]: Insertable<DB[Table]>[] };

/** The statements that write them, in the order of the tables. */
export const rowStatements = (rows: InspectionRows) =>
  inspectionTables.flatMap(<Table extends keyof InspectionRows>(table: Table) =>
    putStatement(table, rows[table]),
  );

/** Which inspection it is to be. */
export interface Identity {
  inspectionId: number;
  service: FoundService;
  code: string;
}

const text = (value: Place | undefined): string | null => (value === undefined ? null : String(value));

/** An examined bundle as rows of the tables. Pure. */
export function inspectionRows(
  { inspection: file, framework, dates, listedCases, contradictions, isListed = false }: ExaminedBundle,
  { inspectionId, service, code }: Identity,
): InspectionRows {
  const id = { inspection_id: inspectionId };
  const own = { ...id, edition_code: framework.code };
  const published = Object.entries(file.standard_ratings ?? {}).map(([standard_code, entry]) => {
    const { rating, not_rated, place }: RatingEntry = typeof entry === 'string' ? { rating: entry } : entry;
    const isNotRated = not_rated ?? false;
    const lost = rating === undefined && !isNotRated;
    return {
      ...{ ...own, standard_code, rating: rating ?? null },
      ...{ not_rated: isNotRated, lost, place: text(place) },
    };
  });
  const { recommendations } = file;
  const results = Object.entries({ ...file.key_questions, ...file.prompts });
  const isCounted = (code: string) => framework.questions.get(code)?.sampleId !== null;
  return {
    'core.inspection': [
      {
        ...own,
        // Of an edition with several it has to be said which it was.
        programme:
          file.programme ??
          (framework.programmes.length === 1 ? (framework.programmes[0]?.name ?? null) : null),
        inspection_code: code,
        service_id: service.serviceId,
        service_at_inspection: service.name,
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
        is_listed_only: isListed,
        inspection_type: file.inspection_type ?? null,
        report_url: file.report.url ?? null,
        source: file.source ?? null,
        certainty: file.certainty ?? null,
        recommendations_made: Array.isArray(recommendations)
          ? recommendations.length
          : (recommendations ?? null),
        about: file.about ?? null,
      },
    ],
    ...sampleRows(own, file, framework, listedCases),
    'core.inspected_case': listedCases.map(({ number, sampleId, pseudonym, kind, attributes }) => ({
      ...id,
      case_no: number,
      sample_id: sampleId,
      pseudonym,
      kind,
      attributes,
    })),
    'core.published_result': results
      .filter(([code]) => isCounted(code))
      .map(([code, entry]) => ({ ...id, ...questionOf(framework, code), ...result(entry) })),
    'core.judged_question': results
      .filter(([code]) => !isCounted(code))
      .flatMap(([code, { rating, place }]) => {
        const question = framework.questions.get(code);
        return rating && question ? [{ ...own, question_id: question.id, rating, place: text(place) }] : [];
      }),
    'core.prose_count': Object.entries(file.prose_counts ?? {}).map(([code, { yes, of, place }]) => ({
      ...id,
      ...questionOf(framework, code),
      yes,
      relevant: of ?? null,
      place: text(place),
    })),
    'core.published_standard_rating': published,
    // A qualitative standard's rating is a judgement, and what the report prints is that judgement unless told otherwise.
    'core.qualitative_rating': framework.standards
      .filter(({ basis }) => basis === 'qualitative')
      .flatMap(({ code: standard_code }) => {
        const printed = published.find((row) => row.standard_code === standard_code)?.rating;
        const rating = file.judgements?.[standard_code] ?? printed;
        return rating ? [{ ...own, standard_code, rating }] : [];
      }),
    'core.published_overall': file.overall ? [{ ...own, ...overall(file.overall) }] : [],
    'core.panel_decision': (file.professional_discretion ?? []).map(
      ({ standard, from, to, reason, place }) => ({
        ...own,
        standard_code: String(standard),
        from_rating: from,
        to_rating: to,
        reason,
        place: text(place),
      }),
    ),
    'core.context_fact': (file.context ?? [])
      .flatMap(contextFacts)
      .map((fact, at) => ({ ...own, fact_no: at + 1, ...fact })),
    'core.recommendation': (Array.isArray(recommendations) ? recommendations : []).map(
      ({ number, addressed_to, summary, domain, place }, at) => ({
        ...own,
        recommendation_no: number ?? at + 1,
        addressed_to,
        summary,
        domain_code: text(domain),
        place: text(place),
      }),
    ),
    'core.finding': (file.findings ?? []).map(({ kind, domain, standard, summary, place }, at) => ({
      ...own,
      finding_no: at + 1,
      kind,
      domain_code: text(domain),
      standard_code: text(standard),
      summary,
      place: text(place),
    })),
    // Those of questions and of the score show in the figures themselves, which are kept as they are printed.
    'core.printed_contradiction': contradictions
      .filter(({ path }) => path[0] === 'sample' || path[0] === 'samples')
      .map(({ path, published: printed, beside, message }, at) => ({
        ...id,
        contradiction_no: at + 1,
        code: path.slice(1).join('.'),
        published: printed,
        beside,
        explanation: message,
        place: text((file.samples ?? file.sample)?.[String(path[1])]?.place),
      })),
  };
}

function sampleRows(
  { inspection_id, edition_code }: { inspection_id: number; edition_code: string },
  file: InspectionFile,
  framework: Framework,
  listedCases: ExaminedBundle['listedCases'],
): Pick<InspectionRows, 'core.inspection_sample' | 'core.sample_kind'> {
  const said = saidOfSamples(file, framework);
  // A sample of which no case is listed may have had none, or may not have been listed.
  const listed = (sample: string) => listedCases.filter((one) => one.sample === sample).length || undefined;
  return {
    // A sample that the source says nothing of has an unknown number of cases; its figures may still be known.
    'core.inspection_sample': [...framework.samples.values()].map(({ id, name }) => {
      const entry = said.find(({ sample }) => sample?.id === id)?.entry;
      // what is listed, where the report prints another number
      const cases = listed(name) ?? entry?.cases;
      return {
        inspection_id,
        edition_code,
        sample_id: id,
        cases: cases ?? null,
        eligible_cases: possible(entry?.eligible_cases, cases),
        case_manager_interviews: entry?.case_manager_interviews ?? null,
        place: text(entry?.place),
      };
    }),
    'core.sample_kind': said.flatMap(({ sample, entry }) =>
      sample
        ? kindsOf({ entry, sample }).map(({ kind, cases }) => ({
            ...{ inspection_id, sample_id: sample.id },
            ...{ kind, cases },
          }))
        : [],
    ),
  };
}

/** Eligible cases; null where they are fewer than were inspected, which nothing can be computed from. */
const possible = (eligible: number | undefined, cases: number | undefined): number | null =>
  eligible === undefined || eligible < (cases ?? 0) ? null : eligible;

const result = (entry: ResultEntry) => ({
  relevant: entry.relevant_cases ?? null,
  yes: entry.yes ?? null,
  percent: entry.percent_yes ?? null,
  no_relevant_case: entry.not_applicable ?? false,
  relevant_lost: entry.lost?.includes('relevant_cases') ?? false,
  yes_lost: entry.lost?.includes('yes') ?? false,
  percent_lost: entry.lost?.includes('percent_yes') ?? false,
  place: text(entry.place),
});

const overall = ({ rating, not_rated, score, score_percent, out_of, lost, place }: OverallEntry) => ({
  rating: rating ?? null,
  not_rated: not_rated ?? false,
  score_percent: score_percent === undefined ? null : String(score_percent),
  rating_lost: lost?.includes('rating') ?? false,
  score: score ?? null,
  score_lost: lost?.includes('score') ?? false,
  out_of: out_of ?? null,
  place: text(place),
});

function questionOf(framework: Framework, code: string): { question_id: number; sample_id: number } {
  const question = framework.questions.get(code);
  if (!question || question.sampleId === null) throw new Error(`question ${code} was not checked`);
  return { question_id: question.id, sample_id: question.sampleId };
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
