import { plain, unknownWords } from '../bundle/case-codes.js';
import { plainKind } from '../bundle/sample-entries.js';
import { type Claims, claimsOn } from '../files/claims.js';
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

/** More than any edition has. */
const mostQuestions = 5000;

/** Checks what the schemas of an edition's files can't say. Throws a UserError with everything that is wrong. */
export function checkEdition(edition: EditionFile, rules: YamlFile, questions: YamlFile): void {
  const [ofRules, ofQuestions] = [claimsOn(rules), claimsOn(questions)];
  checkRules(ofRules, edition);
  checkCases(ofQuestions, edition);
  checkStandards(ofQuestions, edition);
  const problems = [...ofRules.problems(), ...ofQuestions.problems()];
  refuse(`Edition ${edition.edition} contradicts itself; nothing was loaded.`, problems);
}

function checkRules(claims: Claims, edition: EditionFile): void {
  const standards = edition.domains.flatMap((domain) => domain.standards.map(({ code }) => code));
  const programmes = programmesOf(edition);
  for (const [n, { name, standards: own }] of programmes.entries()) {
    claims.single(['programmes', n], 'programme', name);
    claims.known(['programmes', n, 'standards'], 'standard of this edition', own, standards);
  }
  const names = programmes.map(({ name }) => name);
  for (const [nth, { programmes: special = {} }] of edition.rules.entries())
    for (const name of Object.keys(special))
      claims.known(['rules', nth, 'programmes', name], 'programme of this edition', [name], names);
  for (const rules of rulesByProgramme(edition)) {
    const inspected = programmes.find(({ name }) => name === rules.programme)?.standards ?? [];
    checkProgramme(claims, rules, edition, {
      inspected,
      what: names.length > 1 ? `programme ${rules.programme}` : 'this edition',
    });
  }
}

const ofPercentages: Rule[] = [
  ...(['percentage_base', 'rounding', 'band_on', 'confidence_level', 'bands', 'discretion'] as const),
];
const ofSums: Rule[] = [
  ...(['scores', 'counting_standards', 'overall_bands', 'limiting_judgements', 'unrated_standard'] as const),
];

