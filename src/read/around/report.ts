import type { ReadFinding, ReadValue } from '../reading.js';
import type { ReportLine } from '../report-document.js';
import type { Section } from '../structure/sections.js';
import { datesIn, monthOf, monthOfYear, type PrintedDate } from './dates.js';
import { hasNear, isNear } from './near.js';
import { type About, valueAt } from './values.js';

/** When a report was published and fieldwork was, its ISBN, and who led the inspection. */
export function readReportFacts(
  lines: readonly ReportLine[],
  sections: readonly Section[],
  isDamaged: boolean,
): { values: ReadValue[]; findings: ReadFinding[] } {
  const fieldwork = fieldworkOf(lines, sections, isDamaged);
  const began = fieldwork.values.find(({ path }) => path[1] !== 'fieldwork_to')?.value;
  const published = publishedOf(lines, began === undefined ? undefined : String(began));
  if (isDamaged) doubtOtherYears(fieldwork.values, published.values[0]?.value);
  const parts = [published, isbnOf(lines), inspectorOf(lines, isDamaged), fieldwork];
  return {
    values: parts.flatMap(({ values }) => values),
    findings: parts.flatMap(({ findings = [] }) => findings),
  };
}

/** Fieldwork is of the year of publication or of the two before: in a damaged report another year has lost or changed a digit. */
function doubtOtherYears(fieldwork: ReadValue[], published: ReadValue['value']): void {
  const year = (value: ReadValue['value']) => Number(String(value).slice(0, 4));
  if (published === undefined) return;
  for (const one of fieldwork) {
    const before = year(published) - year(one.value);
    if (before >= 0 && before <= 2) continue;
    one.confidence = 'doubtful';
    one.why = `the report was published in ${year(published)}`;
  }
}

interface Part {
  values: ReadValue[];
  findings?: ReadFinding[];
}

/**
 * The month on the title page, which the copyright line's year confirms; else that year, where no month is printed. Neither is earlier
 * than fieldwork.
 */
