import type { Place, ReportLine } from '../report-document.js';
import { cellOf } from './cells.js';
import { isTableHead } from './rows.js';

/** The head of a table of results, as far as it has a number of cases. */
export interface TableHead {
  cases: number;
  place: Place;
  /** "inspected" where it is of all cases of the sample. */
  isOfSample: boolean;
}

/** The head above each line of a table. */
export function headsOf(lines: readonly ReportLine[]): Map<ReportLine, TableHead> {
  const heads = new Map<ReportLine, TableHead>();
  let current: TableHead | undefined;
  for (const line of lines) {
    if (isTableHead(line)) {
      const cases = /^\W*of the (\S+) cases?\b(.*)/i.exec(line.cells[0] as string);
      const count = cases && countOf(cases[1] as string);
      current =
        count === undefined || count === null
          ? undefined
          : {
              cases: count,
              place: line.place,
              isOfSample: /inspected/i.test((cases as RegExpExecArray)[2] as string),
            };
    } else if (line.text.length > 400) current = undefined;
    if (current) heads.set(line, current);
  }
  return heads;
}

const numbersInWords = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** "4", "four", "1"; undefined for anything else. */
function countOf(text: string): number | undefined {
  const cell = cellOf(text);
  if (cell.kind === 'number' && !cell.isPercent) return cell.value;
  const word = numbersInWords.indexOf(text.toLowerCase());
  return word < 0 ? undefined : word;
}
