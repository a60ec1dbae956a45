import type { ReportLine } from '../report-document.js';
import { isFurniture } from './furniture.js';

/** A sentence, and the line on which it begins. */
export interface Sentence {
  text: string;
  line: ReportLine;
  /** Where a figure of it stands, when the sentence runs on over lines. */
  lineAt(offset: number): ReportLine;
}

/** Where a sentence ends; not behind an initial or a common abbreviation. */
const end = /(?<!\b[A-Z]|\b(?:e\.g|i\.e|etc|no|Mr|Ms|Mrs|Dr|St))[.!?]['"”’)]?\s+(?=['"“‘(]?[A-Z0-9])/g;

/** The sentences of lines of running text. A line that stops in the middle of a sentence goes on in the next one. */
export function sentencesOf(lines: readonly ReportLine[]): Sentence[] {
  const sentences: Sentence[] = [];
  let open: { text: string; parts: { from: number; line: ReportLine }[] } | undefined;
  const close = () => {
    if (open) sentences.push(...split(open));
    open = undefined;
  };
  for (const line of lines) {
    if (isFurniture(line)) continue;
    if (line.cells.length > 1 || line.heading !== undefined) {
      close();
      continue;
    }
    const goesOn = open !== undefined && line.bullet !== true && /^[a-z(,;]/.test(line.text);
    if (!goesOn) close();
    if (open) {
      open.parts.push({ from: open.text.length + 1, line });
      open.text = `${open.text} ${line.text}`;
    } else open = { text: line.text, parts: [{ from: 0, line }] };
    if (/[.!?:]['"”’)]?\s*$/.test(line.text)) close();
  }
  close();
  return sentences;
}

function split({ text, parts }: { text: string; parts: { from: number; line: ReportLine }[] }): Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  const add = (to: number) => {
    const start = from;
    const lineAt = (offset: number) =>
      (parts.findLast((part) => part.from <= start + offset) ?? parts[0])?.line as ReportLine;
    const sentence = text.slice(start, to).trim();
    if (sentence !== '') found.push({ text: sentence, line: lineAt(0), lineAt });
    from = to;
  };
  for (const { index, 0: stop } of text.matchAll(end)) add(index + stop.length);
  add(text.length);
  return found;
}
