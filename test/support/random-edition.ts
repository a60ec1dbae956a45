import type { QuestionEntry, StandardEntry } from '../../src/import/edition/questions-file.js';
import type { Rule, RulesEntry } from '../../src/import/edition/rules-file.js';
import { type Draws, draws, oneOf, weighted } from '../../src/simulate/random.js';
import type { EditionFile } from './edition-of-file.js';

/** Fieldwork dates of random inspections, and the dates at which random questions and rules begin and end. */
export const days = ['2019-12-31', '2020-01-01', '2020-06-15', '2021-01-01', '2021-01-02', '2022-03-01'];

/** More samples than this no random edition has. */
export const mostSamples = 3;

/** Some of all, one at least. */
const some = <T>(random: Draws, all: readonly T[]): T[] => {
  const chosen = all.filter(() => random.isBelow(0.6));
  return chosen.length > 0 ? chosen : [oneOf(random, all)];
};

const several = <T>(random: Draws, least: number, most: number, make: (at: number) => T): T[] =>
  Array.from({ length: random.whole(least, most) }, (_, at) => make(at));

/**
 * The random edition of a seed and number: any scale, samples, programmes, bands, bases, roundings, limits, questions and amendments that
 * an edition may have.
 */
export function randomEdition(seed: number, number: number): EditionFile {
  const random = draws(seed, 'random edition', number);
  const ratings = several(random, 2, 5, (rank) => `Rating ${rank}`);
  // names that no rule may hang on
  const names = some(random, ['court', 'out of court', 'resettlement', 'bail & remand', 'Turnaround']);
  const kinds = [[], ['order'], ['order', { kind: 'short order', part_of: 'order' }]];
  const samples = names
    .slice(0, mostSamples)
    .map((sample) => ({ sample, kinds: oneOf<(typeof kinds)[number]>(random, kinds) }));
  const sample = () => oneOf(random, samples).sample;
  const domains: EditionFile['domains'] = [
    { code: '1', title: 'Domain 1', standards: standardsOf(random, '1', 'qualitative') },
    { code: '2', title: 'Domain 2', sample: sample(), standards: standardsOf(random, '2', 'cases') },
  ];
  if (random.isBelow(0.8))
    domains.push({
      code: '3',
      title: 'Domain 3',
      sample: sample(),
      standards: standardsOf(random, '3', 'cases'),
    });
  const codes = domains.flatMap(({ standards }) => standards.map(({ code }) => code));
  // the usual programme of all standards, and now and then one of some
  const programmes = [{ programme: 'usual', standards: codes }];
  if (random.isBelow(0.5)) programmes.push({ programme: 'shorter', standards: some(random, codes) });
  const from = random.isBelow(0.8) ? ['2020-01-01', '2021-01-01'] : ['2020-01-01'];
  const rules = from.map((effective_from) => ({
    effective_from,
    programmes: Object.fromEntries(
      programmes.map(({ programme, standards }) => [programme, rulesOf(random, ratings, standards)]),
    ),
  }));
  return { edition: 'random', title: 'A random edition', ratings, samples, domains, programmes, rules };
}

function standardsOf(random: Draws, domain: string, basis: StandardEntry['basis']): StandardEntry[] {
  const ratedFrom = ['all key questions', 'counted key questions', 'judged key questions'] as const;
  return several(random, 1, 3, (at): StandardEntry => {
    const code = `${domain}.${at + 1}`;
    return {
      ...{ code, title: `Standard ${code}`, basis },
      ...(basis === 'cases' && random.isBelow(0.33) && { rated_from: oneOf(random, ratedFrom) }),
      key_questions: several(random, basis === 'cases' ? 0 : 1, 4, (k): QuestionEntry => {
        const [from, until] = [oneOf(random, days), oneOf(random, days)].sort() as [string, string];
        return {
          ...{ code: `${code}.${k + 1}`, text: 'A key question?' },
          ...(random.isBelow(0.33) && from < until && { from, until }),
          ...(basis === 'cases' && random.isBelow(0.2) && { basis: 'qualitative' }),
          prompts: several(random, 0, 3, (p) => ({
            ...{ code: `${code}.${k + 1}.${'abcd'[p]}`, text: 'A prompt?' },
          })),
        };
      }),
    };
  });
}

