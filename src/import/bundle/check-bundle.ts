import { holdsOn, isDay } from '../../days.js';
import { type Framework, standardOf } from '../../framework/framework.js';
import { didYouMean, listed } from '../../words/nearest.js';
import type { ValuePath } from '../files/yaml-file.js';
import type { Bundle } from './bundle.js';
import type { CaseList } from './cases.js';
import { Check } from './check.js';
import { checkSamples } from './check-samples.js';
import type { ResultEntry } from './inspection-file.js';
import { saidOfSamples } from './sample-entries.js';

/** Holds what a bundle's inspection file says against its edition, against itself, and against the cases that are listed. */
export function checkBundle(
  bundle: Bundle,
  framework: Framework,
  asPrinted: boolean,
  cases: CaseList | undefined,
): Check {
  const check = new Check(bundle, framework, asPrinted);
  checkLost(check, [], check.inspection);
  checkDates(check);
  checkProgramme(check);
  checkSamples(check, cases);
  checkRatings(check);
  checkQuestions(check);
  checkFacts(check);
  return check;
}

/** Nothing is given that is said to be lost. */
function checkLost(check: Check, path: ValuePath, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) checkLost(check, [...path, key], inside);
  const lost: unknown = 'lost' in value ? value.lost : undefined;
  for (const key of Array.isArray(lost) ? lost : [])
    if (key in value) check.say([...path, key], `${path.join(' > ')}: ${key} is given and lost at once`);
}

/** Dates that there are, in an order that there can be. */
function checkDates(check: Check): void {
  const { dates, inspection } = check;
  const { published = '', fieldwork_from, fieldwork_month } = inspection.report;
  const say = (key: string, message: string) => check.say(['report', key], message);
  if (!isDay(`${published || 2000}-01-01`.slice(0, 10)))
    say('published', `published is ${published}: there is no such date`);
  if (!dates) {
    const needed = 'fieldwork_from (a day) or fieldwork_month (a month)';
    check.say(['report'], `report: ${needed} is missing; where neither is known, published`);
    return;
  }
  const { fieldworkStart: start, fieldworkEnd: end } = dates;
  if (start && end && end < start)
    say('fieldwork_to', `fieldwork ends on ${end}, before it begins on ${start}`);
  if (fieldwork_from && fieldwork_month && !fieldwork_from.startsWith(fieldwork_month))
    say('fieldwork_month', `fieldwork_month is ${fieldwork_month}, but fieldwork_from is ${fieldwork_from}`);
  // Each is known as far as it is known: a month is before another month, not before a day in it.
  if (start && String(published) < start.slice(0, String(published).length))
    say('published', `published ${published}, before fieldwork began on ${start}`);
}

/** A programme that the edition has, and figures of no standards but those that it inspects. */
function checkProgramme(check: Check): void {
  const { framework, inspection } = check;
  const { standard_ratings, judgements, key_questions, prompts, professional_discretion = [] } = inspection;
  const names = framework.programmes.map(({ name }) => name);
  const programme = inspection.programme ?? (names[0] as string);
  if (!check.knows(['programme'], `programme "${programme}"`, programme, names)) return;
  const named = (path: ValuePath, standard: string) => {
    if (standardOf(framework, standard) && framework.inspects?.get(programme)?.has(standard) === false)
      check.say(path, `standard ${standard} is not inspected in programme ${programme}`);
  };
  for (const [section, of = {}] of Object.entries({ standard_ratings, judgements, key_questions, prompts }))
    for (const code of Object.keys(of))
      named([section, code], framework.questions.get(code)?.standard ?? code);
  for (const [at, { standard }] of professional_discretion.entries())
    named(['professional_discretion', at, 'standard'], String(standard));
}

