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
import { putStatement, type Row } from '../put.js';
import type { SoundBundle } from '../session.js';

/** The rows of an inspection by table, each table after those that it refers to. Answers are written by themselves. */
type InspectionRows = { [Table in keyof DB]?: Row<Table>[] };

/** The statements that write the rows of inspections, one a table, in the order of the tables. */
export function rowStatements(inspections: readonly InspectionRows[]) {
  const statement = <Table extends keyof DB & string>(table: Table) =>
    putStatement(
      table,
      inspections.flatMap((rows): Row<Table>[] => rows[table] ?? []),
    );
  return (Object.keys(inspections[0] ?? {}) as (keyof DB & string)[]).flatMap((table) => statement(table));
}

const text = (value: Place | undefined): string | undefined => value?.toString();

/** An examined bundle as rows of the tables, under the key, code and service that it is to have. Pure. */
export function inspectionRows(
  { inspection: file, framework, dates, service, listedCases, contradictions, isListed = false }: SoundBundle,
  { inspectionId, code }: { inspectionId: number; code: string },
): InspectionRows {
  const id = { inspection_id: inspectionId };
  const own = { ...id, edition_code: framework.code };
  const { report, standard_ratings = {}, recommendations } = file;
  const published = Object.entries(standard_ratings).map(([standard_code, entry]) => {
    const { rating, not_rated, place }: RatingEntry = typeof entry === 'string' ? { rating: entry } : entry;
    const lost = rating === undefined && !not_rated;
    return { ...own, standard_code, rating, not_rated: not_rated ?? false, lost, place: text(place) };
  });
  const results = Object.entries({ ...file.key_questions, ...file.prompts });
  const isCounted = (of: string) => framework.questions.get(of)?.sampleId !== null;
  // Of an edition with several programmes it has to be said which it was.
  const [only, ...others] = framework.programmes;
  return {
    'core.inspection': [
      {
        ...own,
        programme: file.programme ?? (others.length === 0 ? only?.name : undefined),
        inspection_code: code,
        service_id: service.serviceId,
        service_at_inspection: service.name,
        title: report.title,
        isbn: text(report.isbn),
        lead_inspector: report.lead_inspector,
        fieldwork_start: dates.fieldworkStart,
        fieldwork_end: dates.fieldworkEnd,
        fieldwork_precision: dates.fieldworkPrecision,
        published: dates.published,
        published_year: dates.publishedYear,
        published_precision: dates.publishedPrecision,
        is_synthetic: file.synthetic ?? false,
        is_listed_only: isListed,
        inspection_type: file.inspection_type,
        report_url: report.url,
        source: file.source,
        certainty: file.certainty,
        recommendations_made: Array.isArray(recommendations) ? recommendations.length : recommendations,
        about: file.about,
      },
    ],
    ...sampleRows(own, file, framework, listedCases),
    'core.inspected_case': listedCases.map(({ number, sampleId, pseudonym, kind, attributes }) => ({
      ...{ ...id, case_no: number, sample_id: sampleId, pseudonym, kind, attributes },
    })),
    'core.published_result': results
      .filter(([of]) => isCounted(of))
      .map(([of, entry]) => ({ ...id, ...questionOf(framework, of), ...result(entry) })),
    'core.judged_question': results.flatMap(([of, { rating, place }]) => {
      const question = framework.questions.get(of);
      const isJudged = rating && question && !isCounted(of);
      return isJudged ? [{ ...own, question_id: question.id, rating, place: text(place) }] : [];
    }),
    'core.prose_count': Object.entries(file.prose_counts ?? {}).map(([of, { yes, of: relevant, place }]) => ({
      ...{ ...id, ...questionOf(framework, of), yes, relevant, place: text(place) },
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
        ...{ ...own, standard_code: String(standard), from_rating: from, to_rating: to },
        ...{ reason, place: text(place) },
      }),
    ),
    'core.context_fact': (file.context ?? [])
      .flatMap(contextFacts)
      .map((fact, at) => ({ ...own, fact_no: at + 1, ...fact })),
    'core.recommendation': (Array.isArray(recommendations) ? recommendations : []).map(
      ({ number, addressed_to, summary, domain, place }, at) => ({
        ...{ ...own, recommendation_no: number ?? at + 1, addressed_to, summary },
        ...{ domain_code: text(domain), place: text(place) },
      }),
    ),
    'core.finding': (file.findings ?? []).map(({ kind, domain, standard, summary, place }, at) => ({
      ...{ ...own, finding_no: at + 1, kind, summary },
      ...{ domain_code: text(domain), standard_code: text(standard), place: text(place) },
    })),
    // Those of questions and of the score show in the figures themselves, which are kept as they are printed.
    'core.printed_contradiction': contradictions
      .filter(({ path }) => path[0] === 'sample' || path[0] === 'samples')
      .map(({ path, published: printed, beside, message }, at) => ({
        ...{ ...id, contradiction_no: at + 1, code: path.slice(1).join('.'), published: printed, beside },
        explanation: message,
        place: text((file.samples ?? file.sample)?.[String(path[1])]?.place),
      })),
  };
}

