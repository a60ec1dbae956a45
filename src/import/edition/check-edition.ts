import { didYouMean, listed } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { plain, unknownWords } from '../bundle/case-codes.js';
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

/** More than any edition has, and few enough for one statement to write results of all of them. */
const mostCodes = 5000;

/** What is found to be wrong with a file; what is common to programmes is wrong but once. */
class Findings {
  readonly problems = new Map<string, Problem>();
  readonly #seen = new Set<string>();

  constructor(readonly file: YamlFile) {}

  say(at: ValuePath, message: string): void {
    const problem = this.file.problem(at, message);
    this.problems.set(JSON.stringify(problem), problem);
  }

  /** A name has to be one of those that there are. */
  known(at: ValuePath, name: string, what: string, allowed: Iterable<string>): void {
    const all = [...allowed];
    if (!all.includes(name)) this.say(at, `"${name}" is no ${what}${didYouMean(name, all)}: ${listed(all)}`);
  }

  /** Names of one thing, of which the edition may have one of a kind. Returns how many there are of all kinds. */
  unique(at: ValuePath, kind: string, ...names: string[]): number {
    for (const name of new Set(names)) {
      if (this.#seen.has(`${kind} ${name}`)) this.say(at, `${kind} ${name} stands twice`);
      this.#seen.add(`${kind} ${name}`);
    }
    return this.#seen.size;
  }
}

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
  const [inRules, inQuestions] = [new Findings(rules), new Findings(questions)];
  checkProgrammes(edition, standards, inRules);
  checkCases(edition, inQuestions);
  for (const [d, domain] of edition.domains.entries())
    checkDomain(edition, domain, ['domains', d], inQuestions);
  const whole: RulesEntry[] = [];
  for (const { programme } of edition.programmes) {
    let before: RulesEntry | undefined;
    for (const [at, entry] of edition.rules.entries()) {
      const { programmes, ...common } = entry;
      const own = { ...common, ...programmes?.[programme] };
      const merged = withoutUnknown({ ...before, ...own, programme }, own);
      checkRules(edition, merged, own, ['rules', at], inRules);
      if (before && before.effective_from >= entry.effective_from)
        inRules.say(['rules', at, 'effective_from'], 'an amendment has to be later than the rules before it');
      before = merged;
      whole.push(merged);
    }
  }
  refuse(`Edition ${edition.edition} contradicts itself; nothing was loaded.`, [
    ...inRules.problems.values(),
    ...inQuestions.problems.values(),
  ]);
  return { ...edition, rules: whole };
}

/** Rules less those that they say are not known; a rule that is said again is known again. */
function withoutUnknown(merged: RulesEntry, own: Partial<RulesEntry>): RulesEntry {
  const unknown = (merged.not_known ?? []).filter((rule) => own.not_known?.includes(rule) || !(rule in own));
  const known = Object.entries(merged).filter(([key]) => !(unknown as string[]).includes(key));
  return { ...(Object.fromEntries(known) as unknown as RulesEntry), not_known: unknown };
}

function checkProgrammes({ programmes, rules }: EditionFile, standards: string[], findings: Findings): void {
  for (const [at, { programme, standards: own }] of programmes.entries()) {
    findings.unique(['programmes', at], 'programme', programme);
    for (const code of own)
      findings.known(['programmes', at, 'standards'], code, 'standard of this edition', standards);
  }
  const names = programmes.map(({ programme }) => programme);
  for (const [at, { programmes: special = {} }] of rules.entries())
    for (const name of Object.keys(special))
      findings.known(['rules', at, 'programmes', name], name, 'programme of this edition', names);
}

