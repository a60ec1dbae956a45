import { asCsv, wide } from '../test/support/case-files.js';

/** The files of a bundle, by name. */
export type Files = Record<string, Buffer>;
type Table = 'cases.csv' | 'answers.csv';
type Form = 'long' | 'wide';

/** What may become of a damaged bundle: it has to load with what it said before, has to be refused, or one of the two. */
export type Outcome = 'loads' | 'refused' | 'either';

/** A bundle that was damaged: what was done to it, and its files after that. */
export interface Damaged {
  what: string;
  outcome: Outcome;
  files: Files;
}

/** A good bundle, still as rows of cells: the headings first. */
export interface GoodBundle {
  inspection: string;
  cases: string[][];
  /** long: case, question, answer */
  answers: string[][];
}

/** The files of a good bundle; its answers a row an answer, or a row a case. */
export function filesOf({ inspection, cases, answers }: GoodBundle, form: Form): Files {
  return {
    'inspection.yaml': Buffer.from(inspection),
    'cases.csv': Buffer.from(asCsv(cases)),
    'answers.csv': Buffer.from(asCsv(form === 'wide' ? wide(answers) : answers)),
  };
}

/** Damages a good bundle: every other seed its long form, and every kind of damage in turn. */
export function damaged(good: GoodBundle, seed: number): Damaged {
  const form = seed % 2 === 0 ? 'long' : 'wide';
  const kind = kinds[Math.floor(seed / 2) % kinds.length] as Kind;
  const tools = toolsOf(seed, form);
  const files = filesOf(good, form);
  const table: Table = tools.chance(4) ? 'cases.csv' : 'answers.csv';
  const target = kind.of ?? table;
  const outcome = typeof kind.outcome === 'function' ? kind.outcome(target) : kind.outcome;
  kind.damage(files, target, tools);
  return { what: `seed ${seed}: ${form}, ${target}: ${kind.what}`, outcome, files };
}

interface Tools {
  form: Form;
  /** A whole number from 0 to below `size`. */
  below(size: number): number;
  chance(oneIn: number): boolean;
  pick<T>(things: readonly T[]): T;
}

interface Kind {
  what: string;
  /** The file it is for; without, one of the tables. */
  of?: string;
  outcome: Outcome | ((target: string) => Outcome);
  damage(files: Files, target: string, tools: Tools): void;
}

/** Changes a table as rows of cells. */
const rows =
  (change: (rows: string[][], tools: Tools, target: string) => string[][]): Kind['damage'] =>
  (files, target, tools) => {
    files[target] = Buffer.from(asCsv(change(cellsOf(files, target), tools, target)));
  };

/** Changes one cell below the headings, of those that hold something. */
const cell = (change: (text: string, tools: Tools) => string, only?: RegExp): Kind['damage'] =>
  rows((table, tools) => {
    const places = table.flatMap((row, y) =>
      row.flatMap((text, x) => (y > 0 && text !== '' && (!only || only.test(text)) ? [[y, x] as const] : [])),
    );
    const [y, x] = tools.pick(places);
    (table[y] as string[])[x] = change(table[y]?.[x] as string, tools);
    return table;
  });

/** Changes a file's text. */
const text =
  (change: (text: string, tools: Tools) => string | Buffer): Kind['damage'] =>
  (files, target, tools) => {
    files[target] = Buffer.from(change((files[target] as Buffer).toString(), tools) as string);
  };

/** Changes a file's bytes. */
const bytes =
  (change: (bytes: Buffer, tools: Tools) => Buffer): Kind['damage'] =>
  (files, target, tools) => {
    files[target] = change(Buffer.from(files[target] as Buffer), tools);
  };

const cellsOf = (files: Files, target: string): string[][] =>
  (files[target] as Buffer)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

const dataRow = (table: string[][], { below }: Tools): number => 1 + below(table.length - 1);

const insertAt = (text: string, at: number, what: string): string =>
  text.slice(0, at) + what + text.slice(at);

const swap = (row: string[], a: number, b: number): string[] => {
  const copy = [...row];
  [copy[a], copy[b]] = [row[b] as string, row[a] as string];
  return copy;
};