function checkProgramme(
  { holds, known }: Claims,
  { programme, nth, own, entry }: ProgrammeRules,
  { ratings, rules }: EditionFile,
  { inspected, what }: { inspected: string[]; what: string },
): void {
  const { overall = 'summed', not_known: notKnown = [], scores, limiting_judgements: limits = [] } = entry;
  const wanted = overall === 'summed' ? [...ofPercentages, ...ofSums] : ofPercentages;
  const missing = wanted.filter((rule) => !(rule in entry) && !notKnown.includes(rule));
  const which = `rules of ${what} from ${entry.effective_from}: ${missing.join(', ')}`;
  const advice = 'give them, or name them under not_known where no source is known';
  // An amendment lacks what those before it lack, which was said, and what it asks for itself.
  const isSaid = nth > 0 && own.overall === undefined && own.not_known === undefined;
  const ofProgramme = ['rules', nth, 'programmes', programme];
  holds(ofProgramme, missing.length === 0 || isSaid, `${which} missing: ${advice}`);
  if (missing.length > 0) return;
  const isLater = nth === 0 || (rules[nth - 1]?.effective_from ?? '') < entry.effective_from;
  holds(['rules', nth, 'effective_from'], isLater, 'an amendment has to be later than the rules before it');
  // Of what an entry says itself: the rest was checked where it is said.
  const special = rules[nth]?.programmes?.[programme] ?? {};
  const at = (rule: Rule | 'not_known') => {
    if (rule in special) return [...ofProgramme, rule];
    return rule in own ? ['rules', nth, rule] : undefined;
  };
  const bands = (entry.bands ?? []).map(({ from_percent: from, rating }) => ({ from, rating }));
  const overallBands = (entry.overall_bands ?? []).map(({ from_score: from, rating }) => ({ from, rating }));
  const isAscending = (all: typeof bands) =>
    all.every(({ from, rating }, n) => {
      const { from: before = -1, rating: lower = '' } = all[n - 1] ?? {};
      return before < from && ratings.indexOf(lower) < ratings.indexOf(rating) && (n > 0 || from === 0);
    });
  const ascending = 'the bands have to begin at 0 and to ascend, a better rating of the scale with each';
  for (const [rule, all] of [['bands', bands] as const, ['overall_bands', overallBands] as const]) {
    const names = all.map(({ rating }) => rating);
    known(at(rule), 'rating of the scale', names, ratings);
    const isOnScale = names.every((name) => ratings.includes(name));
    holds(at(rule), !isOnScale || isAscending(all), ascending);
  }
  for (const rule of ['percentage_base', 'rounding', 'band_on'] as const) {
    const isThere = !entry.bands || entry[rule] !== undefined;
    holds(at('bands') ?? at('not_known'), isThere, `bands need ${rule}, which is not known`);
  }
  // A limit that nobody knows of may hold: what is computed without it is no overall rating by the rules.
  holds(
    at('not_known'),
    overall !== 'summed' || !notKnown.includes('limiting_judgements') || notKnown.includes('overall'),
    'where limiting_judgements are not known, neither is the overall rating: name overall too (limiting_judgements: [] says that there is none)',
  );
  const scale = ratings.map((name) => scores?.[name] ?? Number.NaN);
  const rises = scale.every((score, rank) => rank === 0 || score >= (scale[rank - 1] as number));
  const isWhole = Object.keys(scores ?? {}).length === ratings.length;
  holds(
    at('scores'),
    isWhole && rises && (scale.at(-1) as number) > (scale[0] as number),
    `each rating has to have its score, and they rise with the ratings: ${ratings.join(', ')}`,
  );
  const weights = weightsOf(entry);
  known(at('counting_standards'), `standard of ${what}`, Object.keys(weights), inspected);
  const most = Object.values(weights).reduce((sum, weight) => sum + weight, 0) * Math.max(...scale);
  const last = overallBands.at(-1);
  holds(
    at('overall_bands') ?? at('counting_standards') ?? at('scores'),
    !last || !(last.from > most),
    `"${last?.rating}" begins at ${last?.from} points, but the standards that count give ${most} at most`,
  );
  for (const { standards, at_or_below, overall_at_most, minimum_standards: least = 1 } of limits) {
    const there = at('limiting_judgements');
    const mayHold = least <= standards.length;
    holds(there, mayHold, 'a limit that asks for more standards than it names could never hold');
    known(there, `standard of ${what}`, standards, inspected);
    known(there, 'rating of the scale', [at_or_below, overall_at_most], ratings);
  }
}

/** Samples with their kinds of case, and attributes with their values: no two may be meant by one word of a file. */
function checkCases({ holds, known, single }: Claims, edition: EditionFile): void {
  for (const [n, { sample, kinds = [] }] of samplesOf(edition).entries()) {
    single(['samples', n], 'sample', sample);
    const all = kinds.map(kindOf);
    for (const [k, { kind, part_of: whole, also = [] }] of all.entries()) {
      const at = ['samples', n, 'kinds', k];
      single(at, `kind of case in sample ${sample}`, ...[kind, ...also].map(plainKind));
      const before = all.slice(0, k).map((one) => one.kind);
      if (whole !== undefined) known(at, 'kind of case before it', [whole], before);
    }
  }
  single(undefined, 'column of cases.csv', 'case', 'sample', edition.kind_of_case ?? 'disposal');
  for (const [n, { attribute, values }] of (edition.case_attributes ?? []).entries()) {
    const at = ['case_attributes', n];
    single(at, 'column of cases.csv', attribute);
    for (const [v, { value, also = [] }] of values.map(codedValueOf).entries()) {
      const [there, written] = [[...at, 'values', v], [value, ...also].map(plain)];
      single(there, `value of ${attribute}`, ...written);
      const isKnown = !written.some((word) => unknownWords.includes(word));
      holds(there, isKnown, '"not known" is understood of every attribute: leave it out');
    }
  }
}

