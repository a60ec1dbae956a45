import { didYouMean, listed } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { plain, unknown, unknownWords } from '../bundle/case-codes.js';
import { plainKind } from '../bundle/sample-entries.js';
import { refuse } from '../files/refuse.js';
import type { ValuePath, YamlFile } from '../files/yaml-file.js';
import {
  basisOf,
  codedValueOf,
  type DomainEntry,
  type EditionFile,
  kindOf,
  type QuestionEntry,
  type Rule,
  type RulesEntry,
  type StandardEntry,
  weightsOf,
} from './edition-entries.js';

const ofPercentages: Rule[] = [
  'percentage_base',
  'rounding',
  'band_on',
  'confidence_level',
  'bands',
  'discretion',
];
const ofSums: Rule[] = [
  'scores',
  'counting_standards',
  'overall_bands',
  'limiting_judgements',
  'unrated_standard',
];

/** What the programme of an edition that names none is called. */
const onlyProgramme = 'full';

/** What is listed and compared beside the standards, under these names in place of a standard's code. */
const beside = ['overall', 'score'];

/** More than any edition has, and few enough for one statement to write results of all of them. */
const mostCodes = 5000;

/** Says what is wrong at a place of a file. */
type Say = (at: ValuePath, message: string) => void;

/** Everything made whole that a file may leave out, and everything that the schema can't say checked. */
export function checkedEdition(given: EditionFile, rules: YamlFile, questions: YamlFile): EditionFile {
  const standards = given.domains.flatMap((domain) => domain.standards.map(({ code }) => code));
  const named = given.domains.flatMap(({ sample }) => (sample === undefined ? [] : [sample]));
  const edition: EditionFile = {
    ...given,
    edition: String(given.edition),
    programmes: (given.programmes ?? [{ programme: onlyProgramme, standards }]).map((one) => ({
      ...one,
      standards: one.standards ?? standards,
    })),
    samples: given.samples ?? [...new Set(named)].map((sample) => ({ sample })),
  };
  const problems: Problem[] = [];
  const sayOf =
    (file: YamlFile): Say =>
    (at, message) =>
      problems.push(file.problem(at, message));
  const inRules = sayOf(rules);
  checkProgrammes(edition, standards, inRules);
  checkQuestions(edition, sayOf(questions));
  const whole: RulesEntry[] = [];
  for (const { programme } of edition.programmes) {
    let before: RulesEntry | undefined;
    for (const [at, entry] of edition.rules.entries()) {
      const { programmes, ...common } = entry;
      const own = { ...common, ...programmes?.[programme] };
      const merged = withoutUnknown({ ...before, ...own, programme }, own);
      checkRules(edition, merged, { own, at, inRules });
      if (before && before.effective_from >= entry.effective_from)
        inRules(['rules', at, 'effective_from'], 'an amendment has to be later than the rules before it');
      before = merged;
      whole.push(merged);
    }
  }
  // What is common to programmes is wrong but once.
  const unique = new Map(problems.map((one) => [JSON.stringify(one), one]));
  refuse(`Edition ${edition.edition} contradicts itself; nothing was loaded.`, [...unique.values()]);
  return { ...edition, rules: whole };
}

/** Rules less those that they say are not known; a rule that is said again is known again. */
function withoutUnknown(merged: RulesEntry, own: Partial<RulesEntry>): RulesEntry {
  const unknown = (merged.not_known ?? []).filter((rule) => own.not_known?.includes(rule) || !(rule in own));
  const known = Object.entries(merged).filter(([key]) => !(unknown as string[]).includes(key));
  return { ...(Object.fromEntries(known) as unknown as RulesEntry), not_known: unknown };
}

const noStandard = (code: string, standards: readonly string[]) =>
  `"${code}" is no standard of this edition${didYouMean(code, standards)}`;

