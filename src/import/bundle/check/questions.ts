import { holdsOn } from '../../../days.js';
import type { Framework } from '../../../framework/framework.js';
import { didYouMean, listed } from '../../../nearest.js';
import type { ResultEntry } from '../inspection-file.js';
import { saidOfSamples } from '../sample-entries.js';
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
      if (question.sample === null && level === 'prompt')
        check.say(
          path,
          `${code} stands below a key question that is judged: it has no figures and no rating`,
        );
      else if (question.sample === null) checkJudgement(check, path, entry);
      if (dates && !holdsOn(question, dates.asOf)) check.say(path, `${code} was not asked in ${dates.asOf}`);
      if (question.sample !== null) checkResult(check, path, entry, casesOf(check, question.sample));
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
function casesOf({ inspection, framework }: Check, sample: string): number | undefined {
  return saidOfSamples(inspection, framework).find((said) => said.sample?.name === sample)?.entry.cases;
}

/** A key question that is judged has a rating, and no figures. */
function checkJudgement(check: Check, path: string[], entry: ResultEntry): void {
  const code = path.at(-1);
  const { rating, lost, place: _, ...others } = entry;
  if (Object.keys(others).length > 0)
    check.say(path, `${code} is judged, not counted: it has a rating and no figures`);
  else if (rating !== undefined) check.rating([...path, 'rating'], rating);
  else if (!lost?.includes('rating')) check.say(path, `${code}: give its rating, or lost: [rating]`);
}

/** Says that there is no such question, and which there are: those of its standard, when it has one. */
export function unknownQuestion(code: string, framework: Framework, allowed: Framework['questions']): string {
  const standard = framework.standards.find((one) => code.startsWith(`${one.code}.`))?.code;
  const siblings = [...allowed.keys()].filter((other) => standard && other.startsWith(`${standard}.`));
  const shown = siblings.length > 0 ? siblings : allowed.keys();
  // a letter that has lost its full stop, or stands in brackets, is nearer to its key question than to itself
  const whole = code.replace(
    /^([\d.]*\d)\.?\(?([a-z])\)?$/i,
    (_, above, letter: string) => `${above}.${letter.toLowerCase()}`,
  );
  const meant =
    whole !== code && allowed.has(whole) ? ` (did you mean "${whole}"?)` : didYouMean(code, allowed.keys());
  return `question ${code} is not in edition ${framework.code}${meant}: ${listed(shown, 20)}`;
}

function checkResult(check: Check, path: string[], entry: ResultEntry, cases: number | undefined): void {
  const code = path.at(-1);
  if ('rating' in entry)
    check.say([...path, 'rating'], `${code} is counted from cases: its rating is computed, not given`);
  const say = (key: string, message: string) => check.say([...path, key], `${code}: ${message}`);
  const contradict = (key: string, figures: [string | number, number], message: string) =>
    check.contradict([...path, key], figures, `${code}: ${message}`);
  const { relevant_cases: relevant, yes, percent_yes, lost = [] } = entry;
  const given: Partial<Record<string, number | undefined>> = { relevant_cases: relevant, yes, percent_yes };
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
  const isTold = (key: keyof typeof given) => given[key] !== undefined || (lost as string[]).includes(key);
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
