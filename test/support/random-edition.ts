import fc from 'fast-check';
import type {
  DomainEntry,
  EditionFile,
  ProgrammeEntry,
  QuestionEntry,
  Rule,
  RulesEntry,
  SampleEntry,
  StandardEntry,
} from '../../src/import/edition/edition-entries.js';

/** Fieldwork dates of random inspections, and the dates at which random questions and rules begin and end. */
export const days = ['2019-12-31', '2020-01-01', '2020-06-15', '2021-01-01', '2021-01-02', '2022-03-01'];

const day = fc.constantFrom(...days);

/** What most editions do not have. */
const optional = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: some });

/** A random edition: any scale, samples, programmes, bands, bases, roundings, limits, questions and amendments that an edition may have. */
export function randomEdition(): fc.Arbitrary<EditionFile> {
  return fc
    .record({
      ratings: fc
        .integer({ min: 2, max: 5 })
        .map((count) => Array.from({ length: count }, (_, rank) => `Rating ${rank}`)),
      samples: samples(),
    })
    .chain(({ ratings, samples }) =>
      domains(samples.map(({ sample }) => sample)).map((domains) => ({ ratings, samples, domains })),
    )
    .chain((edition) => {
      const standards = edition.domains.flatMap((domain) => domain.standards.map(({ code }) => code));
      return programmes(standards).map((programmes) => ({ ...edition, programmes }));
    })
    .chain((edition) =>
      fc
        .tuple(...edition.programmes.map((programme) => rulesOfProgramme(edition.ratings, programme)))
        .map((rules) => ({
          edition: 'random',
          title: 'A random edition',
          ...edition,
          rules: rules.flat(),
        })),
    );
}

/** Samples of names that no rule may hang on, with kinds of case or without. */
function samples(): fc.Arbitrary<SampleEntry[]> {
  const kinds: NonNullable<SampleEntry['kinds']>[] = [
    [],
    ['order'],
    ['order', { kind: 'short order', part_of: 'order' }],
  ];
  return fc
    .tuple(
      fc.shuffledSubarray(['court', 'out of court', 'resettlement', 'bail & remand', 'Turnaround'], {
        minLength: 1,
        maxLength: mostSamples,
      }),
      fc.array(fc.constantFrom(...kinds), { minLength: mostSamples, maxLength: mostSamples }),
    )
    .map(([names, kindsOf]) =>
      names.map((sample, at) => ({ sample, kinds: kindsOf[at] as (typeof kinds)[number] })),
    );
}

/** More samples than this no random edition has. */
export const mostSamples = 3;

/** The usual programme of all standards, and now and then one of some. */
function programmes(standards: string[]): fc.Arbitrary<ProgrammeEntry[]> {
  return fc
    .option(fc.subarray(standards, { minLength: 1 }), { freq: 2 })
    .map((some) => [
      { programme: 'usual', standards },
      ...(some ? [{ programme: 'shorter', standards: some }] : []),
    ]);
}

/** Two domains at least: one that is judged, and one or two that are judged on a sample, which they may share. */
function domains(samples: string[]): fc.Arbitrary<DomainEntry[]> {
  const sample = fc.constantFrom(...samples);
  return fc
    .tuple(
      standards('1', 'qualitative'),
      standards('2', 'cases'),
      sample,
      fc.option(standards('3', 'cases')),
      sample,
    )
    .map(([qualitative, first, ofFirst, second, ofSecond]) => [
      { code: '1', title: 'Domain 1', standards: qualitative },
      { code: '2', title: 'Domain 2', sample: ofFirst, standards: first },
      ...(second ? [{ code: '3', title: 'Domain 3', sample: ofSecond, standards: second }] : []),
    ]);
}

function standards(domain: string, basis: 'cases' | 'qualitative'): fc.Arbitrary<StandardEntry[]> {
  const from = fc.constantFrom(
    ...(['all key questions', 'counted key questions', 'judged key questions'] as const),
  );
  return fc
    .array(
      fc.tuple(fc.array(question(), { minLength: basis === 'cases' ? 0 : 1, maxLength: 4 }), optional(from)),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) =>
      all.map(([keyQuestions, ratedFrom], at) => {
        const code = `${domain}.${at + 1}`;
        return {
          code,
          title: `Standard ${code}`,
          basis,
          ...(basis === 'cases' && ratedFrom && { rated_from: ratedFrom }),
          key_questions: keyQuestions.map(({ prompts, isJudged, ...entry }, k) => ({
            ...entry,
            code: `${code}.${k + 1}`,
            text: 'A key question?',
            ...(basis === 'cases' && isJudged && { basis: 'qualitative' as const }),
            prompts: Array.from({ length: prompts }, (_, p) => ({
              code: `${code}.${k + 1}.${'abcd'[p]}`,
              text: 'A prompt?',
            })),
          })),
        };
      }),
    );
}

function question(): fc.Arbitrary<
  Pick<QuestionEntry, 'from' | 'until'> & { prompts: number; isJudged: boolean }
> {
  return fc
    .record({
      prompts: fc.integer({ min: 0, max: 3 }),
      isJudged: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
      limits: optional(fc.tuple(day, day)),
    })
    .map(({ limits, ...asked }) => {
      const [from, until] = [...(limits ?? [])].sort();
      return from && until && from < until ? { ...asked, from, until } : asked;
    });
}

/** A programme's rules, and perhaps those of an amendment. */
function rulesOfProgramme(
  ratings: string[],
  { programme, standards }: ProgrammeEntry,
): fc.Arbitrary<RulesEntry[]> {
  const from = (day: string) => rules(ratings, standards, day).map((entry) => ({ ...entry, programme }));
  return fc
    .tuple(from('2020-01-01'), fc.option(from('2021-01-01')))
    .map(([first, amendment]) => (amendment ? [first, amendment] : [first]));
}