function checkProgrammes({ programmes, rules }: EditionFile, standards: string[], inRules: Say): void {
  const names = programmes.map(({ programme }) => programme);
  for (const [at, { programme, standards: own }] of programmes.entries()) {
    if (names.indexOf(programme) < at) inRules(['programmes', at], `programme ${programme} stands twice`);
    for (const code of own)
      if (!standards.includes(code)) inRules(['programmes', at, 'standards'], noStandard(code, standards));
  }
  for (const [at, { programmes: special = {} }] of rules.entries())
    for (const name of Object.keys(special))
      if (!names.includes(name))
        inRules(
          ['rules', at, 'programmes', name],
          `"${name}" is no programme of this edition${didYouMean(name, names)}: ${names.join(', ')}`,
        );
}

function checkRules(
  { programmes, ratings }: EditionFile,
  entry: RulesEntry,
  { own, at, inRules }: { own: Partial<RulesEntry>; at: number; inRules: Say },
): void {
  const { programme, overall = 'summed', not_known: notKnown = [] } = entry;
  const inspected = programmes.find((one) => one.programme === programme)?.standards ?? [];
  const inProgramme = programmes.length > 1 ? ` in programme ${programme}` : '';
  const wanted = [...ofPercentages, ...(overall === 'summed' ? ofSums : [])];
  const missing = wanted.filter((rule) => !(rule in entry) && !notKnown.includes(rule));
  if (missing.length > 0) {
    const advice = 'give them, or name them under not_known where no source is known';
    const message = `rules from ${entry.effective_from}${inProgramme}: ${missing.join(', ')} missing: ${advice}`;
    if (at === 0) inRules(['rules', at], message);
    return;
  }
  // What an amendment does not say itself was checked where it is said.
  const say = (key: Rule | 'not_known', message: string) => {
    if (key in own) inRules(['rules', at, key], `${message}${inProgramme}`);
  };
  // A limit that nobody knows of may hold: what is computed without it is no overall rating by the rules.
  if (overall === 'summed' && notKnown.includes('limiting_judgements') && !notKnown.includes('overall'))
    say(
      'not_known',
      'where limiting_judgements are not known, neither is the overall rating: name overall too (limiting_judgements: [] says that there is none)',
    );
  const checkRating = (key: Rule, rating: string) => {
    if (!ratings.includes(rating))
      say(key, `"${rating}" is not on the scale${didYouMean(rating, ratings)}: ${ratings.join(', ')}`);
  };
  const checkStandard = (key: Rule, code: string) => {
    if (!inspected.includes(code)) say(key, noStandard(code, inspected));
  };
  const checkBands = (key: Rule, bands: { from: number; rating: string }[]) => {
    for (const { rating } of bands) checkRating(key, rating);
    const ascending = bands.every(({ from, rating }, nth) => {
      const before = bands[nth - 1];
      return !before || (before.from < from && ratings.indexOf(before.rating) < ratings.indexOf(rating));
    });
    if (bands[0]?.from !== 0 || !ascending)
      say(key, 'the bands have to begin at 0 and to ascend, a better rating with each');
  };
  const { bands, overall_bands: overallBands, scores, limiting_judgements: limits = [] } = entry;
  if (bands) {
    checkBands(
      'bands',
      bands.map(({ from_percent, rating }) => ({ from: from_percent, rating })),
    );
    for (const rule of ['percentage_base', 'rounding', 'band_on'] as const)
      if (!entry[rule]) say('bands' in own ? 'bands' : 'not_known', `bands need ${rule}, which is not known`);
  }
  if (overallBands)
    checkBands(
      'overall_bands',
      overallBands.map(({ from_score, rating }) => ({ from: from_score, rating })),
    );
  if (scores) {
    for (const rating of Object.keys(scores)) checkRating('scores', rating);
    for (const rating of ratings)
      if (!(rating in scores)) say('scores', `the score of "${rating}" is missing`);
    const scale = ratings.flatMap((rating) => scores[rating] ?? []);
    const falls = scale.some((score, place) => score < (scale[place - 1] ?? score));
    if (falls || (scale.at(-1) ?? 0) <= (scale[0] ?? 0))
      say('scores', 'the scores have to rise with the ratings');
    const weights = Object.values(weightsOf(entry)).reduce((sum, weight) => sum + weight, 0);
    const most = weights * Math.max(...scale);
    const last = overallBands?.at(-1);
    // An amendment that says nothing of the bands may lower the maximum.
    const key =
      (['overall_bands', 'counting_standards', 'scores'] as const).find((one) => one in own) ?? 'scores';
    if (last && scale.length === ratings.length && last.from_score > most)
      say(
        key,
        `"${last.rating}" begins at ${last.from_score} points, but the standards that count give ${most} at most`,
      );
  }
  for (const code of Object.keys(weightsOf(entry))) checkStandard('counting_standards', code);
  for (const { standards, minimum_standards: minimum = 1, ...limit } of limits) {
    for (const code of standards) checkStandard('limiting_judgements', code);
    checkRating('limiting_judgements', limit.at_or_below);
    checkRating('limiting_judgements', limit.overall_at_most);
    if (minimum > standards.length)
      say(
        'limiting_judgements',
        `minimum_standards is ${minimum}, but the limit names ${standards.length}: it could never hold`,
      );
  }
}

