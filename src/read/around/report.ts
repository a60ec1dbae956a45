import type { ReadFinding, ReadValue } from '../reading.js';
import type { ReportLine } from '../report-document.js';
import type { Section } from '../structure/sections.js';
import { datesIn, type PrintedDate } from './dates.js';
import { valueAt } from './values.js';

/** When a report was published and fieldwork was, its ISBN, and who led the inspection. */
export function readReportFacts(
  lines: readonly ReportLine[],
  sections: readonly Section[],
): { values: ReadValue[]; findings: ReadFinding[] } {
  const fieldwork = fieldworkOf(lines, sections);
  const parts = [publishedOf(lines), isbnOf(lines), inspectorOf(lines), fieldwork];
  return {
    values: parts.flatMap(({ values }) => values),
    findings: parts.flatMap(({ findings = [] }) => findings),
  };
}

interface Part {
  values: ReadValue[];
  findings?: ReadFinding[];
}

/** The month on the title page; else the year of the copyright line. */
function publishedOf(lines: readonly ReportLine[]): Part {
  const first = lines.slice(0, Math.max(150, Math.floor(lines.length / 8)));
  const monthly = first.flatMap((line) => {
    const text = line.text.trim();
    if (!/[il]nspect|probat|robation|^published/i.test(text) || text.length > 80) return [];
    const date = datesIn(text).find(({ month, from }) => month ?? from);
    return date ? [{ line, date: (date.month ?? date.from) as string }] : [];
  })[0];
  const alone = first.slice(0, 30).flatMap((line) => {
    const [date] = line.text.length < 60 && !/fi[ec][l1]dwork/i.test(line.text) ? datesIn(line.text) : [];
    return date?.month ? [{ line, date: date.month }] : [];
  })[0];
  const copyright = lines
    .map((line) => ({ line, year: /crown copyright\W*(20\d{2})(?!\d)/i.exec(line.text)?.[1] }))
    .find(({ year }) => year !== undefined);
  const printed = monthly ?? alone;
  const path = ['report', 'published'];
  if (!printed && !copyright?.year) return { values: [] };
  if (!printed) return { values: [valueAt(path, copyright?.year, (copyright as { line: ReportLine }).line)] };
  const confirmed = copyright?.year === printed.date.slice(0, 4);
  if (copyright?.year && !confirmed) {
    const why = `the copyright line says ${copyright.year}`;
    return {
      values: [valueAt(path, printed.date, printed.line, { confidence: 'doubtful', why })],
      findings: [
        {
          kind: 'contradiction',
          about: 'published',
          message: `published ${printed.date}, but ${why}`,
          places: [printed.line.place, copyright.line.place],
        },
      ],
    };
  }
  return {
    values: [
      valueAt(path, printed.date, printed.line, { confirmedBy: copyright ? [copyright.line.place] : [] }),
    ],
  };
}

function isbnOf(lines: readonly ReportLine[]): Part {
  for (const line of lines) {
    const digits = /\bISBN[^\d]{0,3}\d?[^\d]{0,3}((?:97[89])[\d\s–-]{9,16}[\dX])/i.exec(line.text)?.[1];
    if (digits === undefined) continue;
    const isbn = digits.trim().replaceAll('–', '-').replaceAll(/\s+/g, '-');
    const isRight = checksum(isbn.replaceAll('-', ''));
    const about = isRight
      ? { confidence: 'confirmed' as const }
      : { confidence: 'doubtful' as const, why: 'its check digit does not go with the others' };
    return { values: [valueAt(['report', 'isbn'], isbn, line, about)] };
  }
  return { values: [] };
}

/** Whether the last of the thirteen digits of an ISBN is what the others say. */
function checksum(digits: string): boolean {
  if (!/^\d{13}$/.test(digits)) return false;
  return [...digits].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

function inspectorOf(lines: readonly ReportLine[]): Part {
  const pattern =
    /inspection was led by (?:HM|Her Majesty['’]s|His Majesty['’]s)?\s*(?:Assistant |Lead )?Inspectors?\s+(.{3,60}?)(?:,|\s+(?:supported|and a team|with a team)\b|\.)/i;
  const other = /HM Inspector\s+((?:\p{Lu}[\p{L}'’-]+ ?){2,4})\s*led this inspection/u;
  for (const line of lines) {
    const name = (pattern.exec(line.text) ?? other.exec(line.text))?.[1];
    if (name) return { values: [valueAt(['report', 'lead_inspector'], name.trim(), line)] };
  }
  return { values: [] };
}

/** Fieldwork by the sentences and the line of the ratings page that say when it was; days are better than a month. */
function fieldworkOf(lines: readonly ReportLine[], sections: readonly Section[]): Part {
  const spoken = [
    /fieldwork[^.]{0,160}?(?:start|began|beg[iu]n|took place|carried out|conducted|between|undertaken)/i,
    /\bwe inspected [^.]{2,60} in (?=\p{Lu}\p{L}+ 20)/iu,
    /inspection (?:took place|was carried out|was undertaken|fieldwork)/i,
    /fi[ec][l1]dwork\s+start/i,
  ];
  const ofRatings = new Set(sections.filter(({ kind }) => kind === 'ratings').flatMap((one) => one.lines));
  const found: { date: PrintedDate; line: ReportLine; isStart: boolean; weight: number }[] = [];
  for (const line of lines) {
    const parts = line.text.split(/(?<=[.!?])\s+(?=[A-Z])/);
    for (const text of parts) {
      if (!spoken.some((pattern) => pattern.test(text))) continue;
      const at = /fieldwork|we inspected|inspection/i.exec(text)?.index ?? 0;
      const date = datesIn(text).find(({ index }) => index >= at) ?? datesIn(text)[0];
      if (!date) continue;
      const isStart = /start|began|begun/i.test(text);
      found.push({ date, line, isStart, weight: (ofRatings.has(line) ? 4 : 2) + (date.to ? 2 : 0) });
    }
  }
  const [best] = [...found].sort((one, other) => other.weight - one.weight);
  if (!best) {
    return {
      values: [],
      findings: [
        {
          kind: 'other',
          about: 'fieldwork',
          message: 'the report does not say legibly when fieldwork was: a bundle needs it to be loaded',
          places: lines[0] ? [lines[0].place] : [],
        },
      ],
    };
  }
  const monthOfDate = ({ month, from }: PrintedDate) => month ?? (from as string).slice(0, 7);
  const others = found.filter(
    (one) => one !== best && one.line !== best.line && monthOfDate(one.date) === monthOfDate(best.date),
  );
  const about = { confirmedBy: others.map(({ line }) => line.place) };
  const { line, date } = best;
  const days = date.from ? date : others.find((one) => one.date.from)?.date;
  const other = found.find((one) => one !== best && monthOfDate(one.date) !== monthOfDate(best.date));
  const findings: ReadFinding[] = other
    ? [
        {
          kind: 'contradiction',
          about: 'fieldwork',
          message: `fieldwork in ${monthOfDate(best.date)}, elsewhere in ${monthOfDate(other.date)}`,
          places: [line.place, other.line.place],
        },
      ]
    : [];
  if (!days?.from)
    return { values: [valueAt(['report', 'fieldwork_month'], date.month, line, about)], findings };
  return {
    values: [
      valueAt(['report', 'fieldwork_from'], days.from, line, about),
      ...(days.to ? [valueAt(['report', 'fieldwork_to'], days.to, line, about)] : []),
    ],
    findings,
  };
}
