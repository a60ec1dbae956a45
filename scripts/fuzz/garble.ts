import { isUtf8 } from 'node:buffer';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** What a seed decides: the same for the same seed, everywhere. */
export interface Dice {
  /** A whole number from 0 to below `size`. */
  below(size: number): number;
  pick<T>(things: readonly T[]): T;
}

export function diceOf(seed: number): Dice {
  const source = xoroshiro128plus(seed | 0);
  const below = (size: number) => uniformInt(source, 0, Math.max(size, 1) - 1);
  return { below, pick: <T>(things: readonly T[]) => things[below(things.length)] as T };
}

/** A number as people, programs and attackers write one. */
export const numbers: readonly string[] = [
  ...[
    '0',
    '-0',
    '-1',
    '+5',
    '\u22125',
    '1.0',
    '1.5',
    '.5',
    '5.',
    '1e3',
    '1E400',
    '0x10',
    '0b1',
    '0o17',
    '1_000',
  ],
  ...[
    '1,000',
    '12,5',
    '1 000',
    '1\u00a0000',
    '½',
    '²',
    '١٢',
    '１２',
    '९',
    '10%',
    '£5',
    '(5)',
    '5-',
    'Ⅻ',
    '007',
  ],
  ...[
    'NaN',
    'Infinity',
    '-Infinity',
    '32000',
    '32001',
    '32768',
    '2147483648',
    '9007199254740993',
    '9'.repeat(400),
  ],
];

/** Texts that mean something to somebody: SQL, COPY, CSV, YAML, JavaScript, a spreadsheet, a terminal, a path. */
export const texts: readonly string[] = [
  ...[
    "'; drop schema core cascade; --",
    '$1',
    '%s',
    '$$',
    '\\.',
    '\\N',
    '\\',
    'null',
    '~',
    'true',
    'yes',
    'na',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '[object Object]', 'undefined'],
  ...[
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '../../etc/passwd',
    '/dev/zero',
    'C:\\con',
    'file:///etc/passwd',
  ],
  ...[
    '\0',
    '\u001b[31m',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\u2028',
    '\u00ad',
    '\r',
    '\n',
    '\t',
    '\f',
    '\v',
    '💥',
  ],
  ...[
    '"',
    "'",
    ',',
    ';',
    ':',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!!int ',
    '|',
    '>',
    '? ',
    '<<: ',
    '#',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '<b>',
    '<table>',
    '</td>',
    '<!--',
    '&amp;',
    '&#x0;',
    '{{1}}',
    '|---|',
    '<sup>',
  ],
  ...[
    '2021-02-30',
    '2021-13',
    '0000-00-00',
    '9999-12-31',
    '12/03/21',
    'today',
    '-infinity',
    '2018',
    '2021',
    '2.1.1',
  ],
  ...[
    '',
    ' ',
    'Good',
    'Outstanding',
    'Goood',
    'Barnet',
    'Wigan YOT',
    'é',
    'e\u0301',
    'x'.repeat(300),
    'é'.repeat(2000),
  ],
];

type Change = (text: string, dice: Dice) => string;

const spliced = (text: string, at: number, cut: number, put: string) =>
  text.slice(0, at) + put + text.slice(at + cut);

/** Puts something in the place of one of the matches of a pattern. */
const inPlaceOf =
  (pattern: RegExp, put: (found: string, dice: Dice) => string): Change =>
  (text, dice) => {
    // Not all of them of a long file: a stretch of it is as good.
    const from = text.length > 20_000 ? dice.below(text.length - 10_000) : 0;
    const found = [...text.slice(from, from + 20_000).matchAll(pattern)];
    if (found.length === 0) return text;
    const one = dice.pick(found);
    return spliced(text, from + one.index, one[0].length, put(one[0], dice));
  };

const byLines =
  (change: (lines: string[], at: number, dice: Dice) => void): Change =>
  (text, dice) => {
    const lines = text.split('\n');
    change(lines, dice.below(lines.length), dice);
    return lines.join('\n');
  };