/** What questions are held against, and what stood already. */
interface Known {
  say: Say;
  /** Says that a code stands twice, of which the edition may have one of a kind. */
  unique: (kind: string, code: string, at: ValuePath) => void;
  /** By sample: its kinds of case. */
  samples: Map<string, string[]>;
  /** By attribute of a case: its values. */
  values: Map<string, string[]>;
}

function checkQuestions(edition: EditionFile, say: Say): void {
  const seen = new Set<string>();
  const unique = (kind: string, code: string, at: ValuePath) => {
    const key = `${kind} ${code}`;
    if (seen.has(key)) say(at, `${key} stands twice`);
    seen.add(key);
  };
  const known: Known = { say, unique, samples: new Map(), values: new Map() };
  checkSamples(edition, known);
  checkAttributes(edition, known);
  const { samples } = known;
  for (const [d, domain] of edition.domains.entries()) {
    const { code, sample } = domain;
    unique('domain', code, ['domains', d]);
    if (sample !== undefined && !samples.has(sample))
      say(
        ['domains', d, 'sample'],
        `"${sample}" is no sample of this edition${didYouMean(sample, samples.keys())}: ${listed(samples.keys())}`,
      );
    for (const [s, standard] of domain.standards.entries())
      checkStandard(standard, ['domains', d, 'standards', s], { edition, domain, known });
  }
  if (seen.size > mostCodes) say(['domains'], `there are more than ${mostCodes} standards and questions`);
}

/** Says of names of things of which each has several that one stands for two of them: it tells nothing. */
function uniqueNames(say: Say, what: string, plainly: (name: string) => string) {
  const owners = new Map<string, string>();
  return (owner: string, also: readonly string[], at: ValuePath) => {
    for (const name of [owner, ...also]) {
      const other = owners.get(plainly(name)) ?? owner;
      if (other !== owner) say(at, `${what} ${owner}: "${name}" means ${other} already`);
      owners.set(plainly(name), other);
    }
  };
}

function checkSamples(edition: EditionFile, { say, unique, samples }: Known): void {
  for (const [at, { sample, kinds = [] }] of edition.samples.entries()) {
    unique('sample', sample, ['samples', at]);
    const names = kinds.map((one) => kindOf(one).kind);
    samples.set(sample, names);
    const what = `kind of case in sample ${sample}`;
    const uniqueKind = uniqueNames(say, what, plainKind);
    for (const [k, { kind, part_of: whole, also = [] }] of kinds.map(kindOf).entries()) {
      const path = ['samples', at, 'kinds', k];
      unique(what, kind, path);
      uniqueKind(kind, also, path);
      if (whole !== undefined && (whole === kind || !names.slice(0, k).includes(whole)))
        say(path, `${kind} is part of ${whole}, which does not stand before it`);
    }
  }
}

const reserved = ['case', 'sample'];

