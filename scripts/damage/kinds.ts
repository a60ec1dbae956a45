import { bytes, cell, dataRow, type Kind, rows, text } from './changes.js';

/** A seed is a place in this list: in another order it is another damage. */
export const kinds: Kind[] = [
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

const insertAt = (text: string, at: number, what: string): string =>
  text.slice(0, at) + what + text.slice(at);

const swap = (row: string[], a: number, b: number): string[] => {
  const copy = [...row];
  [copy[a], copy[b]] = [row[b] as string, row[a] as string];
  return copy;
};
