import { type Claim, claim, claims, type Found, lost, remark } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { codePattern, isNotRated, ratingOf } from '../rows.js';

/**
 * Ratings of standards, the overall rating and the score: of the ratings page, of headings, of an annexe. A standard that the report
 * names, and of which no rating was read, is for a person to look at.
 */
export function ratingClaims(outline: Outline): Found[] {
  const { matches, grammar } = outline;
  const found = matches.flatMap(({ row, expected: { kind, code } }) => {
    if (kind !== 'overall' && kind !== 'standard' && kind !== 'statement') return [];
    const path = kind === 'overall' ? ['overall', 'rating'] : ['standard_ratings', code, 'rating'];
    const rating = row.values.map((value) => ratingOf(value, grammar.ratings)).find(Boolean);
    if (rating) return [claim(path, rating, row)];
    if (row.values.some(isNotRated)) return [claim([...path.slice(0, -1), 'not_rated'], true, row)];
    const isLost = kind === 'standard' && row.values.length > 0;
    return isLost ? [lost(path, row, 'no rating is legible in its cell')] : [];
  });
  const isKnown = new Set(found.filter(({ value }) => value !== undefined).map(({ path }) => path[1]));
  const rated = new Map(
    found
      .filter(({ path, value }) => path.at(-1) === 'rating' && value)
      .map((one) => [one.path.slice(0, -1).join(), one]),
  );
  const against = (one: Claim) =>
    one.path.at(-1) === 'not_rated' ? rated.get(one.path.slice(0, -1).join()) : undefined;
  const named = matches.filter(({ expected: { kind } }) => kind === 'standard');
  const isSaid = new Set(found.map(({ path }) => path[1]));
  const unread = new Map(named.map(({ row, expected: { code } }) => [code, row.line]));
  return [
    ...[...unread]
      .filter(([code]) => !isSaid.has(code))
      .map(([code, line]) => remark('other', code, `no rating of standard ${code} could be read`, [line])),
    ...found.flatMap((one) => {
      const rating = against(one);
      const message = `it is not rated, elsewhere ${rating?.value}`;
      return rating ? [remark('contradiction', String(one.path.at(-2)), message, [one, rating])] : [];
    }),
    // A cell that is lost says something only where the rating stands nowhere else.
    ...found.filter((one) => !against(one) && (one.value !== undefined || !isKnown.has(one.path[1]))),
    ...outline.lines.flatMap((line) => overallInProse(line, grammar.ratings)),
    ...scoreClaims(outline),
  ];
}

/** "Overall, Barnet YOS is rated as 'Good'" says it; that some elements "were rated as 'Outstanding'" does not. */
function overallInProse(line: Line, ratings: readonly string[]): Claim[] {
  const service = '(?:service|team|partnership|work|YO[STP]|YJ[STP])\\b[^.,;:]{0,40}?';
  const says = ` rating (?:of|is|was)|,? (?:[^.,;:]{0,60}\\b)?${service}\\b(?:is|was|has been) rated as:?`;
  const form = new RegExp(`\\boverall(?:${says})\\s*['"]?(${ratings.join('|')})\\b`, 'i');
  const said = form.exec(line.text)?.[1]?.toLowerCase();
  const rating = ratings.find((each) => each.toLowerCase() === said);
  return rating ? [claim(['overall', 'rating'], rating, line)] : [];
}

/** "Score 29/36", of which a table may have made several cells. */
function scoreClaims({ lines, rows }: Outline): Claim[] {
  for (const line of lines) {
    if (line.text.length > 120 || !/\bscore\b/i.test(line.text)) continue;
    // The row's own figures may stand below it.
    const below = rows.find((row) => row.line === line && row.place !== line.place);
    const text = `${line.text} ${below?.values.join(' ') ?? ''}`;
    const found = /(?<![\d.,])(\d{1,2})\s?(?:\/|out of)\s?(\d{1,2})(?![\d.,%])/.exec(text);
    if (!found) continue;
    const [score, outOf] = [Number(found[1]), Number(found[2])];
    const place = below ?? line;
    if (score > outOf) return [lost(['overall', 'score'], place, `«${found[0]}» can't be`)];
    return claims(['overall'], { score, out_of: outOf }, place);
  }
  return [];
}

const codes = new RegExp(`\\b${codePattern}\\b`, 'g');

/** Decisions of the ratings panel on standards: footnotes and sentences of their sections, not what a methodology says of them. */
export function decisionClaims(outline: Outline): Found[] {
  const { lines, where, grammar } = outline;
  const decided = new Set<string>();
  return lines.flatMap((line, at): Found[] => {
    if (!/\bdiscretion\b/i.test(line.text)) return [];
    const { from, to } = ratingsSaid(line.text, grammar.ratings);
    const isOfSection = where.get(line)?.standard !== undefined || line.footnote !== undefined;
    if (!to || !isOfSection) return [];
    const named = (line.text.match(codes) ?? [])
      .map((code) => grammar.questions.get(code)?.standard ?? code)
      .find((code) => grammar.standards.has(code));
    const cited = line.footnote === undefined ? line : citing(outline, at, line.footnote);
    const standard = named ?? (cited && where.get(cited)?.standard);
    if (standard === undefined || from === undefined) {
      const message = `a panel's decision does not say which standard's rating it changed to ${to}, and from what`;
      return [remark('other', standard ?? 'discretion', message, [line])];
    }
    if (decided.has(standard)) return [];
    decided.add(standard);
    const decision = { standard, from, to, reason: line.text };
    return claims(['professional_discretion', decided.size - 1], decision, line);
  });
}

/** The line that cites a footnote: the last one before its definition, else the next one behind it. */
function citing({ lines, where }: Outline, at: number, mark: string): Line | undefined {
  const cites = (line: Line) => line.marks.includes(mark) && where.get(line)?.standard !== undefined;
  return lines.slice(Math.max(0, at - 150), at).findLast(cites) ?? lines.slice(at + 1, at + 40).find(cites);
}

/** "from 'Inadequate' to 'Good'", "to 'Good' from Inadequate", "as good rather than requires improvement". */
function ratingsSaid(text: string, ratings: readonly string[]): { from?: string; to?: string } {
  const said: { from?: string; to?: string } = {};
  const scale = new RegExp(
    `\\b(?:(from|than|of)|to|as|into)(?: the| a| rating)*\\s+['"]?(${ratings.join('|')})\\b`,
    'gi',
  );
  for (const [, from, word = ''] of text.matchAll(scale))
    said[from ? 'from' : 'to'] ??= ratings.find((each) => each.toLowerCase() === word.toLowerCase()) ?? word;
  return said;
}
