import type { ReportLine } from '../../report-document.js';
import type { Fact } from './fact.js';

/** A figure of this size that stands in two places is no chance. */
const telling = 10_000;

/**
 * In a damaged report: figures of facts that neither their row's arithmetic nor another line confirms are doubtful,
 * for nothing would show that a digit of them is another; so is a time that is not of the report's years.
 */
export function doubtUnconfirmed(facts: readonly Fact[], lines: readonly ReportLine[]): void {
  const body = lines
    .filter(({ noise }) => noise === undefined)
    .map(({ text }) => text.replaceAll(/(?<=\d),(?=\d{3})/g, ''));
  const counts = timesPrinted(body, /(?<![\d.])\d{5,}(?!\d|\.\d)/g);
  const years = timesPrinted(body, /(?<!\d)20\d\d(?!\d)/g);
  const latest = Math.max(...[...years].filter(([, times]) => times > 1).map(([year]) => year));
  for (const fact of facts) {
    for (const figure of Object.values(fact.figures)) {
      if (figure.value === undefined || figure.confidence !== undefined) continue;
      const isAgain = figure.value >= telling && (counts.get(figure.value) ?? 0) > 1;
      figure.confidence = isAgain ? 'confirmed' : 'doubtful';
      if (!isAgain) figure.why = 'nothing confirms it, in a damaged report';
    }
    const { year, period } = fact.words;
    const own = [...(year === undefined ? [] : [year]), ...(String(period ?? '').match(/20\d\d/g) ?? [])].map(
      Number,
    );
    const isOfReport = own.every((one) => one <= latest && one > latest - 10);
    if (!isOfReport && Number.isFinite(latest)) {
      const why = 'it is not of the years that the report speaks of';
      fact.doubts = { ...fact.doubts, year: why, period: why };
    }
  }
}

/** How many lines print each number that a pattern finds. */
function timesPrinted(texts: readonly string[], pattern: RegExp): Map<number, number> {
  const times = new Map<number, number>();
  for (const text of texts)
    for (const number of new Set(text.match(pattern)?.map(Number)))
      times.set(number, (times.get(number) ?? 0) + 1);
  return times;
}
