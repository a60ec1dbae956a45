import { positionOf, type ReportDocument, type ReportLine } from '../report-document.js';

/** Definitions of footnotes by mark, each with the lines that continue it; a mark may be defined more than once. */
export type Footnotes = Map<string, ReportLine[]>;

export function footnotesOf(document: ReportDocument): Footnotes {
  const footnotes: Footnotes = new Map();
  for (const line of document.lines) {
    if (line.footnote === undefined) continue;
    footnotes.set(line.footnote, [...(footnotes.get(line.footnote) ?? []), line]);
  }
  return footnotes;
}

/** The definition of a mark that is meant by a line: the next one behind it, else the nearest one. */
export function footnoteFor(
  { footnotes }: { footnotes: Footnotes },
  mark: string,
  cited: ReportLine,
): ReportLine | undefined {
  const all = footnotes.get(mark) ?? [];
  const from = positionOf(cited.place);
  const behind = all
    .filter((line) => positionOf(line.place) >= from)
    .sort((a, b) => positionOf(a.place) - positionOf(b.place))[0];
  return behind ?? all.at(-1);
}
