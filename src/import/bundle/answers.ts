import { didYouMean, listed } from '../../nearest.js';
import { type CsvFile, isTotalsRow } from '../files/csv/csv-file.js';
import { type AnswerSheet, isAskedOf, type SheetQuestion } from './answer-sheet.js';
import { type Reading, SheetFiller } from './sheet-filler.js';

export interface Answers {
  sheets: AnswerSheet[];
  /** Data rows of the file. */
  rows: number;
}

/**
 * Reads answers.csv, long (case, question, answer) or wide (case, and a column a question), against the edition and the
 * cases; what is wrong is said, and the rest is read on.
 */
export function readAnswers(csv: CsvFile, reading: Reading): Answers {
  const filler = new SheetFiller(csv, reading);
  const headings = csv.header.map((heading) => heading.toLowerCase());
  const isLong = headings.includes('question') || headings.includes('answer');
  const layout = strangeLayout(csv, filler);
  if (layout !== undefined) {
    filler.say(csv.headerLine, undefined, layout);
    return { sheets: [...filler.sheets.values()], rows: 0 };
  }
  const takeRow = (isLong ? longRows : wideRows)(csv, headings, filler);
  if (!takeRow) return { sheets: [...filler.sheets.values()], rows: 0 };
  let rows = 0;
  let totals: number | undefined;
  for (const { cells, line } of csv.rows()) {
    if (totals !== undefined) filler.say(totals, 1, 'a totals row has to be the last one');
    totals = isTotalsRow(cells) && !filler.isCase(cells[0] as string) ? line : undefined;
    if (totals !== undefined) continue;
    rows++;
    takeRow(cells, line);
  }
  filler.end();
  return { sheets: [...filler.sheets.values()], rows };
}

const forms = 'case, question and answer, or case and a column for each question code';

/** What is said, once, of a table that is laid out in no way that is known; undefined when it is one of the two, however wrong. */
function strangeLayout({ header }: CsvFile, filler: SheetFiller): string | undefined {
  const [first = '', ...others] = header;
  const found = foundIn(header);
  if (/^(question|code|$)/i.test(first) && others.some((heading) => filler.isCase(heading)))
    return `the table is turned round: it has a row a question and a column a case, and has to have a row a case${found}`;
  const isWide = header.some((heading) => filler.isQuestion(heading.split(/\s/)[0] as string));
  const lowered = header.map((heading) => heading.toLowerCase());
  if (isWide || lowered.includes('question') || lowered.includes('answer')) return undefined;
  if (lowered.some((heading) => /^(question|answer|response|code)/.test(heading)))
    return `columns "question" and "answer" are missing: the long form has case, question, answer${found}`;
  // one column that is near a code is told by itself
  return others.length === 0 || header.every((heading) => !/\d/.test(heading))
    ? `no column is the code of a question: the columns have to be ${forms}${found}`
    : undefined;
}

const mostHeadings = 8;

type TakeRow = (row: string[], line: number) => void;

const foundIn = (header: readonly string[]) => `; found are ${listed(header.filter(Boolean), mostHeadings)}`;

/** How a row of the long form is taken; undefined when columns are missing, which is said. */
function longRows(csv: CsvFile, headings: string[], filler: SheetFiller): TakeRow | undefined {
  const needed = ['case', 'question', 'answer'];
  for (const [at, heading] of headings.entries()) {
    if (heading !== '' && !needed.includes(heading))
      filler.say(
        csv.headerLine,
        at + 1,
        `unknown column "${csv.header[at]}"${didYouMean(heading, needed)}: the long form has case, question, answer`,
      );
  }
  const missing = needed.filter((name) => !headings.includes(name));
  for (const name of missing)
    filler.say(
      csv.headerLine,
      undefined,
      `column "${name}" is missing: the long form has case, question, answer${foundIn(csv.header)}`,
    );
  if (missing.length > 0) return undefined;
  const [caseAt, questionAt, answerAt] = needed.map((name) => headings.indexOf(name)) as [
    number,
    number,
    number,
  ];
  return (row, line) => {
    const one = filler.findCase(row[caseAt] as string, line, caseAt + 1);
    const code = row[questionAt] as string;
    const asked = filler.findQuestion(code, line, questionAt + 1);
    if (!one || !asked) return;
    filler.put(one, asked, { word: row[answerAt] as string, line, field: answerAt + 1, isGrid: false });
  };
}

/** How a row of the wide form is taken; undefined when there is no column of cases, which is said. */
function wideRows(csv: CsvFile, headings: string[], filler: SheetFiller): TakeRow | undefined {
  const caseAt = headings.indexOf('case');
  if (caseAt < 0) {
    filler.say(
      csv.headerLine,
      undefined,
      `column "case" is missing: the columns have to be ${forms}${foundIn(csv.header)}`,
    );
    return undefined;
  }
  const columns: { at: number; asked: { sheet: AnswerSheet; question: SheetQuestion } }[] = [];
  for (const [at, heading] of headings.entries()) {
    if (at === caseAt || heading === '') continue;
    const asked = filler.findHeading(csv.header[at] as string, csv.headerLine, at + 1);
    if (asked) columns.push({ at, asked });
  }
  for (const sheet of filler.sheets.values()) {
    for (const question of sheet.questions) {
      if (columns.some(({ asked }) => asked.question === question)) continue;
      if (!sheet.cases.some((one) => isAskedOf(question, one))) continue;
      const message = `the column of question ${question.code} is missing: it is asked of the ${sheet.cases[0]?.sample} cases`;
      filler.say(csv.headerLine, undefined, message);
      filler.give(sheet, question);
    }
  }
  const rowOf = new Map<string, number>();
  return (row, line) => {
    const one = filler.findCase(row[caseAt] as string, line, caseAt + 1);
    if (!one) return;
    const before = rowOf.get(one.pseudonym);
    if (before !== undefined) {
      filler.say(line, caseAt + 1, `case "${one.pseudonym}" has a row already, line ${before}: leave one`);
      return;
    }
    rowOf.set(one.pseudonym, line);
    for (const { at, asked } of columns)
      filler.put(one, asked, { word: row[at] as string, line, field: at + 1, isGrid: true });
  };
}
