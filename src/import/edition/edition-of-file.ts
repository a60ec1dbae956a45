import { type EditionDocument, type Framework, frameworkOf } from '../../framework/framework.js';
import {
  basisOf,
  codedValueOf,
  type DomainEntry,
  type EditionFile,
  kindOf,
  type QuestionEntry,
  type RulesEntry,
  type SampleEntry,
  type StandardEntry,
  weightsOf,
} from './edition-entries.js';

/** What the programme of an edition that names none is called. */
const onlyProgramme = 'full';

/** The edition that its files say, with everything that they may leave out. */
export function editionOfFile(file: EditionFile): Framework {
  const { domains } = file;
  const standards = domains.flatMap((domain) => domain.standards.map((standard) => ({ domain, standard })));
  return frameworkOf({
    code: String(file.edition),
    title: file.title,
    inUse: {
      reports: { from: file.reports_from, until: file.reports_until },
      fieldwork: { from: file.fieldwork_from, until: file.fieldwork_until },
    },
    ratings: file.ratings,
    kindOfCase: file.kind_of_case ?? 'disposal',
    samples: samplesOf(file).map(({ sample: name, kinds = [] }) => ({
      ...{ id: 0, name },
      kinds: kinds.map(kindOf).map(({ kind, part_of: partOf = null, also = [] }) => ({ kind, partOf, also })),
    })),
    attributes: (file.case_attributes ?? []).map(({ attribute: name, about = null, values }) => ({
      ...{ name, about },
      values: values.map(codedValueOf).map(({ value, also = [] }) => ({ value, alsoWritten: also })),
    })),
    programmes: programmesOf(file),
    domains: domains.map(({ code, title, sample = null }) => ({ code, title, sample })),
    standards: standards.map(
      ({ domain, standard: { code, title, statement = null, basis, rated_from } }) => ({
        ...{ code, title, statement, basis, domain: domain.code },
        ratedFrom: rated_from ?? 'all key questions',
      }),
    ),
    questions: standards.flatMap(({ domain, standard }) => questionsOf(standard, domain)),
    rules: rulesByProgramme(file).map(({ programme, entry }) => rulesOf(entry, programme)),
  });
}

/** The samples, those that domains name where none are listed. */
export const samplesOf = ({ samples, domains }: EditionFile): SampleEntry[] =>
  samples ?? [...new Set(domains.flatMap(({ sample }) => sample ?? []))].map((sample) => ({ sample }));

/** The programmes, each with the standards that it inspects. */
export function programmesOf({ programmes, domains }: EditionFile): EditionDocument['programmes'] {
  const all = domains.flatMap((domain) => domain.standards.map(({ code }) => code));
  return (programmes ?? [{ programme: onlyProgramme }]).map(
    ({ programme: name, title = null, standards = all }) => ({ name, title, standards }),
  );
}

function questionsOf(standard: StandardEntry, domain: DomainEntry): EditionDocument['questions'] {
  return (standard.key_questions ?? []).flatMap((question) => {
    const basis = basisOf(standard, question);
    const of = (entry: QuestionEntry, parent: string | null) => ({
      ...{
        id: 0,
        sampleId: null,
        code: entry.code,
        text: entry.text,
        standard: standard.code,
        parent,
        basis,
      },
      level: parent === null ? 'key question' : 'prompt',
      sample: basis === 'cases' ? (domain.sample ?? null) : null,
      appliesWhen: entry.applies_when ?? null,
      ...{ from: entry.from, until: entry.until },
      own: {
        kinds: entry.applies_to_kinds ?? [],
        notAsked: Object.entries(entry.not_asked_where ?? {}).flatMap(([attribute, values]) =>
          values.map((value) => ({ attribute, value })),
        ),
      },
    });
    return [of(question, null), ...(question.prompts ?? []).map((prompt) => of(prompt, question.code))];
  });
}

/** Rules of a programme: what the `nth` entry says of them, and with what is left of those before. */
export interface ProgrammeRules {
  programme: string;
  nth: number;
  own: Partial<RulesEntry>;
  entry: RulesEntry;
}

/** The rules of one programme after the other, each made whole out of those before. */
export const rulesByProgramme = (file: EditionFile): ProgrammeRules[] =>
  programmesOf(file).flatMap(({ name: programme }) => {
    let before: RulesEntry | undefined;
    return file.rules.map(({ programmes, ...common }, nth) => {
      const own = { ...common, ...programmes?.[programme] };
      const entry = withoutUnknown({ ...before, ...own }, own);
      before = entry;
      return { programme, nth, own, entry };
    });
  });

/** Rules less those that they say are not known; a rule that is said again is known again. */
function withoutUnknown(merged: RulesEntry, own: Partial<RulesEntry>): RulesEntry {
  const unknown = (merged.not_known ?? []).filter((rule) => own.not_known?.includes(rule) || !(rule in own));
  const known = Object.entries(merged).filter(([key]) => !(unknown as string[]).includes(key));
  return { ...(Object.fromEntries(known) as unknown as RulesEntry), not_known: unknown };
}

/** Intervals are not asked for of files: there is no quantile. */
const rulesOf = (entry: RulesEntry, programme: string): EditionDocument['rules'][number] => ({
  ...{ programme, effectiveFrom: entry.effective_from, note: entry.note ?? null, z: 0 },
  percentageBase: entry.percentage_base ?? {},
  ownRounding: entry.rounding ?? null,
  rounding: entry.rounding ?? 'half up',
  bandOn: entry.band_on ?? null,
  confidenceLevel: entry.confidence_level ?? null,
  bands: (entry.bands ?? []).map(({ from_percent, rating }) => ({ fromPercent: from_percent, rating })),
  discretion: {
    points: entry.discretion?.points_from_boundary ?? null,
    judgements: entry.discretion?.differing_judgements ?? null,
    sample: entry.discretion?.small_sample ?? null,
  },
  scores: entry.scores ?? {},
  countingStandards: Object.keys(weightsOf(entry)),
  weights: weightsOf(entry),
  overall: entry.not_known?.includes('overall') ? null : (entry.overall ?? 'summed'),
  overallBands: (entry.overall_bands ?? []).map(({ from_score, rating }) => ({
    fromScore: from_score,
    rating,
  })),
  limits: (entry.limiting_judgements ?? []).map((limit) => ({
    standards: limit.standards,
    atOrBelow: limit.at_or_below,
    minimumStandards: limit.minimum_standards ?? 1,
    overallAtMost: limit.overall_at_most,
  })),
  unratedStandard: entry.unrated_standard ?? null,
});