function checkAttributes(edition: EditionFile, { say, unique, values }: Known): void {
  for (const [at, { attribute, values: given }] of (edition.case_attributes ?? []).entries()) {
    const path = ['case_attributes', at];
    unique('attribute', attribute, path);
    if (reserved.includes(attribute) || attribute === (edition.kind_of_case ?? 'disposal'))
      say(path, `"${attribute}" is a column of cases.csv already`);
    const what = `value of ${attribute}`;
    const uniqueValue = uniqueNames(say, what, plain);
    uniqueValue(unknown, unknownWords, path);
    const coded = given.map(codedValueOf);
    values.set(
      attribute,
      coded.map(({ value }) => value),
    );
    for (const [v, { value, also = [] }] of coded.entries()) {
      const there = [...path, 'values', v];
      unique(what, value, there);
      if (value === unknown) say(there, '"not known" is understood of every attribute: leave it out');
      else uniqueValue(value, also, there);
    }
  }
}

function checkStandard(
  standard: StandardEntry,
  at: ValuePath,
  { edition, domain, known }: { edition: EditionFile; domain: DomainEntry; known: Known },
): void {
  const { code, basis, key_questions: questions = [] } = standard;
  const { say, unique } = known;
  unique('standard', code, at);
  if (beside.includes(code.toLowerCase()))
    say(at, `standard ${code}: ${beside.join(' and ')} are no codes of standards`);
  const isCounted = (question: QuestionEntry) => basisOf(standard, question) === 'cases';
  // Without bands there is nothing to rate it by either.
  const isRated = edition.rules.some(({ bands }) => bands);
  if (basis === 'cases' && isRated && !questions.some(isCounted))
    say(at, `standard ${code} is judged on cases, but has no key questions to rate it from`);
  if (basis === 'cases' && !domain.sample)
    say(at, `standard ${code} is judged on cases, but its domain names no sample`);
  for (const [k, question] of questions.entries()) {
    const below = [...at, 'key_questions', k];
    const counted = isCounted(question) ? { sample: domain.sample } : undefined;
    checkQuestion(question, below, counted, known);
    if (question.basis === 'cases' && basis === 'qualitative')
      say(below, `question ${question.code} is asked of cases, but standard ${code} is qualitative`);
    for (const [p, prompt] of (question.prompts ?? []).entries())
      checkQuestion(prompt, [...below, 'prompts', p], counted, known);
  }
}

function checkQuestion(
  { code, from, until, applies_to_kinds: only = [], not_asked_where: notAsked = {} }: QuestionEntry,
  at: ValuePath,
  /** Where it is asked of cases: those of which sample. */
  counted: { sample: string | undefined } | undefined,
  { say, unique, samples, values }: Known,
): void {
  unique('question', code, at);
  if (from && until && from >= until)
    say([...at, 'until'], `question ${code} ends on ${until}, before it begins on ${from}`);
  // Of a sample that is not there that is said already.
  const kinds = samples.get(counted?.sample ?? '');
  if (!counted && (only.length > 0 || Object.keys(notAsked).length > 0))
    say(at, `question ${code} is judged: it is asked of no cases`);
  else
    for (const [nth, kind] of kinds ? only.entries() : [])
      if (!kinds?.includes(kind))
        say(
          [...at, 'applies_to_kinds', nth],
          `question ${code}: no kind of case "${kind}" in sample "${counted?.sample}"${didYouMean(kind, kinds ?? [])}: ${kinds?.length ? listed(kinds) : 'it names none'}`,
        );
  for (const [attribute, excluded] of Object.entries(notAsked)) {
    const there = [...at, 'not_asked_where', attribute];
    const known = values.get(attribute);
    if (!known)
      say(
        there,
        `question ${code}: "${attribute}" is no attribute of a case${didYouMean(attribute, values.keys())}`,
      );
    for (const value of known ? excluded : [])
      if (!known?.includes(value))
        say(
          there,
          `question ${code}: "${value}" is no value of ${attribute}${didYouMean(value, known ?? [])}: ${listed(known ?? [])}`,
        );
  }
}