/** Checks the rules of a programme: those that an entry says itself (`own`), the others were checked where they are said. */
function checkRules(
  { programmes, ratings }: EditionFile,
  entry: RulesEntry,
  own: Partial<RulesEntry>,
  at: ValuePath,
  findings: Findings,
): void {
  const { programme, overall = 'summed', not_known: notKnown = [] } = entry;
  const inspected = programmes.find((one) => one.programme === programme)?.standards ?? [];
  const wanted = [...ofPercentages, ...(overall === 'summed' ? ofSums : [])];
  const missing = wanted.filter((rule) => !(rule in entry) && !notKnown.includes(rule));
  if (missing.length > 0) {
    const advice = 'give them, or name them under not_known where no source is known';
    const message = `rules from ${entry.effective_from}: ${missing.join(', ')} missing: ${advice}`;
    if (at[1] === 0) findings.say(at, message);
    return;
  }
  const say = (key: Rule | 'not_known', message: string) => {
    if (key in own) findings.say([...at, key], message);
  };
  const known = (key: Rule, name: string, what: string, allowed: readonly string[]) => {
    if (key in own) findings.known([...at, key], name, what, allowed);
  };
  const rating = (key: Rule, name: string) => known(key, name, 'rating of the scale', ratings);
  const standard = (key: Rule, code: string) => known(key, code, 'standard of this edition', inspected);
  const { bands, overall_bands: overallBands = [], scores, limiting_judgements: limits = [] } = entry;
  const starts = {
    bands: (bands ?? []).map((band) => ({ from: band.from_percent, rating: band.rating })),
    overall_bands: overallBands.map((band) => ({ from: band.from_score, rating: band.rating })),
  };
  for (const key of ['bands', 'overall_bands'] as const) {
    for (const band of starts[key]) rating(key, band.rating);
    const ascend = starts[key].every((band, nth) => {
      const before = starts[key][nth - 1];
      if (!before) return band.from === 0;
      return before.from < band.from && ratings.indexOf(before.rating) < ratings.indexOf(band.rating);
    });
    if (!ascend) say(key, 'the bands have to begin at 0 and to ascend, a better rating with each');
  }
  for (const rule of ['percentage_base', 'rounding', 'band_on'] as const)
    if (bands && !entry[rule])
      say('bands' in own ? 'bands' : 'not_known', `bands need ${rule}, which is not known`);
  // A limit that nobody knows of may hold: what is computed without it is no overall rating by the rules.
  if (overall === 'summed' && notKnown.includes('limiting_judgements') && !notKnown.includes('overall'))
    say(
      'not_known',
      'where limiting_judgements are not known, neither is the overall rating: name overall too (limiting_judgements: [] says that there is none)',
    );
  if (scores) {
    for (const name of Object.keys(scores)) rating('scores', name);
    const scale = ratings.map((name) => scores[name] ?? Number.NaN);
    const rises = scale.every((score, place) => place === 0 || score >= (scale[place - 1] as number));
    if (!rises || !((scale.at(-1) as number) > (scale[0] as number)))
      say(
        'scores',
        `each rating has to have its score, and they rise with the ratings: ${ratings.join(', ')}`,
      );
    const most =
      Object.values(weightsOf(entry)).reduce((sum, weight) => sum + weight, 0) * Math.max(...scale);
    const last = overallBands.at(-1);
    // An amendment that says nothing of the bands may lower the maximum.
    const key =
      (['overall_bands', 'counting_standards', 'scores'] as const).find((one) => one in own) ?? 'scores';
    if (last && last.from_score > most)
      say(
        key,
        `"${last.rating}" begins at ${last.from_score} points, but the standards that count give ${most} at most`,
      );
  }
  for (const code of Object.keys(weightsOf(entry))) standard('counting_standards', code);
  for (const limit of limits) {
    for (const code of limit.standards) standard('limiting_judgements', code);
    rating('limiting_judgements', limit.at_or_below);
    rating('limiting_judgements', limit.overall_at_most);
    if ((limit.minimum_standards ?? 1) > limit.standards.length)
      say('limiting_judgements', 'a limit that asks for more standards than it names could never hold');
  }
}

