import { type Claim, claim, lost } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { ratingOf } from '../rows.js';

/** Ratings of standards, the overall rating and the score: of the ratings page, of headings, of an annexe. */
export function ratingClaims(outline: Outline): Claim[] {
  const { matches, grammar } = outline;
  const claims: Claim[] = [];
  for (const { row, expected } of matches) {
    const { kind, code } = expected;
    if (kind !== 'overall' && kind !== 'standard' && kind !== 'statement') continue;
    const path = kind === 'overall' ? ['overall', 'rating'] : ['standard_ratings', code, 'rating'];
    const place = { ...row.line, place: row.place };
    const found = row.values.map((value) => ratingOf(value, grammar.ratings)).find(Boolean);
    if (found) claims.push(claim(path, found, place));
    else if (kind === 'standard' && row.values.length > 0)
      claims.push(lost(path, place, 'no rating is legible in its cell'));
  }
  const isKnown = new Set(claims.filter(({ value }) => value !== undefined).map(({ path }) => path[1]));
  return [
    // A cell that is lost says something only where the rating stands nowhere else.
    ...claims.filter(({ value, path }) => value !== undefined || !isKnown.has(path[1] as string)),
    ...outline.lines.flatMap((line) => overallInProse(line, grammar.ratings)),
    ...scoreClaims(outline),
  ];
}

/** "Barnet YOS is rated as 'Good' overall" says it; that some elements "were rated as 'Outstanding'" does not. */
function overallInProse(line: Line, ratings: readonly string[]): Claim[] {
  if (!/\boverall\b/i.test(line.text)) return [];
  const scale = `['"]?(${ratings.join('|')})\\b`;
  const service = '(?:service|team|partnership|work|YOT|YOS|YJS|YJP)\\b[^.,;:]{0,40}?';
  const forms = [
    new RegExp(
      `\\boverall,? (?:[^.,;:]{0,60}\\b)?${service}\\b(?:is|was|has been) rated as:?\\s*${scale}`,
      'i',
    ),
    new RegExp(`\\boverall rating (?:of|is|was)\\s*${scale}`, 'i'),
  ];
  const said = forms.map((form) => form.exec(line.text)?.[1]).find((one) => one !== undefined);
  const rating = ratings.find((each) => each.toLowerCase() === said?.toLowerCase());
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
    const place = { ...line, place: below?.place ?? line.place };
    const [score, outOf] = [Number(found[1]), Number(found[2])];
    if (score > outOf) return [lost(['overall', 'score'], place, `«${found[0]}» can't be`)];
    return [claim(['overall', 'score'], score, place), claim(['overall', 'out_of'], outOf, place)];
  }
  return [];
}
