import type { EditionDocument } from '../../framework/framework.js';
import type { OverallRule, Rounding, UnratedRule } from '../../vocabulary.js';
import type { Claims } from '../files/claims.js';
import type { ValuePath } from '../files/yaml-file.js';

/** What rules.yaml says, as its JSON Schema has it. */
export interface RulesFile {
  edition: string | number;
  title: string;
  reports_from?: string;
  reports_until?: string;
  fieldwork_from?: string;
  fieldwork_until?: string;
  ratings: string[];
  /** Left out: one, of all standards. */
  programmes?: { programme: string; title?: string; standards?: string[] }[];
  /** The first entry is whole; a later one names what it changes, and `programmes` what is not common to all. */
  rules: (RulesEntry & { programmes?: Record<string, Partial<RulesEntry>> })[];
}

/** A rule, by its name in rules.yaml. One that is not known is named, so that none is forgotten. */
export type Rule = Exclude<keyof RulesEntry, 'effective_from' | 'note' | 'not_known'>;

/** Rules; what is not known of them is absent. */
export interface RulesEntry {
  effective_from: string;
  note?: string;
  not_known?: Rule[];
  percentage_base?: Record<'key question' | 'prompt', 'relevant' | 'inspected'>;
  rounding?: Rounding;
  band_on?: 'rounded' | 'exact';
  confidence_level?: number;
  bands?: { from_percent: number; rating: string }[];
  discretion?: { points_from_boundary: number; differing_judgements: number; small_sample: number };
  scores?: Record<string, number>;
  /** With their weights, where these differ. */
  counting_standards?: string[] | Record<string, number>;
  overall?: OverallRule;
  overall_bands?: { from_score: number; rating: string }[];
  limiting_judgements?: {
    standards: string[];
    at_or_below: string;
    minimum_standards?: number;
    overall_at_most: string;
  }[];
  unrated_standard?: UnratedRule;
}

/** What the programme of an edition that names none is called. */
const onlyProgramme = 'full';

/**
 * What rules.yaml says of an edition that has these standards, with everything that it may leave out: the rules of one programme after the
 * other, each made whole out of those before. What its schema can't say of it is claimed.
 */
export function readRules(
  { programmes: named = [{ programme: onlyProgramme }], ...file }: RulesFile,
  claims: Claims,
  all: readonly string[],
): Pick<EditionDocument, 'code' | 'title' | 'inUse' | 'ratings' | 'programmes' | 'rules'> {
  const { holds, known, single } = claims;
  const { title, ratings } = file;
  const programmes = named.map(({ programme: name, title = null, standards = [...all] }, n) => {
    single(['programmes', n], 'programme', name);
    known(['programmes', n, 'standards'], 'standard of this edition', standards, all);
    return { name, title, standards };
  });
  const names = programmes.map(({ name }) => name);
  for (const [nth, { programmes: special = {} }] of file.rules.entries())
    for (const name of Object.keys(special))
      known(['rules', nth, 'programmes', name], 'programme of this edition', [name], names);
  const rules = programmes.flatMap(({ name, standards: inspected }) => {
    const what = names.length > 1 ? `programme ${name}` : 'this edition';
    let before: RulesEntry | undefined;
    return file.rules.map(({ programmes: special, ...common }, nth) => {
      const its = special?.[name] ?? {};
      const own = { ...common, ...its };
      const entry = withoutUnknown({ ...before, ...own }, own);
      const made = rulesOf(entry, name);
      const at = (rule: keyof RulesEntry) => {
        if (rule in its) return ['rules', nth, 'programmes', name, rule];
        return rule in common ? ['rules', nth, rule] : undefined;
      };
      const missing = missingIn(entry).join(', ');
      // An amendment lacks what those before it lack, which was said, and what it asks for itself.
      const isSaid = before !== undefined && !at('overall') && !at('not_known');
      const message = `rules of ${what} from ${entry.effective_from}: ${missing} missing: ${advice}`;
      holds(['rules', nth, 'programmes', name], missing === '' || isSaid, message);
      if (missing === '') checkRules(claims, made, entry, at, { before, what, inspected, ratings });
      before = entry;
      return made;
    });
  });
  const inUse = {
    reports: { from: file.reports_from, until: file.reports_until },
    fieldwork: { from: file.fieldwork_from, until: file.fieldwork_until },
  };
  return { code: String(file.edition), title, inUse, ratings, programmes, rules };
}

const ofPercentages: Rule[] = [
  ...(['percentage_base', 'rounding', 'band_on', 'confidence_level', 'bands', 'discretion'] as const),
];
const ofSums: Rule[] = [
  ...(['scores', 'counting_standards', 'overall_bands', 'limiting_judgements', 'unrated_standard'] as const),
];

const advice = 'give them, or name them under not_known where no source is known';

/** Rules that are not there and not said to be unknown. */
function missingIn(entry: RulesEntry): Rule[] {
  const { overall = 'summed', not_known: notKnown = [] } = entry;
  const wanted = overall === 'summed' ? [...ofPercentages, ...ofSums] : ofPercentages;
  return wanted.filter((rule) => !(rule in entry) && !notKnown.includes(rule));
}

