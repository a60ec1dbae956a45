import type { EditionFile } from '../../import/edition/edition-file.js';
import type { RatingSeen, RatingsSeen } from '../figures/ratings.js';
import type { ReadValue } from '../reading.js';
import { placeText } from '../report-document.js';
import { type Claims, confirm, contradiction, doubt } from './claims.js';

/** Ratings of standards as values: said in one place, or confirmed by others, or contradicted. */
export function ratingValues(claims: Claims, seen: RatingsSeen, edition: EditionFile): void {
  for (const { standards } of edition.domains) {
    for (const { code } of standards) {
      const all = seen.standards.get(code) ?? [];
      if (all.length === 0) {
        if (seen.unrated.has(code)) continue;
        claims.findings.push({
          kind: 'other',
          about: code,
          message: `no rating of standard ${code} could be read`,
          places: [],
        });
        continue;
      }
      claims.values.push(ratingValue(claims, ['standard_ratings', code, 'rating'], code, all));
    }
  }
  if (seen.overall.length > 0)
    claims.values.push(ratingValue(claims, ['overall', 'rating'], 'overall', seen.overall));
}

function ratingValue(
  claims: Claims,
  path: (string | number)[],
  about: string,
  all: readonly RatingSeen[],
): ReadValue {
  const votes = new Map<string, RatingSeen[]>();
  for (const each of all) votes.set(each.rating, [...(votes.get(each.rating) ?? []), each]);
  const [best, other] = [...votes.values()].sort((a, b) => b.length - a.length);
  const chosen = (best as RatingSeen[])[0] as RatingSeen;
  const rest = (best as RatingSeen[]).slice(1).map(({ place }) => place);
  const value: ReadValue = { path, value: chosen.rating, confidence: 'read', place: chosen.place };
  confirm(value, ...rest);
  if (other) {
    const against = other[0] as RatingSeen;
    const message = `${about}: '${chosen.rating}' by ${chosen.source}, '${against.rating}' by ${against.source}`;
    contradiction(claims, about, message, chosen.place, against.place);
    if ((best as RatingSeen[]).length === other.length)
      doubt(value, `'${against.rating}' on ${placeText(against.place)}`);
  }
  // A word that is half a rating's is one only where another place says so too.
  if (chosen.likeness < 0.8 && value.confidence === 'read') doubt(value, 'its word is damaged');
  return value;
}
