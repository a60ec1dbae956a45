/** "Requires improvement" is RI; with two letters of each word ReIm. */
export const initials = (rating: string, letters = 1): string =>
  rating
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1, letters))
    .join('');

/** Ratings by their initials, with as many letters as tell them apart; and what these stand for: "G Good, RI Requires improvement". */
export function shortened(ratings: Iterable<string>): { short: (rating: string) => string; legend: string } {
  const all = [...new Set(ratings)].sort();
  const longest = Math.max(0, ...all.map(({ length }) => length));
  let letters = 1;
  // words of two editions may differ in nothing but capitals
  while (letters < longest && new Set(all.map((rating) => initials(rating, letters))).size < all.length)
    letters++;
  const short = (rating: string) => initials(rating, letters);
  return { short, legend: all.map((rating) => `${short(rating)} ${rating}`).join(', ') };
}