/** Rules less those that they say are not known; a rule that is said again is known again. */
function withoutUnknown(merged: RulesEntry, own: Partial<RulesEntry>): RulesEntry {
  const unknown = (merged.not_known ?? []).filter((rule) => own.not_known?.includes(rule) || !(rule in own));
  const known = Object.entries(merged).filter(([key]) => !(unknown as string[]).includes(key));
  return { ...(Object.fromEntries(known) as unknown as RulesEntry), not_known: unknown };
}

type Rules = EditionDocument['rules'][number];

/** Intervals are not asked for of files: there is no quantile. */
function rulesOf(entry: RulesEntry, programme: string): Rules {
  const { counting_standards: counting = [], discretion, rounding } = entry;
  const weights = Array.isArray(counting) ? Object.fromEntries(counting.map((code) => [code, 1])) : counting;
  return {
    ...{ programme, effectiveFrom: entry.effective_from, note: entry.note ?? null, z: 0 },
    percentageBase: entry.percentage_base ?? {},
    ownRounding: rounding ?? null,
    rounding: rounding ?? 'half up',
    bandOn: entry.band_on ?? null,
    confidenceLevel: entry.confidence_level ?? null,
    bands: (entry.bands ?? []).map(({ from_percent, rating }) => ({ fromPercent: from_percent, rating })),
    discretion: {
      points: discretion?.points_from_boundary ?? null,
      judgements: discretion?.differing_judgements ?? null,
      sample: discretion?.small_sample ?? null,
    },
    scores: entry.scores ?? {},
    ...{ countingStandards: Object.keys(weights), weights },
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
  };
}

/** Claims what has to be so of rules, each where an entry says it (`at`): what it does not say itself was claimed where it is said. */
function checkRules(
  { holds, known }: Claims,
  { bands, overallBands, scores, weights = {}, limits }: Rules,
  entry: RulesEntry,
  at: (rule: keyof RulesEntry) => ValuePath | undefined,
  of: { before: RulesEntry | undefined; what: string; inspected: string[]; ratings: readonly string[] },
): void {
  const { overall = 'summed', not_known: notKnown = [] } = entry;
  const { before, what, inspected, ratings } = of;
  const isLater = !before || before.effective_from < entry.effective_from;
  holds(at('effective_from'), isLater, 'an amendment has to be later than the rules before it');
  const ascending = 'the bands have to begin at 0 and to ascend, a better rating of the scale with each';
  const isAscending = (all: { from: number; rating: string }[]) =>
    all.every(({ from, rating }, n) => {
      const { from: least = -1, rating: lower = '' } = all[n - 1] ?? {};
      return least < from && ratings.indexOf(lower) < ratings.indexOf(rating) && (n > 0 || from === 0);
    });
  for (const [rule, all] of [
    ['bands', bands.map(({ fromPercent: from, rating }) => ({ from, rating }))],
    ['overall_bands', overallBands.map(({ fromScore: from, rating }) => ({ from, rating }))],
  ] as const) {
    const names = all.map(({ rating }) => rating);
    known(at(rule), 'rating of the scale', names, ratings);
    const isOnScale = names.every((name) => ratings.includes(name));
    holds(at(rule), !isOnScale || isAscending(all), ascending);
  }
  for (const rule of ['percentage_base', 'rounding', 'band_on'] as const) {
    const isThere = bands.length === 0 || entry[rule] !== undefined;
    holds(at('bands') ?? at('not_known'), isThere, `bands need ${rule}, which is not known`);
  }
  // A limit that nobody knows of may hold: what is computed without it is no overall rating by the rules.
  holds(
    at('not_known'),
    overall !== 'summed' || !notKnown.includes('limiting_judgements') || notKnown.includes('overall'),
    'where limiting_judgements are not known, neither is the overall rating: name overall too (limiting_judgements: [] says that there is none)',
  );
  const scale = ratings.map((name) => scores[name] ?? Number.NaN);
  const rises = scale.every((score, rank) => rank === 0 || score >= (scale[rank - 1] as number));
  const isWhole = Object.keys(scores).length === ratings.length;
  holds(
    at('scores'),
    isWhole && rises && (scale.at(-1) as number) > (scale[0] as number),
    `each rating has to have its score, and they rise with the ratings: ${ratings.join(', ')}`,
  );
  known(at('counting_standards'), `standard of ${what}`, Object.keys(weights), inspected);
  const most = Object.values(weights).reduce((sum, weight) => sum + weight, 0) * Math.max(...scale);
  const last = overallBands.at(-1);
  holds(
    at('overall_bands') ?? at('counting_standards') ?? at('scores'),
    !last || !(last.fromScore > most),
    `"${last?.rating}" begins at ${last?.fromScore} points, but the standards that count give ${most} at most`,
  );
  for (const { standards, atOrBelow, overallAtMost, minimumStandards: least } of limits) {
    const there = at('limiting_judgements');
    const mayHold = least <= standards.length;
    holds(there, mayHold, 'a limit that asks for more standards than it names could never hold');
    known(there, `standard of ${what}`, standards, inspected);
    known(there, 'rating of the scale', [atOrBelow, overallAtMost], ratings);
  }
}
