import { claim, type Found, remark } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { codePattern } from '../rows.js';

const codes = new RegExp(`\\b${codePattern}\\b`, 'g');

/** Decisions of the ratings panel on standards: footnotes and sentences of their sections, not what a methodology says of them. */
export function decisionClaims(outline: Outline): Found[] {
  const { lines, where, grammar } = outline;
  const found: Found[] = [];
  const decided = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (!/\bdiscretion\b/i.test(line.text)) continue;
    const { from, to } = ratingsSaid(line.text, grammar.ratings);
    const isOfSection = where.get(line)?.standard !== undefined || line.footnote !== undefined;
    if (!to || !isOfSection) continue;
    const named = (line.text.match(codes) ?? [])
      .map((code) => grammar.questions.get(code)?.standard ?? code)
      .find((code) => grammar.standards.has(code));
    const cited = line.footnote === undefined ? line : citing(outline, at, line.footnote);
    const standard = named ?? (cited && where.get(cited)?.standard);
    if (standard === undefined || from === undefined) {
      const what = standard === undefined ? 'of which standard it is' : `what it changed to ${to}`;
      const message = `a panel's decision does not say ${what}`;
      found.push(remark('other', standard ?? 'discretion', message, [line]));
    } else if (decided.has(standard)) continue;
    else {
      const path = ['professional_discretion', decided.size];
      decided.add(standard);
      for (const [key, value] of Object.entries({ standard, from, to, reason: line.text }))
        found.push(claim([...path, key], value, line));
    }
  }
  return found;
}

/** The line that cites a footnote: the last one before its definition, else the next one behind it. */
function citing({ lines, where }: Outline, at: number, mark: string): Line | undefined {
  const cites = (line: Line) => line.marks.includes(mark) && where.get(line)?.standard !== undefined;
  return lines.slice(Math.max(0, at - 150), at).findLast(cites) ?? lines.slice(at + 1, at + 40).find(cites);
}

/** "from 'Inadequate' to 'Good'", "to 'Good' from Inadequate", "as good rather than requires improvement". */
export function ratingsSaid(text: string, ratings: readonly string[]): { from?: string; to?: string } {
  const said: { from?: string; to?: string } = {};
  const scale = new RegExp(
    `\\b(?:(from|than|of)|to|as|into)(?: the| a| rating)*\\s+['"]?(${ratings.join('|')})\\b`,
    'gi',
  );
  for (const [, from, word = ''] of text.matchAll(scale)) {
    const rating = ratings.find((each) => each.toLowerCase() === word.toLowerCase()) as string;
    if (from) said.from ??= rating;
    else said.to ??= rating;
  }
  return said;
}
