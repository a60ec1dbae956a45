const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const words = new Map<string, number>([
  ...units.map((word, value) => [word, value] as const),
  ...tens.flatMap((ten, at) => [
    [ten, (at + 2) * 10] as const,
    ...units.slice(1, 10).map((unit, more) => [`${ten}-${unit}`, (at + 2) * 10 + more + 1] as const),
  ]),
]);

/** A pattern for a count in words or digits; "a" and "no" are one and none. */
export const countPattern = `(\\d{1,3}|an?|no|${[...words.keys()].sort((a, b) => b.length - a.length).join('|')})`;

/** The count that such words mean. */
export function countOf(text: string): number {
  const plain = text.toLowerCase();
  if (plain === 'no') return 0;
  if (plain === 'a' || plain === 'an') return 1;
  return words.get(plain) ?? Number(plain);
}