const kinds: Kind[] = [
  {
    what: 'a cell cut out of its row',
    outcome: (target) => (target === 'answers.csv' ? 'refused' : 'either'),
    damage: rows((table, tools) => {
      const row = table[dataRow(table, tools)] as string[];
      const filled = row.flatMap((one, x) => (one === '' ? [] : [x]));
      row.splice(tools.pick(filled), 1);
      return table;
    }),
  },
  {
    what: 'a cell emptied',
    outcome: (t) => (t === 'answers.csv' ? 'refused' : 'either'),
    damage: cell(() => ''),
  },
  {
    what: 'two columns swapped with their headings',
    outcome: 'loads',
    damage: rows((table, { below }) => {
      const [a, b] = [below(table[0]?.length as number), below(table[0]?.length as number)];
      return table.map((row) => swap(row, a, b));
    }),
  },
  {
    what: 'two columns swapped without their headings',
    outcome: 'either',
    damage: rows(([heading, ...rest], { below }) => {
      const [a, b] = [below(heading?.length as number), below(heading?.length as number)];
      return [heading as string[], ...rest.map((row) => swap(row, a, b))];
    }),
  },
  {
    what: 'bytes flipped',
    outcome: 'either',
    damage: bytes((content, { below }) => {
      for (let left = 1 + below(4); left > 0; left--) {
        const at = below(content.length);
        content[at] = (content[at] as number) ^ (1 + below(255));
      }
      return content;
    }),
  },
  {
    what: 'UTF-16 without its mark',
    outcome: 'refused',
    damage: (files, target, { chance }) => {
      const content = Buffer.from((files[target] as Buffer).toString(), 'utf16le');
      files[target] = chance(2) ? content : content.swap16();
    },
  },
  {
    what: 'UTF-16 with its mark',
    outcome: 'loads',
    damage: (files, target, { chance }) => {
      const content = Buffer.from(`\ufeff${files[target]}`, 'utf16le');
      files[target] = chance(2) ? content : content.swap16();
    },
  },
  {
    what: 'UTF-16 that ends in the middle of a character',
    outcome: 'either',
    damage: (files, target, { below }) => {
      const content = Buffer.from(`\ufeff${files[target]}`, 'utf16le');
      files[target] = content.subarray(0, content.length - 1 - 2 * below(10));
    },
  },
  {
    what: 'half a multi-byte character',
    outcome: (target) => (target === 'answers.csv' ? 'refused' : 'either'),
    damage: bytes((content, { below, pick }) => {
      const starts = [...content.keys()].filter((at) => content[at] === 0x0a && at < content.length - 1);
      const at = pick(starts) + 1 + below(2);
      return Buffer.concat([
        content.subarray(0, at),
        Buffer.from(pick(['c3', 'e282', 'f09f'] as const), 'hex'),
        content.subarray(at),
      ]);
    }),
  },
  {
    what: 'mixed line ends',
    outcome: 'loads',
    damage: text((content, { pick }) => content.replaceAll('\n', () => pick(['\n', '\r\n', '\r']))),
  },
  {
    what: 'a row doubled',
    outcome: 'refused',
    damage: rows((table, tools) => {
      const at = dataRow(table, tools);
      return table.toSpliced(1 + tools.below(table.length), 0, [...(table[at] as string[])]);
    }),
  },
  {
    what: 'rows lost',
    outcome: 'refused',
    damage: rows((table, tools) => table.toSpliced(dataRow(table, tools), 1 + tools.below(3))),
  },
  {
    what: 'a number for a word',
    of: 'answers.csv',
    outcome: 'refused',
    damage: cell((_, { below }) => String(below(3)), /^(yes|no|na)$/),
  },
  {
    what: 'another word',
    of: 'answers.csv',
    outcome: 'refused',
    damage: cell(
      (_, { pick }) =>
        pick(['maybe', 'yess', 'true', 'ja', '-', '?', 'yes no', '=TRUE()', 'constructor', '__proto__']),
      /^(yes|no|na)$/,
    ),
  },
  {
    what: 'words written another way',
    of: 'answers.csv',
    outcome: 'loads',
    damage: text((content, { pick }) =>
      content.replaceAll(/,(yes|no|na)(?=[,\n])/g, (_, word: string) => {
        const ways: Record<string, string[]> = {
          yes: ['Yes', 'Y', 'YES', ' yes '],
          no: ['No', 'n', '\tno'],
          na: ['N/A', 'Not applicable', 'NA\u00a0'],
        };
        return `,${pick(ways[word] as string[])}`;
      }),
    ),
  },
  {
    what: 'a heading misspelt',
    outcome: 'refused',
    damage: rows((table, { below, pick }) => {
      const heading = table[0] as string[];
      const at = below(heading.length);
      const written = heading[at] as string;
      heading[at] = pick([
        written.slice(1),
        `${written}x`,
        `x${written}`,
        written.split('').reverse().join('').concat('q'),
        '',
      ]);
      return table;
    }),
  },
  {
    what: 'a heading that stands twice',
    outcome: 'refused',
    damage: rows((table, { below }) => {
      const heading = table[0] as string[];
      const at = below(heading.length - 1);
      heading[at + 1] = heading[at] as string;
      return table;
    }),
  },
  { what: 'a quote opened and not closed', outcome: 'refused', damage: cell((content) => `"${content}`) },
  {
    what: 'a quote in the middle',
    outcome: (target) => (target === 'answers.csv' ? 'refused' : 'either'),
    damage: cell((content) => insertAt(content, 1, '"')),
  },
  {
    what: 'every cell in quotes',
    outcome: 'loads',
    damage: rows((table) => table.map((row) => row.map((one) => `"${one}"`))),
  },
  {
    what: 'a line break in quotes in a cell',
    outcome: 'refused',
    damage: cell((content) => `"${insertAt(content, 1, '\n')}"`, /^[a-z]{2,}$|^[CO]\d$/),
  },
  {
    what: 'another delimiter in a row',
    outcome: 'refused',
    damage: (files, target, tools) => {
      const lines = (files[target] as Buffer).toString().trimEnd().split('\n');
      const at = 1 + tools.below(lines.length - 1);
      lines[at] = (lines[at] as string).replaceAll(',', tools.pick([';', '\t', '|']));
      files[target] = Buffer.from(lines.join('\n'));
    },
  },
  {
    what: 'another delimiter everywhere',
    outcome: 'loads',
    damage: text((content, { pick }) => content.replaceAll(',', pick([';', '\t']))),
  },
  {
    what: 'a NUL byte in a cell',
    outcome: 'refused',
    damage: cell((content, { below }) => insertAt(content, below(content.length + 1), '\0')),
  },
  {
    what: 'a file of NUL bytes',
    outcome: 'refused',
    damage: bytes((content) => Buffer.alloc(content.length)),
  },
  {
    what: 'a very long cell',
    outcome: 'refused',
    damage: cell((content, { pick }) => content.padEnd(pick([1_001, 40_000, 9_000_000]), 'x')),
  },
  {
    what: 'truncated',
    outcome: 'either',
    damage: bytes((content, { below }) => content.subarray(0, below(content.length))),
  },
  {
    what: 'truncated',
    of: 'inspection.yaml',
    outcome: 'either',
    damage: bytes((content, { below }) => content.subarray(0, below(content.length))),
  },
  {
    what: 'bytes flipped',
    of: 'inspection.yaml',
    outcome: 'either',
    damage: bytes((content, { below }) => {
      const at = below(content.length);
      content[at] = (content[at] as number) ^ (1 + below(255));
      return content;
    }),
  },
  {
    what: 'swapped with another file',
    outcome: 'refused',
    damage: (files, target, { pick }) => {
      const other = pick(Object.keys(files).filter((name) => name !== target));
      [files[target], files[other]] = [files[other] as Buffer, files[target] as Buffer];
    },
  },
  {
    what: 'empty',
    outcome: 'refused',
    damage: text((_, { pick }) => pick(['', '\n', '\ufeff', ' \r\n\r\n', ',,,\n'])),
  },
  {
    what: 'empty',
    of: 'inspection.yaml',
    outcome: 'refused',
    damage: text((_, { pick }) => pick(['', '\n', '---\n', '# nothing\n'])),
  },
  { what: 'not there', outcome: 'refused', damage: (files, target) => void delete files[target] },
  {
    what: 'a totals row in the middle',
    outcome: 'refused',
    damage: rows((table, tools) =>
      table.toSpliced(dataRow(table, tools), 0, [
        'Total',
        ...Array<string>((table[0]?.length as number) - 1).fill('6'),
      ]),
    ),
  },
  {
    what: 'a totals row at the end',
    outcome: 'loads',
    damage: rows((table, { pick }) => [...table, [pick(['Total', 'Totals:', '']), '6', '6']]),
  },
  {
    what: 'a byte order mark at the beginning',
    outcome: 'loads',
    damage: text((content) => `\ufeff${content}`),
  },
  {
    what: 'a byte order mark in the middle',
    outcome: 'either',
    damage: text((content, { below }) => insertAt(content, 1 + below(content.length - 1), '\ufeff')),
  },
  {
    what: 'dates for codes',
    of: 'answers.csv',
    outcome: 'refused',
    damage: text((content) => content.replaceAll(/(?<=,)(\d)\.(\d)\.(\d)(?=,|\n)/g, '0$1/0$2/200$3')),
  },
  {
    what: 'trailing separators',
    outcome: 'loads',
    damage: text((content, { below }) => content.replaceAll('\n', `${','.repeat(1 + below(4))}\n`)),
  },
  {
    what: 'blank lines',
    outcome: 'loads',
    damage: text(
      (content, { pick }) => `\n${content.replaceAll('\n', () => pick(['\n', '\n\n', '\n   \n', '\n,,\n']))}`,
    ),
  },
  {
    what: 'more cells than headings',
    outcome: 'refused',
    damage: rows((table, tools) => {
      table[dataRow(table, tools)]?.push('yes');
      return table;
    }),
  },
  { what: 'the headings lost', outcome: 'refused', damage: rows(([, ...rest]) => rest) },
  {
    what: 'the headings a second time',
    outcome: 'refused',
    damage: rows((table, tools) => table.toSpliced(dataRow(table, tools), 0, [...(table[0] as string[])])),
  },
  {
    what: 'rows in another order',
    outcome: 'loads',
    damage: rows(([heading, ...rest], { below }) => {
      for (let at = rest.length - 1; at > 0; at--) {
        const other = below(at + 1);
        [rest[at], rest[other]] = [rest[other] as string[], rest[at] as string[]];
      }
      return [heading as string[], ...rest];
    }),
  },
];

/** Dice: mulberry32, the same numbers for the same seed everywhere. */
function toolsOf(seed: number, form: Form): Tools {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (size: number) => Math.floor(next() * size);
  return {
    form,
    below,
    chance: (oneIn) => below(oneIn) === 0,
    pick: <T>(things: readonly T[]) => things[below(things.length)] as T,
  };
}