function sampleRows(
  own: { inspection_id: number; edition_code: string },
  file: InspectionFile,
  framework: Framework,
  listedCases: ExaminedBundle['listedCases'],
): InspectionRows {
  const said = saidOfSamples(file, framework);
  return {
    // A sample that the source says nothing of has an unknown number of cases; its figures may still be known.
    'core.inspection_sample': [...framework.samples.values()].map(({ id, name }) => {
      const { eligible_cases: eligible, ...entry } =
        said.find(({ sample }) => sample?.id === id)?.entry ?? {};
      // What is listed, where the report prints another number. A sample of which no case is listed may not have been listed.
      const cases = listedCases.filter(({ sample }) => sample === name).length || entry.cases;
      return {
        ...{ ...own, sample_id: id, cases, case_manager_interviews: entry.case_manager_interviews },
        // Nothing can be computed from fewer than were inspected.
        eligible_cases: eligible !== undefined && eligible >= (cases ?? 0) ? eligible : undefined,
        place: text(entry.place),
      };
    }),
    'core.sample_kind': said.flatMap(({ sample, entry }) =>
      sample
        ? kindsOf({ entry, sample }).map(({ kind, cases }) => ({
            ...{ inspection_id: own.inspection_id, sample_id: sample.id, kind, cases },
          }))
        : [],
    ),
  };
}

const result = ({ relevant_cases, yes, percent_yes, not_applicable, lost = [], place }: ResultEntry) => ({
  ...{ relevant: relevant_cases, yes, percent: percent_yes, no_relevant_case: not_applicable ?? false },
  relevant_lost: lost.includes('relevant_cases'),
  yes_lost: lost.includes('yes'),
  percent_lost: lost.includes('percent_yes'),
  place: text(place),
});

const overall = ({ rating, not_rated, score, score_percent, out_of, lost = [], place }: OverallEntry) => ({
  ...{ rating, not_rated: not_rated ?? false, score, score_percent: text(score_percent), out_of },
  rating_lost: lost.includes('rating'),
  score_lost: lost.includes('score'),
  place: text(place),
});

function questionOf(framework: Framework, code: string): { question_id: number; sample_id: number } {
  const question = framework.questions.get(code);
  if (!question || question.sampleId === null) throw new Error(`question ${code} was not checked`);
  return { question_id: question.id, sample_id: question.sampleId };
}

/** A fact in rows of one value and one unit: a count and its percentage are two. */
const contextFacts = (entry: ContextEntry) =>
  (['value', 'percent'] as const).flatMap((kind) => {
    const { measure, breakdown, category, as_at, source, lost = [] } = entry;
    const [national, other] = [`national_${kind}`, `comparator_${kind}`] as const;
    if (entry[kind] === undefined && !lost.includes(kind)) return [];
    const hasNational = entry[national] !== undefined || lost.includes(national);
    return [
      {
        ...{ measure, breakdown, category, as_at, source, period: text(entry.period ?? entry.year) },
        ...{ domain_code: text(entry.domain), standard_code: text(entry.standard), place: text(entry.place) },
        value: entry[kind],
        unit: kind === 'percent' ? kind : (entry.unit ?? 'number'),
        lost: lost.includes(kind),
        comparator: hasNational ? 'England and Wales' : entry.comparator,
        comparator_value: hasNational ? entry[national] : entry[other],
        comparator_lost: lost.includes(national) || lost.includes(other),
      },
    ];
  });