/** Rules that may be unknown; bands need those that they are come by. */
const mayBeUnknown = [
  'percentage_base',
  'rounding',
  'band_on',
  'confidence_level',
  'bands',
  'discretion',
  'scores',
  'counting_standards',
  'overall_bands',
  'limiting_judgements',
  'unrated_standard',
] as const satisfies Rule[];
const bandsNeed: Rule[] = ['percentage_base', 'rounding', 'band_on'];

/** Mostly whole; now and then some of them are not known. */
function rules(ratings: string[], standards: string[], effectiveFrom: string): fc.Arbitrary<RulesEntry> {
  const unknown = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Rule[]>([]) },
    { weight: 1, arbitrary: fc.subarray<Rule>([...mayBeUnknown], { minLength: 1, maxLength: 3 }) },
  );
  const overall = fc.oneof(
    { weight: 3, arbitrary: fc.constant('summed' as const) },
    { weight: 2, arbitrary: fc.constantFrom('judged' as const, 'none' as const, null) },
  );
  return fc
    .tuple(wholeRules(ratings, standards, effectiveFrom), overall, unknown)
    .map(([whole, overall, unknown]) => {
      const isOverallKnown =
        overall !== null && !(overall === 'summed' && unknown.includes('limiting_judgements'));
      const not_known: Rule[] = [
        ...unknown,
        ...(isOverallKnown ? [] : (['overall'] as const)),
        ...(unknown.some((rule) => bandsNeed.includes(rule)) ? (['bands'] as const) : []),
      ];
      const known = Object.entries(whole).filter(([rule]) => !(not_known as string[]).includes(rule));
      return {
        ...(Object.fromEntries(known) as unknown as RulesEntry),
        ...(isOverallKnown && { overall }),
        not_known,
      };
    });
}

function wholeRules(ratings: string[], standards: string[], effectiveFrom: string): fc.Arbitrary<RulesEntry> {
  const rating = fc.constantFrom(...ratings);
  const base = fc.constantFrom('relevant' as const, 'inspected' as const);
  return fc.record({
    effective_from: fc.constant(effectiveFrom),
    percentage_base: fc.record({ 'key question': base, prompt: base }),
    rounding: fc.constantFrom('half up' as const, 'half even' as const, 'down' as const, 'up' as const),
    band_on: fc.constantFrom('rounded' as const, 'exact' as const),
    confidence_level: fc.constantFrom(80, 95),
    bands: starts(ratings, 100).map((all) => all.map(({ from, rating }) => ({ from_percent: from, rating }))),
    discretion: fc.record({
      points_from_boundary: fc.integer({ min: 0, max: 15 }),
      differing_judgements: fc.integer({ min: 0, max: 3 }),
      small_sample: fc.integer({ min: 0, max: 8 }),
    }),
    scores: fc
      .array(fc.integer({ min: 0, max: 5 }), { minLength: ratings.length, maxLength: ratings.length })
      .map((scores) => Object.fromEntries(ratings.map((one, rank) => [one, scores[rank] as number]))),
    counting_standards: counting(standards),
    overall_bands: starts(ratings, 5 * standards.length).map((all) =>
      all.map(({ from, rating }) => ({ from_score: from, rating })),
    ),
    limiting_judgements: fc.array(
      fc.record({
        standards: fc.subarray(standards, { minLength: 1 }),
        at_or_below: rating,
        minimum_standards: fc.integer({ min: 1, max: 3 }),
        overall_at_most: rating,
      }),
      { maxLength: 2 },
    ),
    unrated_standard: fc.constantFrom(
      'overall not rated' as const,
      'bands in proportion' as const,
      'counts as lowest' as const,
    ),
  });
}

/** Some standards, each once, or by weights. */
function counting(standards: string[]): fc.Arbitrary<NonNullable<RulesEntry['counting_standards']>> {
  const some = fc.subarray(standards, { minLength: 1 });
  const weights = fc.array(fc.integer({ min: 1, max: 3 }), {
    minLength: standards.length,
    maxLength: standards.length,
  });
  return fc.oneof(
    some,
    fc
      .tuple(some, weights)
      .map(([codes, weights]) => Object.fromEntries(codes.map((code, at) => [code, weights[at] as number]))),
  );
}

/** Where bands begin: the first at 0, the others higher, each with a better rating; some ratings may have no band. */
function starts(ratings: string[], most: number): fc.Arbitrary<{ from: number; rating: string }[]> {
  return fc.subarray(ratings, { minLength: 1 }).chain((used) =>
    fc
      // near the percentages of small fractions, so that rounding decides now and then
      .uniqueArray(
        fc.oneof(
          { weight: 1, arbitrary: fc.integer({ min: 1, max: most }) },
          {
            weight: 3,
            arbitrary: fc.constantFrom(...[17, 34, 43, 58, 67, 72, 84].filter((from) => from <= most), most),
          },
        ),
        { minLength: used.length - 1, maxLength: used.length - 1 },
      )
      .map((higher) =>
        [0, ...higher.sort((a, b) => a - b)].map((from, at) => ({ from, rating: used[at] as string })),
      ),
  );
}

/** The same edition with each case-based standard rated from counted key questions alone, of which it always asks one at least. */
export const plain = (edition: EditionFile): EditionFile => ({
  ...edition,
  domains: edition.domains.map((domain) => ({
    ...domain,
    standards: domain.standards.map(({ rated_from: _, key_questions = [], ...standard }) => ({
      ...standard,
      key_questions: (key_questions.length > 0
        ? key_questions
        : [{ code: `${standard.code}.1`, text: 'A key question?' }]
      ).map(({ code, text }) => ({ code, text })),
    })),
  })),
});
