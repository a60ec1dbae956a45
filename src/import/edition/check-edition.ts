import { didYouMean, listed } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import { plain, unknown, unknownWords } from '../bundle/case-codes.js';
import { plainKind } from '../bundle/sample-entries.js';
import type { YamlFile } from '../files/yaml-file.js';
import {
  basisOf,
  codedValueOf,
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

/** What is listed and compared beside the standards, under these names in place of a standard's code. */
const beside = ['overall', 'score'];

/** More than any edition has, and few enough for one statement to write results of all of them. */
const mostCodes = 5000;

/** Everything made whole that a file may leave out, and everything that the schema can't say checked. */
export function checkedEdition(given: EditionFile, rules: YamlFile, questions: YamlFile): EditionFile {
  const standards = given.domains.flatMap((domain) => domain.standards.map(({ code }) => code));
  const edition: EditionFile = {
    ...given,
    edition: String(given.edition),
    programmes: (given.programmes ?? [{ programme: onlyProgramme, standards }]).map((one) => ({
      ...one,
      standards: one.standards ?? standards,
    })),
    samples:
      given.samples ??
      [...new Set(given.domains.flatMap(({ sample }) => (sample === undefined ? [] : [sample])))].map(
        (sample) => ({ sample }),
      ),
  };
  const problems: Problem[] = [
    ...programmeProblems(edition, standards, rules),
    ...questionsProblems(edition, questions),
  ];
  const whole: RulesEntry[] = [];
  for (const { programme } of edition.programmes) {
    let before: RulesEntry | undefined;
    for (const [at, entry] of edition.rules.entries()) {
      const { programmes, ...common } = entry;
      const own = { ...common, ...programmes?.[programme] };
      const merged = withoutUnknown({ ...before, ...own, programme }, own);
      problems.push(...rulesProblems(edition, merged, { own, at, file: rules }));
      if (before && before.effective_from >= entry.effective_from)
        problems.push(
          rules.problem(
            ['rules', at, 'effective_from'],
            'an amendment has to be later than the rules before it',
          ),
        );
      before = merged;
      whole.push(merged);
    }
  }
  // What is common to programmes is wrong but once.
  const unique = [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
  if (unique.length > 0)
    throw new UserError(
      `Edition ${edition.edition} contradicts itself; nothing was loaded.`,
      undefined,
      unique,
    );
  return { ...edition, rules: whole };
}

/** Rules less those that they say are not known; a rule that is said again is known again. */
function withoutUnknown(merged: RulesEntry, own: Partial<RulesEntry>): RulesEntry {
  const unknown = (merged.not_known ?? []).filter((rule) => own.not_known?.includes(rule) || !(rule in own));
  const known = Object.entries(merged).filter(([key]) => !(unknown as string[]).includes(key));
  return { ...(Object.fromEntries(known) as unknown as RulesEntry), not_known: unknown };
}

function programmeProblems(edition: EditionFile, standards: string[], file: YamlFile): Problem[] {
  const names = edition.programmes.map(({ programme }) => programme);
  return [
    ...edition.programmes.flatMap(({ programme, standards: own }, at) => [
      ...(names.indexOf(programme) < at
        ? [file.problem(['programmes', at], `programme ${programme} stands twice`)]
        : []),
      ...own
        .filter((code) => !standards.includes(code))
        .map((code) =>
          file.problem(
            ['programmes', at, 'standards'],
            `"${code}" is no standard of this edition${didYouMean(code, standards)}`,
          ),
        ),
    ]),
    ...edition.rules.flatMap(({ programmes = {} }, at) =>
      Object.keys(programmes)
        .filter((name) => !names.includes(name))
        .map((name) =>
          file.problem(
            ['rules', at, 'programmes', name],
            `"${name}" is no programme of this edition${didYouMean(name, names)}: ${names.join(', ')}`,
          ),
        ),
    ),
  ];
}

function rulesProblems(
  edition: EditionFile,
  entry: RulesEntry,
  { own, at, file }: { own: Partial<RulesEntry>; at: number; file: YamlFile },
): Problem[] {
  const problems: Problem[] = [];
  const { programme } = entry;
  const inspected = edition.programmes.find((one) => one.programme === programme)?.standards ?? [];
  const inProgramme = edition.programmes.length > 1 ? ` in programme ${programme}` : '';
  const { overall = 'summed' } = entry;
  const wanted = [...ofPercentages, ...(overall === 'summed' ? ofSums : [])];
  const missing = wanted.filter((rule) => !(rule in entry) && !entry.not_known?.includes(rule));
  if (missing.length > 0) {
    const advice = 'give them, or name them under not_known where no source is known';
    return at > 0
      ? []
      : [
          file.problem(
            ['rules', at],
            `rules from ${entry.effective_from}${inProgramme}: ${missing.join(', ')} missing: ${advice}`,
          ),
        ];
  }
  // What an amendment does not say itself was checked where it is said.
  const say = (key: Rule | 'not_known', message: string) =>
    key in own && problems.push(file.problem(['rules', at, key], `${message}${inProgramme}`));
  // A limit that nobody knows of may hold: what is computed without it is no overall rating by the rules.
  if (
    overall === 'summed' &&
    entry.not_known?.includes('limiting_judgements') &&
    !entry.not_known.includes('overall')
  )
    say(
      'not_known',
      'where limiting_judgements are not known, neither is the overall rating: name overall too (limiting_judgements: [] says that there is none)',
    );
  const checkRating = (key: Rule, rating: string) => {
    if (!edition.ratings.includes(rating)) {
      say(
        key,
        `"${rating}" is not on the scale${didYouMean(rating, edition.ratings)}: ${edition.ratings.join(', ')}`,
      );
    }
  };
  const checkStandard = (key: Rule, code: string) => {
    if (!inspected.includes(code))
      say(key, `"${code}" is no standard of this edition${didYouMean(code, inspected)}`);
  };
  const checkBands = (key: Rule, bands: { from: number; rating: string }[]) => {
    for (const { rating } of bands) checkRating(key, rating);
    const ascending = bands.every((band, i) => {
      const before = bands[i - 1];
      return (
        !before ||
        (before.from < band.from &&
          edition.ratings.indexOf(before.rating) < edition.ratings.indexOf(band.rating))
      );
    });
    if (bands[0]?.from !== 0 || !ascending)
      say(key, 'the bands have to begin at 0 and to ascend, a better rating with each');
  };
  if (entry.bands) {
    checkBands(
      'bands',
      entry.bands.map(({ from_percent, rating }) => ({ from: from_percent, rating })),
    );
    for (const rule of ['percentage_base', 'rounding', 'band_on'] as const)
      if (!entry[rule]) say('bands' in own ? 'bands' : 'not_known', `bands need ${rule}, which is not known`);
  }
  if (entry.overall_bands)
    checkBands(
      'overall_bands',
      entry.overall_bands.map(({ from_score, rating }) => ({ from: from_score, rating })),
    );
  if (entry.scores) {
    for (const rating of Object.keys(entry.scores)) checkRating('scores', rating);
    for (const rating of edition.ratings)
      if (!(rating in entry.scores)) say('scores', `the score of "${rating}" is missing`);
    const scale = edition.ratings.flatMap((rating) => entry.scores?.[rating] ?? []);
    if (
      scale.some((score, place) => score < (scale[place - 1] ?? score)) ||
      (scale.at(-1) ?? 0) <= (scale[0] ?? 0)
    )
      say('scores', 'the scores have to rise with the ratings');
    const most =
      Object.values(weightsOf(entry)).reduce((sum, weight) => sum + weight, 0) * Math.max(...scale);
    const last = entry.overall_bands?.at(-1);
    if (last && scale.length === edition.ratings.length && last.from_score > most) {
      // An amendment that says nothing of the bands may lower the maximum.
      const key =
        (['overall_bands', 'counting_standards', 'scores'] as const).find((one) => one in own) ?? 'scores';
      say(
        key,
        `"${last.rating}" begins at ${last.from_score} points, but the standards that count give ${most} at most`,
      );
    }
  }
  for (const code of Object.keys(weightsOf(entry))) checkStandard('counting_standards', code);
  for (const limit of entry.limiting_judgements ?? []) {
    for (const code of limit.standards) checkStandard('limiting_judgements', code);
    checkRating('limiting_judgements', limit.at_or_below);
    checkRating('limiting_judgements', limit.overall_at_most);
    if ((limit.minimum_standards ?? 1) > limit.standards.length)
      say(
        'limiting_judgements',
        `minimum_standards is ${limit.minimum_standards}, but the limit names ${limit.standards.length}: it could never hold`,
      );
  }
  return problems;
}

function questionsProblems(edition: EditionFile, file: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const unique = (kind: string, code: string, at: (string | number)[]) => {
    const key = `${kind} ${code}`;
    if (seen.has(key)) problems.push(file.problem(at, `${key} stands twice`));
    seen.add(key);
  };
  /** Names of things of which each has several; a name that stands for two of them tells nothing. */
  const uniqueNames = (what: string, plainly: (name: string) => string, reservedFor?: [string, string[]]) => {
    const owners = new Map(reservedFor?.[1].map((name) => [plainly(name), reservedFor[0]]));
    return (owner: string, also: readonly string[], at: (string | number)[]) => {
      for (const name of [owner, ...also]) {
        const other = owners.get(plainly(name)) ?? owner;
        if (other !== owner)
          problems.push(file.problem(at, `${what} ${owner}: "${name}" means ${other} already`));
        owners.set(plainly(name), other);
      }
    };
  };
  const samples = new Map(edition.samples.map(({ sample, kinds = [] }) => [sample, kinds.map(kindOf)]));
  for (const [at, { sample, kinds = [] }] of edition.samples.entries()) {
    unique('sample', sample, ['samples', at]);
    const names = kinds.map((one) => kindOf(one).kind);
    const uniqueKind = uniqueNames(`kind of case in sample ${sample}`, plainKind);
    for (const [k, { kind, part_of: whole, also = [] }] of kinds.map(kindOf).entries()) {
      const path = ['samples', at, 'kinds', k];
      unique(`kind of case in sample ${sample}`, kind, path);
      uniqueKind(kind, also, path);
      if (whole !== undefined && (whole === kind || !names.slice(0, k).includes(whole)))
        problems.push(file.problem(path, `${kind} is part of ${whole}, which does not stand before it`));
    }
  }
  const values = new Map<string, string[]>();
  for (const [at, { attribute, values: listed }] of (edition.case_attributes ?? []).entries()) {
    const path = ['case_attributes', at];
    unique('attribute', attribute, path);
    if (reserved.includes(attribute) || attribute === (edition.kind_of_case ?? 'disposal'))
      problems.push(file.problem(path, `"${attribute}" is a column of cases.csv already`));
    values.set(
      attribute,
      listed.map((one) => codedValueOf(one).value),
    );
    const uniqueValue = uniqueNames(`value of ${attribute}`, plain, [unknown, unknownWords]);
    for (const [v, one] of listed.entries()) {
      const { value, also = [] } = codedValueOf(one);
      unique(`value of ${attribute}`, value, [...path, 'values', v]);
      if (value !== unknown) uniqueValue(value, also, [...path, 'values', v]);
      if (value === unknown)
        problems.push(
          file.problem([...path, 'values', v], '"not known" is understood of every attribute: leave it out'),
        );
    }
  }
  const checkQuestion = (
    { code, from, until, applies_to_kinds: only = [], not_asked_where: notAsked = {} }: QuestionEntry,
    at: (string | number)[],
    /** Where it is asked of cases: those of which sample. */
    counted: { sample: string | undefined } | undefined,
  ) => {
    unique('question', code, at);
    if (from && until && from >= until)
      problems.push(
        file.problem([...at, 'until'], `question ${code} ends on ${until}, before it begins on ${from}`),
      );
    if (!counted && (only.length > 0 || Object.keys(notAsked).length > 0))
      problems.push(file.problem(at, `question ${code} is judged: it is asked of no cases`));
    else {
      // Of a sample that is not there that is said already.
      const named = samples.get(counted?.sample ?? '');
      const kinds = (named ?? []).map(({ kind }) => kind);
      for (const [i, kind] of named ? only.entries() : [])
        if (!kinds.includes(kind))
          problems.push(
            file.problem(
              [...at, 'applies_to_kinds', i],
              `question ${code}: no kind of case "${kind}" in sample "${counted?.sample}"${didYouMean(kind, kinds)}: ${kinds.length > 0 ? listed(kinds) : 'it names none'}`,
            ),
          );
    }
    for (const [attribute, excluded] of Object.entries(notAsked)) {
      const known = values.get(attribute);
      for (const value of known ? excluded.filter((one) => !known.includes(one)) : [''])
        problems.push(
          file.problem(
            [...at, 'not_asked_where', attribute],
            known
              ? `question ${code}: "${value}" is no value of ${attribute}${didYouMean(value, known)}: ${listed(known)}`
              : `question ${code}: "${attribute}" is no attribute of a case${didYouMean(attribute, values.keys())}`,
          ),
        );
    }
  };
  for (const [d, domain] of edition.domains.entries()) {
    unique('domain', domain.code, ['domains', d]);
    if (domain.sample !== undefined && !samples.has(domain.sample))
      problems.push(
        file.problem(
          ['domains', d, 'sample'],
          `"${domain.sample}" is no sample of this edition${didYouMean(domain.sample, samples.keys())}: ${listed(samples.keys())}`,
        ),
      );
    for (const [s, standard] of domain.standards.entries()) {
      const at = ['domains', d, 'standards', s];
      unique('standard', standard.code, at);
      if (beside.includes(standard.code.toLowerCase()))
        problems.push(
          file.problem(at, `standard ${standard.code}: ${beside.join(' and ')} are no codes of standards`),
        );
      if (
        standard.basis === 'cases' &&
        // without bands there is nothing to rate it by either
        edition.rules.some(({ bands }) => bands) &&
        !(standard.key_questions ?? []).some((question) => basisOf(standard, question) === 'cases')
      )
        problems.push(
          file.problem(
            at,
            `standard ${standard.code} is judged on cases, but has no key questions to rate it from`,
          ),
        );
      if (standard.basis === 'cases' && !domain.sample) {
        problems.push(
          file.problem(at, `standard ${standard.code} is judged on cases, but its domain names no sample`),
        );
      }
      for (const [k, question] of (standard.key_questions ?? []).entries()) {
        const below = [...at, 'key_questions', k];
        const isCounted = basisOf(standard, question) === 'cases';
        const counted = isCounted ? { sample: domain.sample } : undefined;
        checkQuestion(question, below, counted);
        if (question.basis === 'cases' && standard.basis === 'qualitative')
          problems.push(
            file.problem(
              below,
              `question ${question.code} is asked of cases, but standard ${standard.code} is qualitative`,
            ),
          );
        for (const [p, prompt] of (question.prompts ?? []).entries())
          checkQuestion(prompt, [...below, 'prompts', p], counted);
      }
    }
  }
  if (seen.size > mostCodes)
    problems.push(file.problem(['domains'], `there are more than ${mostCodes} standards and questions`));
  return problems;
}

const reserved = ['case', 'sample'];