/** Checks samples with their kinds of case, and attributes with their values: a word means one of them. */
function checkCases(edition: EditionFile, findings: Findings): void {
  for (const [at, { sample, kinds = [] }] of edition.samples.entries()) {
    findings.unique(['samples', at], 'sample', sample);
    const names = kinds.map((one) => kindOf(one).kind);
    for (const [k, { kind, part_of: whole, also = [] }] of kinds.map(kindOf).entries()) {
      const path = ['samples', at, 'kinds', k];
      findings.unique(path, `kind of case in sample ${sample}`, ...[kind, ...also].map(plainKind));
      if (whole !== undefined) findings.known(path, whole, 'kind of case before it', names.slice(0, k));
    }
  }
  for (const [at, { attribute, values }] of (edition.case_attributes ?? []).entries()) {
    const path = ['case_attributes', at];
    findings.unique(path, 'attribute', attribute);
    if (['case', 'sample', edition.kind_of_case ?? 'disposal'].includes(attribute))
      findings.say(path, `"${attribute}" is a column of cases.csv already`);
    for (const [v, { value, also = [] }] of values.map(codedValueOf).entries()) {
      const written = [value, ...also].map(plain);
      if (written.some((one) => unknownWords.includes(one)))
        findings.say([...path, 'values', v], '"not known" is understood of every attribute: leave it out');
      findings.unique([...path, 'values', v], `value of ${attribute}`, ...written);
    }
  }
}

function checkDomain(edition: EditionFile, domain: DomainEntry, at: ValuePath, findings: Findings): void {
  const { code, sample, standards } = domain;
  findings.unique(at, 'domain', code);
  const samples = edition.samples.map((one) => one.sample);
  if (sample !== undefined) findings.known([...at, 'sample'], sample, 'sample of this edition', samples);
  // Without bands there is nothing to rate a standard by.
  const isRated = edition.rules.some(({ bands }) => bands);
  for (const [s, standard] of standards.entries()) {
    const path = [...at, 'standards', s];
    const { code, basis, key_questions: questions = [] } = standard;
    if (findings.unique(path, 'standard', code) > mostCodes)
      findings.say(['domains'], `there are more than ${mostCodes} standards and questions`);
    const isCounted = (question: QuestionEntry) => basisOf(standard, question) === 'cases';
    if (basis === 'cases' && isRated && !questions.some(isCounted))
      findings.say(path, `standard ${code} is judged on cases, but has no key questions to rate it from`);
    if (basis === 'cases' && !sample)
      findings.say(path, `standard ${code} is judged on cases, but its domain names no sample`);
    for (const [k, question] of questions.entries()) {
      const below = [...path, 'key_questions', k];
      if (question.basis === 'cases' && basis === 'qualitative')
        findings.say(
          below,
          `question ${question.code} is asked of cases, but standard ${code} is qualitative`,
        );
      const asked = isCounted(question) ? sample : null;
      checkQuestion(edition, question, asked, below, findings);
      for (const [p, prompt] of (question.prompts ?? []).entries())
        checkQuestion(edition, prompt, asked, [...below, 'prompts', p], findings);
    }
  }
}

/** Checks a key question or a prompt; `sample` is that of the cases that it is asked of, null where it is judged. */
function checkQuestion(
  edition: EditionFile,
  { code, from, until, applies_to_kinds: only = [], not_asked_where: notAsked = {} }: QuestionEntry,
  sample: string | null | undefined,
  at: ValuePath,
  findings: Findings,
): void {
  findings.unique(at, 'question', code);
  if (from && until && from >= until)
    findings.say([...at, 'until'], `question ${code} ends on ${until}, before it begins on ${from}`);
  if (sample === null && (only.length > 0 || Object.keys(notAsked).length > 0)) {
    findings.say(at, `question ${code} is judged: it is asked of no cases`);
    return;
  }
  const drawn = edition.samples.find((one) => one.sample === sample);
  const kinds = drawn?.kinds?.map((one) => kindOf(one).kind) ?? [];
  // Of a sample that is not there that is said already.
  for (const [nth, kind] of drawn ? only.entries() : [])
    findings.known([...at, 'applies_to_kinds', nth], kind, `kind of case in sample ${sample}`, kinds);
  const values = new Map(
    edition.case_attributes?.map((one) => [
      one.attribute,
      one.values.map((given) => codedValueOf(given).value),
    ]),
  );
  for (const [name, excluded] of Object.entries(notAsked)) {
    const there = [...at, 'not_asked_where', name];
    findings.known(there, name, 'attribute of a case', values.keys());
    for (const value of values.has(name) ? excluded : [])
      findings.known(there, value, `value of ${name}`, values.get(name) ?? []);
  }
}
