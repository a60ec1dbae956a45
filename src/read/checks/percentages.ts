import type { RulesEntry } from '../../import/edition/edition-file.js';
import { percentage } from '../../ratings/percentage.js';
import type { ReadValue } from '../reading.js';
import type { Place, ReportLine } from '../report-document.js';
import { type Claims, confirm, contradiction, doubt, numberOf } from './claims.js';
import { type CountContext, sampleOf } from './counts.js';
import type { QuestionValues } from './figures.js';
import type { Sample } from './samples.js';

/** Percentages against what whole cases of the sample can give, and against each other. */
export function checkPercentages(
  claims: Claims,
  questions: readonly QuestionValues[],
  rules: RulesEntry,
  context: CountContext,
): void {
  const tested: { question: QuestionValues; sample: Sample; isOfAll: boolean; fits: boolean }[] = [];
  for (const question of questions) {
    const percent = numberOf(question.percent);
    const sample = sampleOf(question, context);
    if (percent === undefined || !question.percent || !sample) continue;
    const isOfAll = rules.percentage_base[question.level] === 'inspected';
    const fits = isOfAll ? isShareOf(percent, sample.cases, rules) : anyShare(percent, sample.cases, rules);
    tested.push({ question, sample, isOfAll, fits });
  }
  for (const { question, sample, isOfAll, fits } of tested) {
    if (fits) continue;
    const alike = tested.filter((other) => other.sample === sample);
    const percent = question.percent as ReadValue;
    claims.findings.push({
      kind: 'contradiction',
      about: question.code,
      message: `${question.code}: no whole number of ${isOfAll ? `the ${sample.cases}` : `at most ${sample.cases}`} inspected cases is ${percent.value}%`,
      places: [percent.place, ...sample.places.slice(0, 1)],
    });
    // Where many fit badly, it is the sample that was misread. A sound report may print a percentage of another base.
    if (
      context.isDamaged &&
      alike.filter((other) => other.fits).length > 2 * alike.filter((other) => !other.fits).length
    )
      doubt(percent, `no whole number of the ${sample.cases} cases gives it, in a damaged report`);
  }
}

/** Whether a whole number of cases is that percentage, rounded as the edition does or cut off. */
export function isShareOf(
  percent: number,
  cases: number,
  { rounding }: Pick<RulesEntry, 'rounding'>,
): boolean {
  for (let yes = 0; yes <= cases; yes++)
    if (percentage(yes, cases, rounding) === percent || percentage(yes, cases, 'down') === percent)
      return true;
  return false;
}

function anyShare(percent: number, most: number, rules: RulesEntry): boolean {
  for (let cases = 1; cases <= most; cases++) if (isShareOf(percent, cases, rules)) return true;
  return false;
}

/**
 * Sentences of a standard's section with as many percentages as it has key questions, in their order: they confirm the table, or
 * contradict it.
 */
export function checkProsePercentages(
  claims: Claims,
  questions: readonly QuestionValues[],
  sections: readonly { standard?: string; lines: readonly ReportLine[] }[],
): void {
  for (const { standard, lines } of sections) {
    const own = questions.filter(
      ({ standard: theirs, level }) => theirs === standard && level === 'key question',
    );
    if (own.length < 2 || own.some(({ percent }) => percent === undefined)) continue;
    for (const line of lines) {
      if (line.cells.length > 1 || !/per ?cent|%/i.test(line.text)) continue;
      const said = [...line.text.matchAll(/(?<![\w.])(\d{1,3}) ?(?:per ?cent|%)/gi)].map(([, number]) =>
        Number(number),
      );
      if (said.length !== own.length || !/desistance/i.test(line.text)) continue;
      compare(claims, own, said, line.place);
    }
  }
}

function compare(
  claims: Claims,
  own: readonly QuestionValues[],
  said: readonly number[],
  place: Place,
): void {
  const printed = own.map(({ percent }) => numberOf(percent));
  const agreeing = printed.filter((percent, at) => percent === said[at]).length;
  // Percentages of something else agree with none or few.
  if (agreeing * 2 <= printed.length) return;
  for (const [at, { code, percent }] of own.entries()) {
    if (printed[at] === undefined || !percent) continue;
    if (printed[at] === said[at]) confirm(percent, place);
    else {
      contradiction(
        claims,
        code,
        `${code}: the table prints ${printed[at]}%, the text ${said[at]}%`,
        percent.place,
        place,
      );
      doubt(percent, `the text says ${said[at]}%`);
    }
  }
}