/** Ratings on the scale, of standards that there are; at most one decision a standard, and only on those rated from cases. */
function checkRatings(check: Check): void {
  const {
    overall = {},
    standard_ratings = {},
    judgements = {},
    professional_discretion = [],
  } = check.inspection;
  check.rating(['overall', 'rating'], overall.rating);
  const { score, out_of: most } = overall;
  if (score !== undefined && most !== undefined && score > most)
    check.contradict(['overall', 'score'], [score, most], `score ${score} is more than out_of ${most}`);
  for (const [code, entry] of Object.entries(standard_ratings)) {
    const path = ['standard_ratings', code];
    check.standard(path, code);
    check.rating([...path, 'rating'], typeof entry === 'string' ? entry : entry.rating);
  }
  for (const [code, rating] of Object.entries(judgements)) {
    const path = ['judgements', code];
    if (check.standard(path, code)?.basis === 'cases')
      check.say(path, `standard ${code} is rated from cases, not judged`);
    check.rating(path, rating);
  }
  const decided = new Set<string>();
  for (const [at, { standard, from, to }] of professional_discretion.entries()) {
    const path = ['professional_discretion', at];
    const code = String(standard);
    const say = (key: string, message: string) => check.say([...path, key], message);
    if (check.standard([...path, 'standard'], code)?.basis === 'qualitative')
      say('standard', `standard ${code} is qualitative: discretion is only for standards rated from cases`);
    if (decided.has(code)) say('standard', `standard ${code} has two decisions: leave one`);
    decided.add(code);
    check.rating([...path, 'from'], from);
    check.rating([...path, 'to'], to);
    if (from === to) say('to', `the decision on ${code} changes nothing: from and to are both "${from}"`);
  }
}

/** Figures of questions that the edition asks of cases, which can be true of the sample. */
function checkQuestions(check: Check): void {
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
      const cases = samples.find(({ sample }) => sample?.name === question.sample)?.entry.cases;
      if (question.sample !== null) checkCounts(check, path, entry, cases);
      else if (
        entry.rating === undefined ? !entry.lost?.includes('rating') : Object.keys(entry).some(isFigure)
      )
        check.say(path, `${code} is judged, not counted: it has a rating (or lost: [rating]) and no figures`);
      else if (level === 'prompt')
        check.say(
          path,
          `${code} stands below a key question that is judged: it has no figures and no rating`,
        );
      else check.rating([...path, 'rating'], entry.rating);
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

const isFigure = (key: string) => !['rating', 'lost', 'place'].includes(key);

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

function checkCounts(check: Check, path: string[], entry: ResultEntry, cases: number | undefined): void {
  const code = path.at(-1);
  const contradict = (key: string, figures: [string | number, number], message: string) =>
    check.contradict([...path, key], figures, `${code}: ${message}`);
  const { relevant_cases: relevant, yes, percent_yes: percent } = entry;
  if ('rating' in entry)
    check.say([...path, 'rating'], `${code}: it is counted from cases: its rating is computed, not given`);
  if (yes !== undefined && relevant !== undefined && yes > relevant)
    contradict('yes', [yes, relevant], `yes ${yes} is more than relevant_cases ${relevant}`);
  if (cases === undefined) return;
  const [key, figure] = relevant === undefined ? ['yes', yes] : ['relevant_cases', relevant];
  if (figure !== undefined && figure > cases)
    contradict(key, [figure, cases], `${key} ${figure} is more than the ${cases} cases of the sample`);
  if (cases === 0 && percent !== undefined && percent > 0)
    contradict('percent_yes', [`${percent}%`, 0], `percent_yes is ${percent}, but the sample has no cases`);
}

/** What else a report holds: contextual facts, recommendations, findings. */
function checkFacts(check: Check): void {
  const { framework, inspection } = check;
  const { context = [], findings = [] } = inspection;
  const recommendations = Array.isArray(inspection.recommendations) ? inspection.recommendations : [];
  // A recommendation's number is its identity in the report; without one it is its position in the list.
  const numbers = recommendations.map(({ number }, at) => number ?? at + 1);
  for (const [at, number] of numbers.entries())
    if (numbers.indexOf(number) < at)
      check.say(['recommendations', at, 'number'], `two recommendations have the number ${number}`);
  for (const [section, entries] of Object.entries({ context, recommendations, findings }))
    for (const [at, entry] of entries.entries()) {
      const { domain, standard = undefined } = { standard: undefined, ...entry };
      if (standard !== undefined) check.standard([section, at, 'standard'], String(standard));
      if (domain !== undefined)
        check.knows([section, at, 'domain'], `domain ${domain}`, String(domain), framework.domains.keys());
    }
}
