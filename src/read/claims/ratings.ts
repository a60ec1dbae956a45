import { type Claim, claim, lost } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { ratingOf } from '../rows.js';

/** Ratings of standards, the overall rating and the score: of the ratings page, of headings, of an annexe. */
export function ratingClaims(outline: Outline): Claim[] {
  const { matches, grammar } = outline;
  const claims = matches.flatMap(({ row, expected: { kind, code } }) => {
    if (kind !== 'overall' && kind !== 'standard' && kind !== 'statement') return [];
    const path = kind === 'overall' ? ['overall', 'rating'] : ['standard_ratings', code, 'rating'];
    const found = row.values.map((value) => ratingOf(value, grammar.ratings)).find(Boolean);
    if (found) return [claim(path, found, row)];
    const isLost = kind === 'standard' && row.values.length > 0;
    return isLost ? [lost(path, row, 'no rating is legible in its cell')] : [];
  });
  const isKnown = new Set(claims.filter(({ value }) => value !== undefined).map(({ path }) => path[1]));
  return [
    // A cell that is lost says something only where the rating stands nowhere else.
    ...claims.filter(({ value, path }) => value !== undefined || !isKnown.has(path[1])),
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
    const place = below ?? line;
    const [score, outOf] = [Number(found[1]), Number(found[2])];
    if (score > outOf) return [lost(['overall', 'score'], place, `«${found[0]}» can't be`)];
    return [claim(['overall', 'score'], score, place), claim(['overall', 'out_of'], outOf, place)];
  }
  return [];
}
