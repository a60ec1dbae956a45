import { isNear } from './near.js';

/** A number as running text has it. */
export interface PrintedNumber {
  value: number;
  /** Whether it is a share of a hundred: "48.6 per cent", "38%", "a fifth". */
  isPercent: boolean;
  /** A rank: "second", "5th". */
  isOrdinal: boolean;
  isWord: boolean;
  /** As printed, with its sign or unit. */
  text: string;
  /** Where it begins in the text, and where it ends (exclusive), unit included. */
  start: number;
  end: number;
}

const units = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen',
  'seventeen eighteen nineteen',
]
  .join(' ')
  .split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

const values = new Map<string, number>([
  ...units.map((word, value) => [word, value] as const),
  ...tens.flatMap((ten, at) => {
    const whole = (at + 2) * 10;
    return [
      [ten, whole] as const,
      ...units
        .slice(1, 10)
        .flatMap((unit, more) => [
          [`${ten}-${unit}`, whole + more + 1] as const,
          [`${ten} ${unit}`, whole + more + 1] as const,
        ]),
    ];
  }),
  ['hundred', 100],
  ['a hundred', 100],
  ['one hundred', 100],
]);

/** Shares that are printed in words, in percent. */
const shares: Record<string, number> = {
  'a quarter': 25,
  'one quarter': 25,
  'one-quarter': 25,
  'three-quarters': 75,
  'three quarters': 75,
  'a fifth': 20,
  'one fifth': 20,
  'one-fifth': 20,
  'two-fifths': 40,
  'two fifths': 40,
  'three-fifths': 60,
  'three fifths': 60,
  'four-fifths': 80,
  'four fifths': 80,
  'a tenth': 10,
  'a half': 50,
};

const byLength = (words: Iterable<string>) => [...words].sort((one, other) => other.length - one.length);
const alternatives = (words: Iterable<string>) => byLength(words).join('|').replaceAll('-', '[-‑–]');

const words = alternatives(values.keys());
const pattern = new RegExp(
  [
    `(?<share>\\b(?:${alternatives(Object.keys(shares))})\\b)`,
    `(?<ordinal>\\b(?:\\d{1,3}(?:st|nd|rd|th)|${ordinals.join('|')})\\b)`,
    `(?<word>(?<![\\p{L}\\d][-‑–])\\b(?:${words})\\b(?![-‑]))`,
    '(?<digits>(?<![\\p{L}\\d.,/–-])\\d+(?:,\\d{3})*(?:\\.\\d+)?(?![\\p{L}\\d]|[.,/–-]\\d))',
  ].join('|'),
  'giu',
);
const percentSign = /^\s?(?:%|per[ -]?cent\b|percent\b)/i;

/** The value of a number in words or digits that is all of a text ("eleven", "1,250", "twenty-one"); undefined for anything else. */
export function numberOf(text: string): number | undefined {
  const plain = text.trim().toLowerCase().replaceAll(/[‑–]/g, '-');
  const value = values.get(plain);
  if (value !== undefined) return value;
  return /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(plain) ? Number(plain.replaceAll(',', '')) : undefined;
}

/** Every number of a text. Digits that are part of a longer thing (2019/2020, AIM3, 0–19) are none. */
export function numbersIn(text: string): PrintedNumber[] {
  const found: PrintedNumber[] = [];
  for (const match of text.matchAll(pattern)) {
    const { share, ordinal, word, digits } = match.groups as Record<string, string | undefined>;
    const start = match.index;
    let end = start + match[0].length;
    const sign = signAt(text.slice(end), match[0]);
    const value = share
      ? shares[plainDash(share)]
      : ordinal
        ? ordinalValue(ordinal)
        : numberOf((word ?? digits) as string);
    if (value === undefined) continue;
    if (sign !== undefined && !ordinal) end += sign.length;
    found.push({
      value,
      isPercent: share !== undefined || (sign !== undefined && !ordinal),
      isOrdinal: ordinal !== undefined,
      isWord: digits === undefined && !/^\d/.test(match[0]),
      text: text.slice(start, end),
      start,
      end,
    });
  }
  return found;
}

/** A percent sign behind a number; "per cent" also with a letter wrong, of what is no larger than a hundred. */
function signAt(behind: string, number: string): string | undefined {
  const exact = percentSign.exec(behind)?.[0];
  if (exact !== undefined) return exact;
  const words = /^\s(\p{L}{2,4} ?\p{L}{3,6})(?!\p{L})/u.exec(behind);
  const isNearIt = words !== null && isNear((words[1] as string).toLowerCase(), 'per cent', 1);
  return isNearIt && (numberOf(number) ?? 101) <= 100 ? words[0] : undefined;
}

const plainDash = (text: string) => text.toLowerCase().replaceAll(/[‑–]/g, '-');

const ordinalValue = (text: string): number | undefined =>
  /^\d/.test(text) ? Number.parseInt(text, 10) : ordinals.indexOf(text.toLowerCase()) + 1 || undefined;
