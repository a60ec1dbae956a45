// Months and counts as English texts and tables write them.

export const months =
  'january february march april may june july august september october november december'.split(' ');

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Each at the place that is its number. */
const words = [
  ...units,
  ...tens.flatMap((ten) => [ten, ...units.slice(1, 10).map((unit) => `${ten}-${unit}`)]),
];

/** A pattern for a count in words or digits; "a" and "no" are one and none. */
export const countPattern = `(\\d{1,3}|an?|no|${words.toSorted((a, b) => b.length - a.length).join('|')})`;

/** The count that such words mean. */
export function countOf(text: string): number {
  const plain = text.toLowerCase();
  if (plain === 'no') return 0;
  if (plain === 'a' || plain === 'an') return 1;
  return words.includes(plain) ? words.indexOf(plain) : Number(plain);
}