const changes: readonly Change[] = [
  inPlaceOf(/[\w.%-]+/g, (_, { pick }) => pick(texts)),
  inPlaceOf(/[\w.%-]+/g, (_, { pick }) => pick(numbers)),
  inPlaceOf(/\d+(\.\d+)?/g, (_, { pick }) => pick(numbers)),
  // What is nearly right gets furthest.
  inPlaceOf(/\d+/g, (found, { below }) => String(Number(found.slice(0, 6)) + below(3) - 1)),
  inPlaceOf(/\d+/g, (found, { below }) => String(Number(found.slice(0, 6)) + below(3) - 1)),
  inPlaceOf(/\d+/g, (found, { below }) => String(Number(found.slice(0, 6)) + below(3) - 1)),
  inPlaceOf(/\b(yes|no|na|Good|Outstanding|Requires improvement|court)\b/g, (_, { pick }) =>
    pick(['yes', 'no', 'na', 'Good', 'Outstanding', 'Inadequate', 'court', 'out of court']),
  ),
  inPlaceOf(/[^,\t\n:{}[\]]+/g, (_, { pick }) => pick(texts)),
  inPlaceOf(/[^,\t\n:{}[\]]+/g, (found, { pick }) => found + pick(texts)),
  inPlaceOf(/[,\t;:]/g, (_, { pick }) => pick([',', ';', '\t', '|', ':', ' ', ''])),
  (text, { below, pick }) => spliced(text, below(text.length + 1), 0, pick(texts)),
  (text, { below }) => spliced(text, below(text.length + 1), 1 + below(40), ''),
  (text, { below }) => text.slice(0, below(text.length + 1)),
  (text, { below }) => {
    const from = below(text.length);
    return spliced(text, below(text.length + 1), 0, text.slice(from, from + 1 + below(400)));
  },
  (text, { below, pick }) => {
    const from = below(text.length);
    const piece = text.slice(from, from + 1 + below(8));
    return spliced(text, from, 0, piece.repeat(pick([3, 100, 5000])));
  },
  byLines((lines, at) => void lines.splice(at, 1)),
  byLines((lines, at, { below }) => void lines.splice(below(lines.length + 1), 0, lines[at] as string)),
  byLines((lines, at, { below }) => {
    const other = below(lines.length);
    [lines[at], lines[other]] = [lines[other] as string, lines[at] as string];
  }),
  byLines((lines, at) => void lines.splice(at, 2, (lines[at] ?? '') + (lines[at + 1] ?? ''))),
  byLines((lines, at, { pick }) => {
    lines[at] = pick([' ', '\t', '  ', '    ', ',', '#']) + lines[at];
  }),
  (text, { pick }) => text.replaceAll('\n', pick(['\r', '\r\n', '\n\n', '\u2028'])),
];

/** A file's content with one to three things wrong, mostly one with it. */
export function garbled(content: Buffer, dice: Dice): Buffer {
  let bytes = content;
  for (let left = dice.pick([1, 1, 1, 1, 2, 3]); left > 0; left--)
    bytes = dice.below(12) === 0 ? bytesChanged(bytes, dice) : textChanged(bytes, dice);
  return bytes;
}

function textChanged(bytes: Buffer, dice: Dice): Buffer {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  return Buffer.from(dice.pick(changes)(bytes.toString(encoding), dice), encoding);
}

function bytesChanged(bytes: Buffer, { below, pick }: Dice): Buffer {
  const kind = below(6);
  if (kind === 0) return Buffer.from(bytes.toString('latin1'), 'utf16le');
  if (kind === 1)
    return Buffer.concat([Buffer.from(pick(['fffe', 'feff', 'efbbbf', '1f8b', '504b0304']), 'hex'), bytes]);
  const copy = Buffer.from(bytes);
  for (let left = 1 + below(6); left > 0 && copy.length > 0; left--) {
    const at = below(copy.length);
    copy[at] = pick([(copy[at] as number) ^ (1 << below(8)), 0, 255, below(256)]);
  }
  return copy;
}