function checkStandards(claims: Claims, edition: EditionFile): void {
  const { holds, known, single } = claims;
  const kinds = new Map(
    samplesOf(edition).map((one) => [one.sample, one.kinds?.map((kind) => kindOf(kind).kind) ?? []]),
  );
  const values = new Map(
    (edition.case_attributes ?? []).map((one) => [
      one.attribute,
      one.values.map((value) => codedValueOf(value).value),
    ]),
  );
  // Without bands there is nothing to rate a standard by.
  const isRated = edition.rules.some(({ bands }) => bands);
  let questions = 0;
  for (const [d, { code, sample, standards }] of edition.domains.entries()) {
    single(['domains', d], 'domain', code);
    if (sample !== undefined)
      known(['domains', d, 'sample'], 'sample of this edition', [sample], [...kinds.keys()]);
    for (const [s, standard] of standards.entries()) {
      const { code, basis, key_questions: asked = [] } = standard;
      const at = ['domains', d, 'standards', s];
      single(at, 'standard', code);
      const isJudged = basis === 'qualitative';
      const counted = asked.filter((question) => basisOf(standard, question) === 'cases');
      const what = `standard ${code} is judged on cases, but`;
      const isThere = isJudged || !isRated || counted.length > 0;
      holds(at, isThere, `${what} has no key questions to rate it from`);
      holds(at, isJudged || sample !== undefined, `${what} its domain names no sample`);
      for (const [k, question] of asked.entries()) {
        const below = [...at, 'key_questions', k];
        const wrong = `question ${question.code} is asked of cases, but standard ${code} is qualitative`;
        holds(below, !isJudged || question.basis !== 'cases', wrong);
        const of = counted.includes(question) ? (sample ?? '') : null;
        checkQuestion(claims, below, question, of, { kinds, values });
        for (const [p, prompt] of (question.prompts ?? []).entries())
          checkQuestion(claims, [...below, 'prompts', p], prompt, of, { kinds, values });
        questions += 1 + (question.prompts ?? []).length;
      }
    }
  }
  holds(['domains'], questions <= mostQuestions, `there are more than ${mostQuestions} questions`);
}

/** Of a key question or a prompt; `sample` is that of the cases that it is asked of, null where it is judged. */
function checkQuestion(
  { holds, known, single }: Claims,
  at: ValuePath,
  { code, from = '', until, applies_to_kinds: only = [], not_asked_where: never = {} }: QuestionEntry,
  sample: string | null,
  { kinds, values }: Record<'kinds' | 'values', Map<string, string[]>>,
): void {
  single(at, 'question', code);
  const isOrder = until === undefined || from < until;
  holds([...at, 'until'], isOrder, `question ${code} ends on ${until}, before it begins on ${from}`);
  const isOfAll = only.length === 0 && Object.keys(never).length === 0;
  holds(at, sample !== null || isOfAll, `question ${code} is judged: it is asked of no cases`);
  if (sample === null) return;
  // Of a sample or an attribute that is not there, that is said already.
  const ofSample = kinds.get(sample);
  for (const [nth, kind] of only.entries())
    known(
      ofSample && [...at, 'applies_to_kinds', nth],
      `kind of case in sample ${sample}`,
      [kind],
      ofSample ?? [],
    );
  for (const [name, excluded] of Object.entries(never)) {
    const there = [...at, 'not_asked_where', name];
    known(there, 'attribute of a case', [name], [...values.keys()]);
    const ofName = values.get(name);
    known(ofName && there, `value of ${name}`, excluded, ofName ?? []);
  }
}