/** Rules that may be unknown; bands need those that they are come by. */
const mayBeUnknown = [
  ...(['percentage_base', 'rounding', 'band_on', 'confidence_level', 'bands', 'discretion'] as const),
  ...(['scores', 'counting_standards', 'overall_bands', 'limiting_judgements', 'unrated_standard'] as const),
] satisfies Rule[];
const bandsNeed: Rule[] = ['percentage_base', 'rounding', 'band_on'];

/** Mostly whole; now and then some of them are not known. */
function rulesOf(random: Draws, ratings: string[], standards: string[]): Partial<RulesEntry> {
  const base = () => oneOf(random, ['relevant', 'inspected'] as const);
  const weight = () => random.whole(1, 3);
  const counting = some(random, standards);
  const whole: Partial<RulesEntry> = {
    percentage_base: { 'key question': base(), prompt: base() },
    rounding: oneOf(random, ['half up', 'half even', 'down', 'up']),
    band_on: oneOf(random, ['rounded', 'exact']),
    confidence_level: oneOf(random, [80, 95]),
    bands: starts(random, ratings, 100).map(({ from, rating }) => ({ from_percent: from, rating })),
    discretion: {
      points_from_boundary: random.whole(0, 15),
      differing_judgements: random.whole(0, 3),
      small_sample: random.whole(0, 8),
    },
    scores: Object.fromEntries(ratings.map((rating) => [rating, random.whole(0, 5)])),
    counting_standards: random.isBelow(0.5)
      ? counting
      : Object.fromEntries(counting.map((code) => [code, weight()])),
    overall_bands: starts(random, ratings, 5 * standards.length).map(({ from, rating }) => ({
      ...{ from_score: from, rating },
    })),
    limiting_judgements: several(random, 0, 2, () => ({
      standards: some(random, standards),
      at_or_below: oneOf(random, ratings),
      minimum_standards: weight(),
      overall_at_most: oneOf(random, ratings),
    })),
    unrated_standard: oneOf(random, ['overall not rated', 'bands in proportion', 'counts as lowest']),
  };
  const unknown: Rule[] = random.isBelow(0.2) ? several(random, 1, 3, () => oneOf(random, mayBeUnknown)) : [];
  const overall = weighted(random, ['summed', 'judged', 'none', null] as const, [9, 2, 2, 2]);
  const isKnown = overall !== null && !(overall === 'summed' && unknown.includes('limiting_judgements'));
  if (!isKnown) unknown.push('overall');
  if (unknown.some((rule) => bandsNeed.includes(rule))) unknown.push('bands');
  const known = Object.entries(whole).filter(([rule]) => !(unknown as string[]).includes(rule));
  return { ...Object.fromEntries(known), ...(isKnown && { overall }), not_known: [...new Set(unknown)] };
}

/** Where bands begin: the first at 0, the others higher, each with a better rating; some ratings may have no band. */
function starts(random: Draws, ratings: string[], most: number): { from: number; rating: string }[] {
  // near the percentages of small fractions, so that rounding decides now and then
  const likely = [17, 34, 43, 58, 67, 72, 84, most].filter((from) => from <= most);
  const from = new Set([0]);
  const used = some(random, ratings).slice(0, most + 1);
  while (from.size < used.length)
    from.add(random.isBelow(0.75) ? oneOf(random, likely) : random.whole(1, most));
  const ascending = [...from].sort((a, b) => a - b);
  return used.map((rating, at) => ({ from: ascending[at] as number, rating }));
}

/** The same edition with each case-based standard rated from counted key questions alone, of which it always asks one at least. */
export const plain = (edition: EditionFile): EditionFile => ({
  ...edition,
  domains: edition.domains.map((domain) => ({
    ...domain,
    standards: domain.standards.map(({ rated_from: _, key_questions = [], ...standard }) => {
      const first = { code: `${standard.code}.1`, text: 'A key question?' };
      const asked = key_questions.length > 0 ? key_questions : [first];
      return { ...standard, key_questions: asked.map(({ code, text }) => ({ code, text })) };
    }),
  })),
});
