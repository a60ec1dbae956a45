import { holdsOn } from '../../../days.js';
import { didYouMean, listed } from '../../../nearest.js';
import type { Framework } from '../../edition/framework.js';
import { type ResultEntry, type SampleKey, sampleKeys } from '../inspection-file.js';
import type { Check } from './check.js';

/** Figures of questions that the edition asks of cases, which can be true of the sample. */
export function checkQuestions(check: Check): void {
  const { dates, framework, inspection } = check;
  for (const [section, level] of [
    ['key_questions', 'key question'],
    ['prompts', 'prompt'],
  ] as const) {
    for (const [code, entry] of Object.entries(inspection[section] ?? {})) {
      const path = [section, code];
      const question = framework.questions.get(code);
      if (!question) {
        const codes = [...framework.questions].filter(([, other]) => other.level === level);
        check.say(path, unknownQuestion(code, framework, new Map(codes)));
        continue;
      }
      if (question.level !== level) {
        const right = level === 'prompt' ? 'key_questions' : 'prompts';
        check.say(path, `${code} is a ${question.level}, not a ${level}: it belongs under ${right}`);
      }
      if (question.sample === null)
        check.say(path, `${code} belongs to a qualitative standard: it has no figures`);
      if (dates && !holdsOn(question, dates.asOf)) check.say(path, `${code} was not asked in ${dates.asOf}`);
      checkResult(check, path, entry, casesOf(check, question.sample));
    }
  }
  for (const [code, entry] of Object.entries(inspection.prose_counts ?? {})) {
    const question = framework.questions.get(code);
    if (!question) check.say(['prose_counts', code], unknownQuestion(code, framework, framework.questions));
    else if (question.sample === null)
      check.say(['prose_counts', code], `${code} belongs to a qualitative standard: it has no counts`);
    if (entry.of !== undefined && entry.yes > entry.of)
      check.contradict(
        ['prose_counts', code, 'yes'],
        [entry.yes, entry.of],
        `${code}: yes ${entry.yes} is more than of ${entry.of}`,
      );
  }
}

/** Inspected cases of a sample; undefined when the bundle does not say. */
function casesOf({ inspection }: Check, sample: string | null): number | undefined {
  const key = Object.keys(sampleKeys).find((one) => sampleKeys[one as SampleKey] === sample);
  return inspection.sample?.[key as SampleKey]?.cases;
}

/** Says that there is no such question, and which there are: those of its standard, when it has one. */
export function unknownQuestion(code: string, framework: Framework, allowed: Framework['questions']): string {
  const standard = [...framework.standards.keys()].find((one) => code.startsWith(`${one}.`));
  const siblings = [...allowed.keys()].filter((other) => standard && other.startsWith(`${standard}.`));
  const shown = siblings.length > 0 ? siblings : allowed.keys();
  return `question ${code} is not in edition ${framework.edition}${didYouMean(code, allowed.keys())}: ${listed(shown, 20)}`;
}

function checkResult(check: Check, path: string[], entry: ResultEntry, cases: number | undefined): void {
  const code = path.at(-1);
  const say = (key: string, message: string) => check.say([...path, key], `${code}: ${message}`);
  const contradict = (key: string, figures: [string | number, number], message: string) =>
    check.contradict([...path, key], figures, `${code}: ${message}`);
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
    check.say(
      path,
      `${code}: there is no figure: relevant_cases and yes, or percent_yes, or not_applicable, or lost`,
    );
  }
  const isTold = (key: keyof typeof given) => given[key] !== undefined || lost.includes(key);
  if (!isTold('percent_yes') && isTold('yes') !== isTold('relevant_cases') && lost.length === 0) {
    const [there, missing] = isTold('yes') ? ['yes', 'relevant_cases'] : ['relevant_cases', 'yes'];
    say(there, `${missing} is missing (lost: [${missing}] where the source lost it)`);
  }
  if (yes !== undefined && relevant !== undefined && yes > relevant) {
    contradict('yes', [yes, relevant], `yes ${yes} is more than relevant_cases ${relevant}`);
  }
  if (cases !== undefined) {
    if (relevant !== undefined && relevant > cases)
      contradict(
        'relevant_cases',
        [relevant, cases],
        `relevant_cases ${relevant} is more than the ${cases} cases of the sample`,
      );
    else if (relevant === undefined && yes !== undefined && yes > cases)
      contradict('yes', [yes, cases], `yes ${yes} is more than the ${cases} cases of the sample`);
    if (cases === 0 && percent_yes !== undefined && percent_yes > 0)
      contradict(
        'percent_yes',
        [`${percent_yes}%`, 0],
        `percent_yes is ${percent_yes}, but the sample has no cases`,
      );
  }
}
