import { basisOf, type EditionFile, type RulesEntry, weightsOf } from '../import/edition/edition-entries.js';
import type { Edition, Rules } from '../ratings/rules.js';

/**
 * An edition's files as src/ratings takes them. Intervals are not asked for of them: there is no quantile. Undefined where nothing can be
 * computed, because neither bands nor points are known.
 */
export function ratedEdition(edition: EditionFile): Edition | undefined {
  const rules = edition.rules.filter(({ bands, scores }) => bands || scores);
  if (rules.length === 0) return undefined;
  return {
    code: String(edition.edition),
    standards: edition.domains.flatMap(({ standards }) =>
      standards.map((standard) => ({
        code: standard.code,
        basis: standard.basis,
        ...(standard.rated_from && { ratedFrom: standard.rated_from }),
        keyQuestions: (standard.key_questions ?? []).map((question) => ({
          code: question.code,
          basis: basisOf(standard, question),
          from: question.from,
          until: question.until,
        })),
      })),
    ),
    inspects: new Map(edition.programmes.map(({ programme, standards }) => [programme, new Set(standards)])),
    rules: rules.map((entry) => rulesOf(entry, edition.ratings)),
  };
}

/** Rules as src/ratings takes them, of files or of the database; `z` is the quantile of their level of confidence. */
export const rulesOf = (entry: RulesEntry, ratings: readonly string[], z = 0): Rules => ({
  ...(entry.programme !== undefined && { programme: entry.programme }),
  effectiveFrom: entry.effective_from,
  ratings,
  percentageBase: entry.percentage_base ?? {},
  rounding: entry.rounding ?? 'half up',
  bandOn: entry.band_on ?? null,
  z,
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
