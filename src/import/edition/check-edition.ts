import { didYouMean, listed } from '../../nearest.js';
import { plain, unknownWords } from '../bundle/case-codes.js';
import { plainKind } from '../bundle/sample-entries.js';
import { refuse } from '../files/refuse.js';
import type { ValuePath, YamlFile } from '../files/yaml-file.js';
import {
  basisOf,
  codedValueOf,
  type EditionFile,
  kindOf,
  type QuestionEntry,
  type Rule,
  weightsOf,
} from './edition-entries.js';
import { type ProgrammeRules, programmesOf, rulesByProgramme, samplesOf } from './edition-of-file.js';

/** A place of a file; undefined for what stands elsewhere, and is checked there. */
type Place = ValuePath | undefined;

/** Something that has to be so at a place: a name is one of those that there are, names of a kind stand once, or `isSo`. */
type Claim =
  | { at: Place; name: string; what: string; among: Iterable<string> }
  | { at: Place; kind: string; names: readonly string[] }
  | { at: Place; isSo: boolean; otherwise: string };

const known = (at: Place, name: string, what: string, among: Iterable<string>): Claim => {
  return { at, name, what, among };
};
const single = (at: Place, kind: string, names: readonly string[]): Claim => ({ at, kind, names });
const holds = (at: Place, isSo: boolean, otherwise: string): Claim => ({ at, isSo, otherwise });

/** More than any edition has, and few enough for one statement to write results of all of them. */
const mostCodes = 5000;

/** Checks what the schemas of an edition's files can't say. Throws a UserError with everything that is wrong. */
export function checkEdition(edition: EditionFile, rules: YamlFile, questions: YamlFile): void {
  const problems = [
    ...faults(claimsOfRules(edition)).map(([at, wrong]) => rules.problem(at, wrong)),
    ...faults(claimsOfQuestions(edition)).map(([at, wrong]) => questions.problem(at, wrong)),
  ];
  // what is common to programmes is wrong but once
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  refuse(`Edition ${edition.edition} contradicts itself; nothing was loaded.`, [...once.values()]);
}

