import type { Problem } from '../problem.js';
import type { Bundle, ContextEntry, ResultEntry, SampleEntry, SampleKey } from './bundle.js';
import { sampleKeys } from './bundle.js';
import { inspectionDates, isDay } from './dates.js';
import type { Framework } from './framework.js';
import { didYouMean, listed } from './nearest.js';
import type { ValuePath } from './yaml-file.js';

/** What of a sample's entry is not a type of disposal. */
export const notDisposals = ['cases', 'case_manager_interviews', 'place'];

/** Everything that is wrong with what a bundle says, held against its edition; nothing when it may be loaded. */
export function checkBundle({ yaml, inspection }: Bundle, framework: Framework): Problem[] {
  const problems: Problem[] = [];
  const say = (path: ValuePath, message: string) => problems.push(yaml.problem(path, message));
  const { edition } = framework;

  const checkRating = (path: ValuePath, rating: string) => {
    if (framework.ratings.includes(rating)) return;
    say(
      path,
      `rating "${rating}" is not on the scale of edition ${edition}${didYouMean(rating, framework.ratings)}: ${framework.ratings.join(', ')}`,
    );
  };
  const checkStandard = (path: ValuePath, code: string) => {
    const standard = framework.standards.get(code);
    if (!standard) {
      say(
        path,
        `standard ${code} is not in edition ${edition}${didYouMean(code, framework.standards.keys())}: ${listed(framework.standards.keys(), 20)}`,
      );
    }
    return standard;
  };

  // dates
  const { report } = inspection;
  const dates = inspectionDates(report);
  for (const key of ['fieldwork_from', 'fieldwork_to', 'published'] as const) {
    const value = report[key];
    if (value !== undefined && !isDay(`${value}-01-01`.slice(0, 10)))
      say(['report', key], `${key} is ${value}: there is no such date`);
  }
  if (!dates) say(['report'], 'report: fieldwork_from (a day) or fieldwork_month (a month) is missing');
  else {
    if (dates.fieldworkEnd && dates.fieldworkEnd < dates.fieldworkStart) {
      say(
        ['report', 'fieldwork_to'],
        `fieldwork ends on ${dates.fieldworkEnd}, before it begins on ${dates.fieldworkStart}`,
      );
    }
    const { fieldwork_from, fieldwork_month } = report;
    if (fieldwork_from && fieldwork_month && !fieldwork_from.startsWith(fieldwork_month)) {
      say(
        ['report', 'fieldwork_month'],
        `fieldwork_month is ${fieldwork_month}, but fieldwork_from is ${fieldwork_from}`,
      );
    }
    // Each is known as far as it is known: a month is before another month, not before a day in it.
    const published = String(report.published ?? '');
    if (published < dates.fieldworkStart.slice(0, published.length)) {
      say(
        ['report', 'published'],
        `published ${published}, before fieldwork began on ${dates.fieldworkStart}`,
      );
    }
  }

  // samples
  const cases = new Map<string, number>();
  for (const [key, entry] of Object.entries(inspection.sample ?? {})) {
    const sample = sampleKeys[key as SampleKey];
    if (!framework.questionnaires.has(sample)) {
      say(
        ['sample', key],
        `edition ${edition} has no sample "${sample}": ${listed(framework.questionnaires.keys())}`,
      );
      continue;
    }
    if (entry.cases !== undefined) cases.set(sample, entry.cases);
    problems.push(...sampleProblems(yaml, key, entry, framework.disposals.get(sample) ?? new Map()));
  }

  // ratings
  const { overall } = inspection;
  if (overall?.rating !== undefined) checkRating(['overall', 'rating'], overall.rating);
  if (overall?.score !== undefined && overall.out_of !== undefined && overall.score > overall.out_of) {
    say(['overall', 'score'], `score ${overall.score} is more than out_of ${overall.out_of}`);
  }
  for (const key of ['rating', 'score'] as const) {
    if (overall?.lost?.includes(key) && overall[key] !== undefined)
      say(['overall', key], `${key} is given and lost at once`);
  }
  for (const [code, entry] of Object.entries(inspection.standard_ratings ?? {})) {
    const path = ['standard_ratings', code];
    checkStandard(path, code);
    const { rating, lost } = typeof entry === 'string' ? { rating: entry, lost: undefined } : entry;
    if (rating !== undefined) checkRating([...path, 'rating'], rating);
    if ((rating === undefined) !== (lost?.includes('rating') ?? false)) {
      say(path, `standard ${code}: give its rating, or lost: [rating] where the source lost it`);
    }
  }
  for (const [code, rating] of Object.entries(inspection.judgements ?? {})) {
    const standard = checkStandard(['judgements', code], code);
    if (standard?.basis === 'cases')
      say(['judgements', code], `standard ${code} is rated from cases, not judged`);
    checkRating(['judgements', code], rating);
  }
  const decided = new Set<string>();
  for (const [at, decision] of (inspection.professional_discretion ?? []).entries()) {
    const path = ['professional_discretion', at];
    const code = String(decision.standard);
    const standard = checkStandard([...path, 'standard'], code);
    if (standard?.basis === 'qualitative') {
      say(
        [...path, 'standard'],
        `standard ${code} is qualitative: discretion is only for standards rated from cases`,
      );
    }
    if (decided.has(code)) say([...path, 'standard'], `standard ${code} has two decisions: leave one`);
    decided.add(code);
    checkRating([...path, 'from'], decision.from);
    checkRating([...path, 'to'], decision.to);
    if (decision.from === decision.to)
      say(
        [...path, 'to'],
        `the decision on ${code} changes nothing: from and to are both "${decision.from}"`,
      );
  }

  // questions
  for (const [section, level] of [
    ['key_questions', 'key question'],
    ['prompts', 'prompt'],
  ] as const) {
    for (const [code, entry] of Object.entries(inspection[section] ?? {})) {
      const path = [section, code];
      const question = framework.questions.get(code);
      if (!question) {
        const codes = [...framework.questions].filter(([, other]) => other.level === level);
        say(path, unknownQuestion(code, framework, new Map(codes)));
        continue;
      }
      if (question.level !== level) {
        const right = level === 'prompt' ? 'key_questions' : 'prompts';
        say(path, `${code} is a ${question.level}, not a ${level}: it belongs under ${right}`);
      }
      if (question.sample === null) say(path, `${code} belongs to a qualitative standard: it has no figures`);
      if (
        dates &&
        ((question.from ?? '') > dates.fieldworkStart || (question.until ?? '9999') <= dates.fieldworkStart)
      ) {
        say(path, `${code} was not asked in ${dates.fieldworkStart}`);
      }
      problems.push(...resultProblems(yaml, path, entry, cases.get(question.sample ?? '')));
    }
  }
  for (const [code, entry] of Object.entries(inspection.prose_counts ?? {})) {
    const question = framework.questions.get(code);
    if (!question) say(['prose_counts', code], unknownQuestion(code, framework, framework.questions));
    else if (question.sample === null)
      say(['prose_counts', code], `${code} belongs to a qualitative standard: it has no counts`);
    if (entry.of !== undefined && entry.yes > entry.of)
      say(['prose_counts', code, 'yes'], `${code}: yes ${entry.yes} is more than of ${entry.of}`);
  }

  // what else the report holds
  for (const [at, fact] of (inspection.context ?? []).entries()) {
    for (const { key, message } of factProblems(fact))
      say(['context', at, key], `"${fact.measure}": ${message}`);
  }
  problems.push(...recommendationProblems(yaml, inspection.recommendations));
  for (const section of ['context', 'recommendations', 'findings'] as const) {
    const entries: unknown = inspection[section];
    if (!Array.isArray(entries)) continue;
    for (const [at, { domain, standard }] of entries.entries()) {
      if (standard !== undefined) checkStandard([section, at, 'standard'], String(standard));
      if (domain !== undefined && !framework.domains.has(String(domain))) {
        say(
          [section, at, 'domain'],
          `domain ${domain} is not in edition ${edition}: ${listed(framework.domains)}`,
        );
      }
    }
  }
  return problems;
}

