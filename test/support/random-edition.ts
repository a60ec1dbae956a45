import fc from 'fast-check';
import type {
  DomainEntry,
  EditionFile,
  QuestionEntry,
  RulesEntry,
  StandardEntry,
} from '../../src/import/edition/edition-file.js';

/** Fieldwork dates of random inspections, and the dates at which random questions and rules begin and end. */
export const days = ['2019-12-31', '2020-01-01', '2020-06-15', '2021-01-01', '2021-01-02', '2022-03-01'];

const day = fc.constantFrom(...days);

/** A random edition: any scale, bands, bases, roundings, limits, questions and amendments that the rules of editions allow. */
export function randomEdition(): fc.Arbitrary<EditionFile> {
  return fc
    .record({
      ratings: fc
        .integer({ min: 2, max: 5 })
        .map((count) => Array.from({ length: count }, (_, rank) => `Rating ${rank}`)),
      domains: domains(),
    })
    .chain(({ ratings, domains }) => {
      const standards = domains.flatMap((domain) => domain.standards.map(({ code }) => code));
      return fc
        .tuple(rules(ratings, standards, '2020-01-01'), fc.option(rules(ratings, standards, '2021-01-01')))
        .map(([first, amendment]) => ({
          edition: 'random',
          title: 'A random edition',
          ratings,
          domains,
          rules: amendment ? [first, amendment] : [first],
        }));
    });
}

function domains(): fc.Arbitrary<DomainEntry[]> {
  return fc
    .tuple(standards('1', 'qualitative'), standards('2', 'cases'), fc.option(standards('3', 'cases')))
    .map(([qualitative, court, outOfCourt]) => [
      { code: '1', title: 'Domain 1', standards: qualitative },
      { code: '2', title: 'Domain 2', sample: 'court', standards: court },
      ...(outOfCourt
        ? [{ code: '3', title: 'Domain 3', sample: 'out of court', standards: outOfCourt }]
        : []),
    ]);
}

function standards(domain: string, basis: 'cases' | 'qualitative'): fc.Arbitrary<StandardEntry[]> {
  return fc
    .array(fc.array(question(), { minLength: basis === 'cases' ? 0 : 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((all) =>
      all.map((keyQuestions, at) => {
        const code = `${domain}.${at + 1}`;
        return {
          code,
          title: `Standard ${code}`,
          basis,
          key_questions: keyQuestions.map(({ prompts, ...entry }, k) => ({
            ...entry,
            code: `${code}.${k + 1}`,
            text: 'A key question?',
            prompts: Array.from({ length: prompts }, (_, p) => ({
              code: `${code}.${k + 1}.${'abcd'[p]}`,
              text: 'A prompt?',
            })),
          })),
        };
      }),
    );
}

function question(): fc.Arbitrary<Pick<QuestionEntry, 'from' | 'until'> & { prompts: number }> {
  return fc
    .record({ prompts: fc.integer({ min: 0, max: 3 }), limits: fc.option(fc.tuple(day, day), { freq: 4 }) })
    .map(({ prompts, limits }) => {
      const [from, until] = [...(limits ?? [])].sort();
      return from && until && from < until ? { prompts, from, until } : { prompts };
    });
}

function rules(ratings: string[], standards: string[], effectiveFrom: string): fc.Arbitrary<RulesEntry> {
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
    counting_standards: fc.subarray(standards, { minLength: 1 }),
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

/** Where bands begin: the first at 0, the others higher, each with a better rating; some ratings may have no band. */
function starts(ratings: string[], most: number): fc.Arbitrary<{ from: number; rating: string }[]> {
  return fc.subarray(ratings, { minLength: 1 }).chain((used) =>
    fc
      // near the percentages of small fractions, so that rounding decides now and then
      .uniqueArray(
        fc.oneof(
          fc.integer({ min: 1, max: most }),
          fc.constantFrom(...[17, 34, 43, 58, 67, 72, 84].filter((from) => from <= most), most),
        ),
        { minLength: used.length - 1, maxLength: used.length - 1 },
      )
      .map((higher) =>
        [0, ...higher.sort((a, b) => a - b)].map((from, at) => ({ from, rating: used[at] as string })),
      ),
  );
}