/** Where claims are not so, and why. */
function faults(claims: Iterable<Claim>): [at: ValuePath, wrong: string][] {
  const seen = new Set<string>();
  const wrongOf = (claim: Claim): string[] => {
    if ('isSo' in claim) return claim.isSo ? [] : [claim.otherwise];
    if ('among' in claim) {
      const [{ name, what }, among] = [claim, [...claim.among]];
      return among.includes(name)
        ? []
        : [`"${name}" is no ${what}${didYouMean(name, among)}: ${listed(among)}`];
    }
    const names = [...new Set(claim.names)].map((name) => `${claim.kind} ${name}`);
    const again = names.filter((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return again.map((name) => `${name} stands twice`);
  };
  return [...claims].flatMap((claim) =>
    wrongOf(claim).flatMap((wrong): [ValuePath, string][] => (claim.at ? [[claim.at, wrong]] : [])),
  );
}

function* claimsOfRules(edition: EditionFile): Generator<Claim> {
  const standards = edition.domains.flatMap((domain) => domain.standards.map(({ code }) => code));
  const programmes = programmesOf(edition);
  for (const [n, { name, standards: own }] of programmes.entries()) {
    yield single(['programmes', n], 'programme', [name]);
    for (const code of own)
      yield known(['programmes', n, 'standards'], code, 'standard of this edition', standards);
  }
  const names = programmes.map(({ name }) => name);
  for (const [nth, { programmes: special = {} }] of edition.rules.entries())
    for (const name of Object.keys(special))
      yield known(['rules', nth, 'programmes', name], name, 'programme of this edition', names);
  for (const rules of rulesByProgramme(edition)) {
    const inspected = programmes.find(({ name }) => name === rules.programme)?.standards ?? [];
    yield* claimsOfProgramme(rules, edition, inspected);
  }
}

const ofPercentages: Rule[] = [
  ...(['percentage_base', 'rounding', 'band_on', 'confidence_level', 'bands', 'discretion'] as const),
];
const ofSums: Rule[] = [
  ...(['scores', 'counting_standards', 'overall_bands', 'limiting_judgements', 'unrated_standard'] as const),
];

function* claimsOfProgramme(
  { nth, own, entry }: ProgrammeRules,
  { ratings, rules }: EditionFile,
  inspected: string[],
): Generator<Claim> {
  const { overall = 'summed', not_known: notKnown = [], scores } = entry;
  const wanted = overall === 'summed' ? [...ofPercentages, ...ofSums] : ofPercentages;
  const missing = wanted.filter((rule) => !(rule in entry) && !notKnown.includes(rule));
  if (missing.length > 0 && nth > 0) return;
  const advice = 'give them, or name them under not_known where no source is known';
  const which = `rules from ${entry.effective_from}: ${missing.join(', ')}`;
  yield holds(['rules', 0], missing.length === 0, `${which} missing: ${advice}`);
  if (missing.length > 0) return;
  const isLater = nth === 0 || (rules[nth - 1]?.effective_from ?? '') < entry.effective_from;
  yield holds(
    ['rules', nth, 'effective_from'],
    isLater,
    'an amendment has to be later than the rules before it',
  );
  // Of what an entry says itself: the rest was checked where it is said.
  const at = (rule: Rule | 'not_known') => (rule in own ? ['rules', nth, rule] : undefined);
  const bands = {
    bands: (entry.bands ?? []).map(({ from_percent, rating }) => ({ from: from_percent, rating })),
    overall_bands: (entry.overall_bands ?? []).map(({ from_score, rating }) => ({
      from: from_score,
      rating,
    })),
  };
  for (const rule of ['bands', 'overall_bands'] as const) {
    for (const { rating } of bands[rule]) yield known(at(rule), rating, 'rating of the scale', ratings);
    const isAscending = bands[rule].every(({ from, rating }, n, all) => {
      const { from: before = -1, rating: lower = '' } = all[n - 1] ?? {};
      return n === 0 ? from === 0 : before < from && ratings.indexOf(lower) < ratings.indexOf(rating);
    });
    yield holds(
      at(rule),
      isAscending,
      'the bands have to begin at 0 and to ascend, a better rating with each',
    );
  }
  for (const rule of ['percentage_base', 'rounding', 'band_on'] as const) {
    const isThere = !entry.bands || entry[rule] !== undefined;
    yield holds(at('bands') ?? at('not_known'), isThere, `bands need ${rule}, which is not known`);
  }
  // A limit that nobody knows of may hold: what is computed without it is no overall rating by the rules.
  yield holds(
    at('not_known'),
    overall !== 'summed' || !notKnown.includes('limiting_judgements') || notKnown.includes('overall'),
    'where limiting_judgements are not known, neither is the overall rating: name overall too (limiting_judgements: [] says that there is none)',
  );
  for (const name of Object.keys(scores ?? {}))
    yield known(at('scores'), name, 'rating of the scale', ratings);
  const scale = ratings.map((name) => scores?.[name] ?? Number.NaN);
  const rises = scale.every((score, rank) => rank === 0 || score >= (scale[rank - 1] as number));
  yield holds(
    at('scores'),
    rises && (scale.at(-1) as number) > (scale[0] as number),
    `each rating has to have its score, and they rise with the ratings: ${ratings.join(', ')}`,
  );
  for (const code of Object.keys(weightsOf(entry)))
    yield known(at('counting_standards'), code, 'standard of this edition', inspected);
  const most = Object.values(weightsOf(entry)).reduce((sum, weight) => sum + weight, 0) * Math.max(...scale);
  const last = bands.overall_bands.at(-1);
  yield holds(
    at('overall_bands') ?? at('counting_standards') ?? at('scores'),
    !last || !(last.from > most),
    `"${last?.rating}" begins at ${last?.from} points, but the standards that count give ${most} at most`,
  );
  for (const limit of entry.limiting_judgements ?? []) {
    const { standards, at_or_below, overall_at_most, minimum_standards: least = 1 } = limit;
    const there = at('limiting_judgements');
    const mayHold = least <= standards.length;
    yield holds(there, mayHold, 'a limit that asks for more standards than it names could never hold');
    for (const code of standards) yield known(there, code, 'standard of this edition', inspected);
    yield known(there, at_or_below, 'rating of the scale', ratings);
    yield known(there, overall_at_most, 'rating of the scale', ratings);
  }
}

/** What a question may name: the kinds of case of each sample, and the values of each attribute. */
interface Words {
  kinds: Map<string, string[]>;
  values: Map<string, string[]>;
}

function* claimsOfQuestions(edition: EditionFile): Generator<Claim> {
  const words: Words = { kinds: new Map(), values: new Map() };
  for (const [n, { sample, kinds = [] }] of samplesOf(edition).entries()) {
    yield single(['samples', n], 'sample', [sample]);
    const all = kinds.map(kindOf);
    for (const [k, { kind, part_of: whole, also = [] }] of all.entries()) {
      const at = ['samples', n, 'kinds', k];
      yield single(at, `kind of case in sample ${sample}`, [kind, ...also].map(plainKind));
      const before = all.slice(0, k).map((one) => one.kind);
      if (whole !== undefined) yield known(at, whole, 'kind of case before it', before);
    }
    words.kinds.set(
      sample,
      all.map(({ kind }) => kind),
    );
  }
  const columns = ['case', 'sample', edition.kind_of_case ?? 'disposal'];
  for (const [n, { attribute, values }] of (edition.case_attributes ?? []).entries()) {
    const [at, kind, all] = [['case_attributes', n], `value of ${attribute}`, values.map(codedValueOf)];
    yield single(at, 'attribute', [attribute]);
    yield holds(at, !columns.includes(attribute), `"${attribute}" is a column of cases.csv already`);
    for (const [v, { value, also = [] }] of all.entries()) {
      const [there, written] = [[...at, 'values', v], [value, ...also].map(plain)];
      yield single(there, kind, written);
      const isKnown = !written.some((word) => unknownWords.includes(word));
      yield holds(there, isKnown, '"not known" is understood of every attribute: leave it out');
    }
    words.values.set(
      attribute,
      all.map(({ value }) => value),
    );
  }
  // Without bands there is nothing to rate a standard by.
  const isRated = edition.rules.some(({ bands }) => bands);
  let questions = 0;
  for (const [d, { code, sample, standards }] of edition.domains.entries()) {
    yield single(['domains', d], 'domain', [code]);
    if (sample !== undefined)
      yield known(['domains', d, 'sample'], sample, 'sample of this edition', words.kinds.keys());
    for (const [s, standard] of standards.entries()) {
      const { code, basis, key_questions: asked = [] } = standard;
      const at = ['domains', d, 'standards', s];
      yield single(at, 'standard', [code]);
      const isJudged = basis === 'qualitative';
      const counted = asked.filter((question) => basisOf(standard, question) === 'cases');
      const what = `standard ${code} is judged on cases, but`;
      const isThere = isJudged || !isRated || counted.length > 0;
      yield holds(at, isThere, `${what} has no key questions to rate it from`);
      yield holds(at, isJudged || sample !== undefined, `${what} its domain names no sample`);
      for (const [k, question] of asked.entries()) {
        const below = [...at, 'key_questions', k];
        const wrong = `question ${question.code} is asked of cases, but standard ${code} is qualitative`;
        yield holds(below, !isJudged || question.basis !== 'cases', wrong);
        const of = counted.includes(question) ? (sample ?? '') : null;
        yield* claimsOfQuestion(question, of, below, words);
        for (const [p, prompt] of (question.prompts ?? []).entries())
          yield* claimsOfQuestion(prompt, of, [...below, 'prompts', p], words);
        questions += 1 + (question.prompts ?? []).length;
      }
    }
  }
  yield holds(['domains'], questions <= mostCodes, `there are more than ${mostCodes} questions`);
}

/** Of a key question or a prompt; `sample` is that of the cases that it is asked of, null where it is judged. */
function* claimsOfQuestion(
  { code, from = '', until, applies_to_kinds: only = [], not_asked_where: never = {} }: QuestionEntry,
  sample: string | null,
  at: ValuePath,
  { kinds, values }: Words,
): Generator<Claim> {
  yield single(at, 'question', [code]);
  const isOrder = until === undefined || from < until;
  yield holds([...at, 'until'], isOrder, `question ${code} ends on ${until}, before it begins on ${from}`);
  const isOfAll = only.length === 0 && Object.keys(never).length === 0;
  yield holds(at, sample !== null || isOfAll, `question ${code} is judged: it is asked of no cases`);
  const ofSample = kinds.get(sample ?? '');
  // Of a sample that is not there that is said already.
  for (const [nth, kind] of ofSample ? only.entries() : [])
    yield known([...at, 'applies_to_kinds', nth], kind, `kind of case in sample ${sample}`, ofSample ?? []);
  for (const [name, excluded] of sample === null ? [] : Object.entries(never)) {
    const there = [...at, 'not_asked_where', name];
    yield known(there, name, 'attribute of a case', values.keys());
    const ofName = values.get(name);
    for (const value of ofName ? excluded : []) yield known(there, value, `value of ${name}`, ofName ?? []);
  }
}