/** Says that there is no such question, and which there are: those of its standard, when it has one. */
function unknownQuestion(code: string, framework: Framework, allowed: Framework['questions']): string {
  const standard = [...framework.standards.keys()].find((one) => code.startsWith(`${one}.`));
  const siblings = [...allowed.keys()].filter((other) => standard && other.startsWith(`${standard}.`));
  const shown = siblings.length > 0 ? siblings : allowed.keys();
  return `question ${code} is not in edition ${framework.edition}${didYouMean(code, allowed.keys())}: ${listed(shown, 20)}`;
}

/** What is wrong with a fact, and at which of its keys. */
function factProblems(fact: ContextEntry): { key: string; message: string }[] {
  const problems: { key: string; message: string }[] = [];
  const say = (key: string, message: string) => problems.push({ key, message });
  const isTold = (key: string) => key in fact || (fact.lost?.includes(key) ?? false);
  if (!isTold('value') && !isTold('percent'))
    say('measure', 'value or percent is missing (or lost: [value])');
  for (const key of fact.lost ?? []) if (key in fact) say(key, `${key} is given and lost at once`);
  for (const kind of ['value', 'percent']) {
    const [national, comparator] = [`national_${kind}`, `comparator_${kind}`];
    if (isTold(national) && isTold(comparator))
      say(comparator, `${national} and ${comparator} are both there: give each in an entry of its own`);
    for (const beside of [national, comparator])
      if (isTold(beside) && !isTold(kind))
        say(beside, `${beside} stands beside a ${kind}, which is missing (or lost: [${kind}])`);
    if (isTold(comparator) && fact.comparator === undefined)
      say(comparator, 'comparator does not say whose figure stands beside it');
  }
  const isBeside = (whose: string) => isTold(`${whose}_value`) || isTold(`${whose}_percent`);
  if (fact.comparator !== undefined && isBeside('national') && !isBeside('comparator'))
    say('comparator', 'comparator has no figure: a national figure is that of England and Wales');
  return problems;
}

