import { holdsOn } from '../../../days.js';
import type { Framework } from '../../../framework/framework.js';
import { didYouMean, listed } from '../../../nearest.js';
import type { ResultEntry } from '../inspection-file.js';
import { saidOfSamples } from '../sample-entries.js';
import type { Check } from './check.js';

/** Figures of questions that the edition asks of cases, which can be true of the sample. */
export function checkQuestions(check: Check): void {
  const { dates, framework, inspection } = check;
  const samples = saidOfSamples(inspection, framework);
  for (const [section, level, other] of [
    ['key_questions', 'key question', 'prompts'],
    ['prompts', 'prompt', 'key_questions'],
  ] as const) {
    const ofLevel = new Map([...framework.questions].filter(([, question]) => question.level === level));
    for (const [code, entry] of Object.entries(inspection[section] ?? {})) {
      const path = [section, code];
      const question = framework.questions.get(code);
      if (!question) {
        check.say(path, unknownQuestion(code, framework, ofLevel));
        continue;
      }
      if (question.level !== level)
        check.say(path, `${code} is a ${question.level}, not a ${level}: it belongs under ${other}`);
      if (dates && !holdsOn(question, dates.asOf)) check.say(path, `${code} was not asked in ${dates.asOf}`);
      if (question.sample === null) checkJudgement(check, path, entry, level);
      else {
        const said = samples.find(({ sample }) => sample?.name === question.sample);
        checkResult(check, path, entry, said?.entry.cases);
      }
    }
  }
  for (const [code, { yes, of }] of Object.entries(inspection.prose_counts ?? {})) {
    const path = ['prose_counts', code];
    const question = framework.questions.get(code);
    if (!question) check.say(path, unknownQuestion(code, framework, framework.questions));
    else if (question.sample === null)
      check.say(path, `${code} belongs to a qualitative standard: it has no counts`);
    if (of !== undefined && yes > of)
      check.contradict([...path, 'yes'], [yes, of], `${code}: yes ${yes} is more than of ${of}`);
  }
}

/** A key question that is judged has a rating, and no figures; what stands below it has neither. */
function checkJudgement(check: Check, path: string[], entry: ResultEntry, level: string): void {
  const code = path.at(-1);
  const { rating, lost, place: _, ...others } = entry;
  if (level === 'prompt')
    check.say(path, `${code} stands below a key question that is judged: it has no figures and no rating`);
  else if (Object.keys(others).length > 0)
    check.say(path, `${code} is judged, not counted: it has a rating and no figures`);
  else if (rating === undefined && !lost?.includes('rating'))
    check.say(path, `${code}: give its rating, or lost: [rating]`);
  else check.rating([...path, 'rating'], rating);
}

/** Says that there is no such question, and which there are: those of its standard, when it has one. */
export function unknownQuestion(code: string, framework: Framework, allowed: Framework['questions']): string {
  const standard = framework.standards.find((one) => code.startsWith(`${one.code}.`))?.code;
  const siblings = [...allowed.keys()].filter((other) => standard && other.startsWith(`${standard}.`));
  const shown = siblings.length > 0 ? siblings : allowed.keys();
  // a letter that has lost its full stop, or stands in brackets, is nearer to its key question than to itself
  const [, above = '', letter = ''] = code.match(/^([\d.]*\d)\.?\(?([a-z])\)?$/i) ?? [];
  const prompt = `${above}.${letter.toLowerCase()}`;
  const meant =
    prompt !== code && allowed.has(prompt)
      ? ` (did you mean "${prompt}"?)`
      : didYouMean(code, allowed.keys());
  return `question ${code} is not in edition ${framework.code}${meant}: ${listed(shown, 20)}`;
}

function checkResult(check: Check, path: string[], entry: ResultEntry, cases: number | undefined): void {
  const code = path.at(-1);
  const say = (key: string, message: string) => check.say([...path, key], `${code}: ${message}`);
  const contradict = (key: string, figures: [string | number, number], message: string) =>
    check.contradict([...path, key], figures, `${code}: ${message}`);
  const { relevant_cases: relevant, yes, percent_yes: percent, lost = [], not_applicable } = entry;
  if ('rating' in entry) say('rating', 'it is counted from cases: its rating is computed, not given');
  const isTold = [relevant, yes, percent].some((figure) => figure !== undefined) || lost.length > 0;
  if (not_applicable && isTold)
    say('not_applicable', 'not_applicable means that no case was relevant: leave the figures out');
  if (!not_applicable && !isTold)
    check.say(
      path,
      `${code}: there is no figure: relevant_cases and yes, or percent_yes, or not_applicable, or lost`,
    );
  if (percent === undefined && lost.length === 0 && (yes === undefined) !== (relevant === undefined)) {
    const [there, missing] = relevant === undefined ? ['yes', 'relevant_cases'] : ['relevant_cases', 'yes'];
    say(there, `${missing} is missing (lost: [${missing}] where the source lost it)`);
  }
  if (yes !== undefined && relevant !== undefined && yes > relevant)
    contradict('yes', [yes, relevant], `yes ${yes} is more than relevant_cases ${relevant}`);
  if (cases === undefined) return;
  const [key, figure] = relevant === undefined ? ['yes', yes] : ['relevant_cases', relevant];
  if (figure !== undefined && figure > cases)
    contradict(key, [figure, cases], `${key} ${figure} is more than the ${cases} cases of the sample`);
  if (cases === 0 && percent !== undefined && percent > 0)
    contradict('percent_yes', [`${percent}%`, 0], `percent_yes is ${percent}, but the sample has no cases`);
}
