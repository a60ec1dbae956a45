import type { ReportLine } from '../../report-document.js';

/** "1. ", "- 2. ", "4) ", "Recommendation 3: "; also "2 .", ".2 ", and what has lost its point or has another sign for it. */
const numbered =
  /^(?:[-–—•*·▪■]\s*)*(?:recommendation\s+)?[.)]?\s?(\d{1,2})(?:\s*[^\p{L}\d\s]{1,2}\s*|\s+)(?=\p{L}{2}|\p{L} |['"])(.*)$/iu;

/** A number whose digits are letters or signs now, "l. plan", "?. plan", or are too many, "100. plan". */
const unreadable =
  /^(?:[-–—•*·▪■]\s*)*(?:\p{L}?\d?\p{L}?|\d{3}|[^\p{L}\d\s]\d?|\d[^\p{L}\d\s])[.)]\s+(?=\p{L}{2})(.*)$/u;

export interface Recommendation {
  /** As it is printed; undefined where no number is legible. */
  printed: number | undefined;
  /** Whether it begins as an item of a list does. */
  isItem: boolean;
  text: string;
  line: ReportLine;
  to: { text: string; line: ReportLine } | undefined;
}

/** Whether a line begins an entry: with a number or a bullet, or what damage has made of one. */
export const isItem = (line: ReportLine, text: string): boolean =>
  line.bullet === true || numbered.test(text) || unreadable.test(text);

export function recommendation(text: string, line: ReportLine, to: Recommendation['to']): Recommendation {
  const match = numbered.exec(text);
  const body = match?.[2] ?? unreadable.exec(text)?.[1] ?? text.replace(/^\W*\d?\W*(?=\p{L})/u, '');
  return {
    printed: match ? Number(match[1]) : undefined,
    isItem: isItem(line, text),
    text: body.trim(),
    line,
    to,
  };
}

/** An entry, and the next one where the conversion has joined it: "… accordingly 2 . make sure …". */
export function apart(one: Recommendation): Recommendation[] {
  if (one.printed === undefined) return [one];
  const next = new RegExp(`\\s${one.printed + 1}\\s?[.)]\\s+(?=\\p{L}{2})`, 'u').exec(one.text);
  if (!next) return [one];
  const behind = one.text.slice(next.index + next[0].length);
  return [
    { ...one, text: one.text.slice(0, next.index) },
    { ...one, printed: one.printed + 1, text: behind },
  ];
}