function publishedOf(lines: readonly ReportLine[], fieldwork: string | undefined): Part {
  const first = lines.slice(0, Math.max(150, Math.floor(lines.length / 8)));
  const ofPublisher = first.filter(
    ({ text }) =>
      text.length <= 80 &&
      (/[il]nspect|probat|robation|^published/i.test(text) || hasNear(text, 'inspectorate of probation')),
  );
  const monthly = ofPublisher.flatMap((line) => {
    if (hasNear(line.text, 'fieldwork')) return [];
    const date = datesIn(line.text.trim()).find(({ month, from }) => month ?? from);
    return date ? [{ line, date: (date.month ?? date.from) as string }] : [];
  })[0];
  const alone = first.slice(0, 30).flatMap((line) => {
    const isAlone = /^\W*(?:published\W+)?\p{L}{3,10},?\s+20\d\d\W*$/iu.test(line.text);
    const [date] = isAlone ? datesIn(line.text) : [];
    return date?.month ? [{ line, date: date.month }] : [];
  })[0];
  const copyright = copyrightOf(lines);
  const repaired = ofPublisher.flatMap((line) => {
    const date = copyright && monthOfYear(line.text, copyright.year);
    return date ? [{ line, date }] : [];
  })[0];
  const printed = monthly ?? alone ?? repaired;
  const path = ['report', 'published'];
  const tooEarly = (date: string) =>
    fieldwork !== undefined && date < fieldwork.slice(0, date.length)
      ? `it is earlier than fieldwork, ${fieldwork}`
      : undefined;
  if (!printed) {
    if (!copyright) return { values: [] };
    const { year, line } = copyright;
    // "HM Inspectorate of Probation, Fxbxxary 2021", "July2 021": there is a month, and it is not legible.
    const damaged = ofPublisher.find(({ text }) =>
      /(?:robation\W+|,\s*)\p{L}.{0,16}\d\S{0,4}$/iu.test(text.trim()),
    );
    const why = damaged ? `the month of «${damaged.text.trim()}» is not legible` : tooEarly(year);
    return { values: [valueAt(path, year, line, why ? { confidence: 'doubtful', why } : {})] };
  }
  const confirmed = copyright?.year === printed.date.slice(0, 4);
  const early = tooEarly(printed.date);
  if ((copyright && !confirmed) || early) {
    const why = early ?? `the copyright line says ${copyright?.year}`;
    return {
      values: [valueAt(path, printed.date, printed.line, { confidence: 'doubtful', why })],
      findings: [
        {
          kind: 'contradiction',
          about: 'published',
          message: `published ${printed.date}, but ${why}`,
          places: [printed.line.place, ...(copyright && !early ? [copyright.line.place] : [])],
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

/** The year of the line that says "Crown copyright", with a letter or two of it wrong. */
function copyrightOf(lines: readonly ReportLine[]): { year: string; line: ReportLine } | undefined {
  for (const line of lines) {
    const text = line.text.trim();
    const year = /crown copyright\W*(20\d{2})(?!\d)/i.exec(text)?.[1];
    if (year) return { year, line };
    const [, words = '', near] = /^\W*(\p{L}[\p{L} ]{12,16}?)\W*(20\d{2})$/u.exec(text) ?? [];
    if (near && isNear(words.toLowerCase(), 'crown copyright')) return { year: near, line };
  }
  return undefined;
}

function isbnOf(lines: readonly ReportLine[]): Part {
  for (const line of lines) {
    const found = /\bISBN[^\d]{0,3}\d?[^\d]{0,3}((?:97[89])[\d\s–_.:-]{9,16}[\dX])(\S*)/i.exec(line.text);
    const [, digits, behind = ''] = found ?? [];
    if (digits === undefined) continue;
    const isbn = digits
      .trim()
      .replaceAll(/[–_.:]/g, '-')
      .replaceAll(/\s+/g, '-');
    // Of five groups, and nothing behind the last: two damages may leave the check digit right.
    const isWhole = /^[.,;)]?$/.test(behind) && [1, 5].includes(isbn.split('-').length);
    const isRight = isWhole && checksum(isbn.replaceAll('-', ''));
    const about = isRight
      ? { confidence: 'confirmed' as const }
      : {
          confidence: 'doubtful' as const,
          why: isWhole ? 'its check digit does not go with the others' : 'its groups are not five',
        };
    return { values: [valueAt(['report', 'isbn'], isbn, line, about)] };
  }
  return { values: [] };
}

/** Whether the last of the thirteen digits of an ISBN is what the others say. */
function checksum(digits: string): boolean {
  if (!/^\d{13}$/.test(digits)) return false;
  return [...digits].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

/**
 * Who led the inspection. A name that is printed once can't be held against anything: it is read if each of its words could be
 * one (a capital, then small letters with a vowel among them, none three times over), and doubtful otherwise. Where many characters of
 * the report are damaged even that is not enough.
 */
function inspectorOf(lines: readonly ReportLine[], isDamaged: boolean): Part {
  for (const line of lines) {
    const text = line.text.trim();
    if (!/inspec/i.test(text)) continue;
    const sentence = text.split(/(?<=\p{Ll}{3}\.)\s+(?=\p{Lu})/u)[0] ?? '';
    const words = sentence.split(/\s+/);
    const title = words.findIndex((word) => isNear(word.toLowerCase().replace(/\W+$/, ''), 'inspector'));
    const isSpoken = hasNear(sentence, 'inspection was led') || hasNear(sentence, 'led this inspection');
    if (title < 0 || !isSpoken) continue;
    const behind = words.slice(title + 1);
    const end = behind.findIndex(
      (word, at) =>
        /[,.;]$/.test(word) ||
        isNear((behind[at + 1] ?? 'led').toLowerCase(), 'led', 1) ||
        /^(?:supported|and|with|who)$/i.test(behind[at + 1] ?? ''),
    );
    const name = behind
      .slice(0, end + 1)
      .join(' ')
      .replace(/[,.;]$/, '');
    if (name === '' || name.length > 60) continue;
    const path = ['report', 'lead_inspector'];
    const isAgain = lines.some((other) => other !== line && other.text.includes(name));
    const isWhole = name.includes(' ') && name.split(' ').every(isName) && (isAgain || !isDamaged);
    const why = isDamaged
      ? 'it is printed once, in a damaged report'
      : 'it is printed once, and does not look like a name';
    return { values: [valueAt(path, name, line, isWhole ? {} : { confidence: 'doubtful', why })] };
  }
  return { values: [] };
}

const isName = (word: string): boolean =>
  /^(?:\p{Lu}[.]?|(?:\p{Lu}['’]|Mc|Mac|De|Di|Le|La)?\p{Lu}\p{Ll}+(?:[-‑'’]\p{Lu}\p{Ll}+)*|d[aei]|van|von|bin)$/u.test(
    word,
  ) &&
  /[aeiouyà-ÿ]|^\p{Lu}\.?$/iu.test(word) &&
  !/(.)\1\1/iu.test(word);

/** Fieldwork by the sentences and the line of the ratings page that say when it was; days are better than a month. */
function fieldworkOf(lines: readonly ReportLine[], sections: readonly Section[], isDamaged: boolean): Part {
  const spoken = [
    /fieldwork[^.]{0,160}?(?:start|began|beg[iu]n|took place|carried out|conducted|between|undertaken)/i,
    /\bwe inspected [^.]{2,60} in (?=\p{Lu}\p{L}+ 20)/iu,
    /inspection (?:took place|was carried out|was undertaken|fieldwork)/i,
    /fi[ec][l1]dwork\s+start/i,
  ];
  // "Fielrwork started June 2023", "Fieldwork was carred out from 6 to 9 March 2023".
  const isMisspelt = (text: string) =>
    /^\W*(?:\S+ )?\S{7,11} /.test(text) &&
    text.length < 160 &&
    hasNear(text.split(' ').slice(0, 3).join(' '), 'fieldwork');
  const ofRatings = new Set(sections.filter(({ kind }) => kind === 'ratings').flatMap((one) => one.lines));
  const found: { date: PrintedDate; line: ReportLine; isCut: boolean; weight: number }[] = [];
  for (const line of lines) {
    const parts = line.text.length < 60 ? [line.text] : line.text.split(/(?<=[.!?])\s+(?=[A-Z])/);
    for (const text of parts) {
      if (!spoken.some((pattern) => pattern.test(text)) && !isMisspelt(text)) continue;
      const at = /fieldwork|we inspected|inspection/i.exec(text)?.index ?? 0;
      const date = datesIn(text).find(({ index }) => index >= at) ?? datesIn(text)[0];
      if (!date) continue;
      // "from 26 February to Z March 2018", "between 31 ay and 4 June 2021": a range of which one end is not legible.
      const isRange = /\d{1,2}\s+\p{L}{2,9}\s+(?:and|to)\s/u.test(text);
      const isCut = !date.from && (isRange || (text.match(/\p{L}+/gu) ?? []).filter(monthOf).length > 1);
      found.push({ date, line, isCut, weight: (ofRatings.has(line) ? 4 : 2) + (date.to ? 2 : 0) });
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
  const sameDays = others.filter((one) => one.date.from === days?.from && one.date.to === days?.to);
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
  if (!days?.from) {
    const ofMonth = best.isCut
      ? {
          confidence: 'doubtful' as const,
          why: 'one of its days is not legible, and it may begin in another month',
        }
      : about;
    return { values: [valueAt(['report', 'fieldwork_month'], date.month, line, ofMonth)], findings };
  }
  const why = 'one place gives the days, in a damaged report';
  const aboutDays: About =
    sameDays.length > 0 || !isDamaged
      ? { confirmedBy: sameDays.map((one) => one.line.place) }
      : { confidence: 'doubtful', why };
  return {
    values: [
      valueAt(['report', 'fieldwork_from'], days.from, line, aboutDays),
      ...(days.to ? [valueAt(['report', 'fieldwork_to'], days.to, line, aboutDays)] : []),
      // Of days that are doubtful the month may be sure, and is enough for a bundle.
      ...(aboutDays.why && others.length > 0
        ? [valueAt(['report', 'fieldwork_month'], days.from.slice(0, 7), line, about)]
        : []),
    ],
    findings,
  };
}