/** A recommendation's number is its identity in the report; without one it is its position in the list. */
function recommendationProblems(
  yaml: Bundle['yaml'],
  recommendations: Bundle['inspection']['recommendations'],
): Problem[] {
  const numbers = Array.isArray(recommendations)
    ? recommendations.map(({ number }, at) => number ?? at + 1)
    : [];
  return numbers.flatMap((number, at) =>
    numbers.indexOf(number) < at
      ? [yaml.problem(['recommendations', at, 'number'], `two recommendations have the number ${number}`)]
      : [],
  );
}

function resultProblems(
  yaml: Bundle['yaml'],
  path: string[],
  entry: ResultEntry,
  cases: number | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const code = path.at(-1);
  const say = (key: string, message: string) =>
    problems.push(yaml.problem([...path, key], `${code}: ${message}`));
  const { relevant_cases: relevant, yes, percent_yes, lost = [] } = entry;
  const given = { relevant_cases: relevant, yes, percent_yes };
  for (const key of lost) if (given[key] !== undefined) say(key, `${key} is given and lost at once`);
  if (
    entry.not_applicable &&
    (lost.length > 0 || Object.values(given).some((value) => value !== undefined))
  ) {
    say('not_applicable', 'not_applicable means that no case was relevant: leave the figures out');
  }
  if (
    !entry.not_applicable &&
    lost.length === 0 &&
    Object.values(given).every((value) => value === undefined)
  ) {
    problems.push(
      yaml.problem(
        path,
        `${code}: there is no figure: relevant_cases and yes, or percent_yes, or not_applicable, or lost`,
      ),
    );
  }
  const isTold = (key: keyof typeof given) => given[key] !== undefined || lost.includes(key);
  if (!isTold('percent_yes') && isTold('yes') !== isTold('relevant_cases') && lost.length === 0) {
    const [there, missing] = isTold('yes') ? ['yes', 'relevant_cases'] : ['relevant_cases', 'yes'];
    say(there, `${missing} is missing (lost: [${missing}] where the source lost it)`);
  }
  if (yes !== undefined && relevant !== undefined && yes > relevant) {
    say('yes', `yes ${yes} is more than relevant_cases ${relevant}`);
  }
  if (cases !== undefined) {
    if (relevant !== undefined && relevant > cases)
      say('relevant_cases', `relevant_cases ${relevant} is more than the ${cases} cases of the sample`);
    else if (relevant === undefined && yes !== undefined && yes > cases)
      say('yes', `yes ${yes} is more than the ${cases} cases of the sample`);
  }
  return problems;
}

function sampleProblems(
  yaml: Bundle['yaml'],
  key: string,
  entry: SampleEntry,
  disposals: Map<string, string | null>,
): Problem[] {
  const problems: Problem[] = [];
  const say = (path: ValuePath, message: string) =>
    problems.push(yaml.problem(['sample', key, ...path], `${key}: ${message}`));
  const given = new Map(
    Object.entries(entry).filter(([name]) => !notDisposals.includes(name)) as [string, number][],
  );
  for (const name of given.keys()) {
    if (!disposals.has(name))
      say(
        [name],
        `unknown disposal "${name}"${didYouMean(name, disposals.keys())}: ${listed(disposals.keys())}`,
      );
  }
  const parts = (whole: string) =>
    [...given].filter(([name]) => disposals.get(name) === whole).reduce((sum, [, cases]) => sum + cases, 0);
  let total = 0;
  for (const [name, part] of disposals) {
    if (part !== null) continue;
    const whole = given.get(name);
    if (whole !== undefined && parts(name) > whole)
      say([name], `${name} is ${whole}, but its parts sum to ${parts(name)}`);
    total += whole ?? parts(name);
  }
  if (entry.cases !== undefined && total > entry.cases)
    say(['cases'], `the disposals sum to ${total}, but cases is ${entry.cases}`);
  return problems;
}
