/** "Requires improvement" is RI. */
export const initials = (rating: string): string =>
  rating
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

/** What initials stand for, each rating once: "G Good, RI Requires improvement". */
export const initialsLegend = (ratings: Iterable<string>): string =>
  [...new Set(ratings)]
    .sort()
    .map((rating) => `${initials(rating)} ${rating}`)
    .join(', ');
