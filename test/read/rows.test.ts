import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { describe, expect, test } from 'vitest';
import { align } from '../../src/read/align.js';
import type { Expected } from '../../src/read/grammar.js';
import { likeness, threshold, wordingOf } from '../../src/read/likeness.js';
import { cellOf, rowsOf } from '../../src/read/rows.js';
import { seed } from '../support/seed.js';
import { linesOf } from './opened.js';

const none = 'not applicable';
test.each<[string, number | string]>([
  ...Object.entries({ '4': 4, ' 12 ': 12, '0': 0, '91 %': 91, 've ₂': 2, 'n / a': none, NA: none }),
  ...'l2 | 1O | 4? | 91%% | 004 | 4. | 9 1 | l 2 | -4 | 4/5 | 1234 |  | involved'
    .split(' | ')
    .map((text): [string, string] => [text, 'lost']),
])('a cell "%s" says %s, and nothing that can be read in two ways is a number', (text, said) => {
  const cell = cellOf(text);
  expect(cell.kind === 'number' ? cell.value : cell.kind).toBe(said);
});

const ratings = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];

test.each<[string, string, string | undefined, string[]]>([
  ['2.1. Assessment\tOutstanding', 'Assessment', '2.1', ['Outstanding']],
  ['2. 4. Reviewing (court disposals)', 'Reviewing (court disposals)', '2.4', []],
  ['Standard 3.4: Joint working - Rating: Good', 'Joint working', '3.4', ['Good']],
  ['Does planning keep the child safe? 12 9', 'Does planning keep the child safe?', undefined, ['12', '9']],
  [
    'Planning was good in 12 of 14 cases, which is 86 per cent of 14',
    'Planning was good in 12 of 14 cases, which is 86 per cent of 14',
    undefined,
    [],
  ],
])('the row %s', async (line, text, code, values) => {
  const [row] = rowsOf(await linesOf(`${line}\n`), ratings);
  expect(row).toMatchObject({ text, values });
  expect(row?.code).toBe(code);
});

describe('likeness', () => {
  test('what differs from report to report is the same; what asks something else is not', () => {
    const like = (one: string, other: string) => likeness(wordingOf(one), wordingOf(other));
    expect(
      like(
        "Does it help the child or young person's parents/carers?",
        "Does it help the child's parents or carers?",
      ),
    ).toBe(1);
    expect(like('Where applicable, is the YOT there?', 'Is the YOS there?')).toBe(1);
    expect(
      like('Is sufficient attention given to it?', 'Are enforcement actions taken when appropriate?'),
    ).toBe(0);
  });

  test('is what the distance of letters says, and nothing below the threshold', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcdeé'), maxLength: 24 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const longer = Math.max(one.length, other.length);
        const exact = longer === 0 ? 0 : 1 - distance(one, other) / longer;
        expect(likeness(wordingOf(one), wordingOf(other))).toBeCloseTo(exact >= threshold ? exact : 0);
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('alignment', () => {
  const prompt = (code: string, text: string): Expected => ({
    kind: 'prompt',
    code,
    wordings: [wordingOf(text)],
  });
  const safe = 'Does planning keep the child safe and well in all that it sets out?';
  const others = 'Does planning keep other people safe from what the child may do?';
  const expected = [prompt('a', safe), prompt('b', others), prompt('c', safe)];
  const aligned = async (text: string) =>
    align(rowsOf(await linesOf(text), ratings), expected, ratings).matches.map(
      ({ row, expected: { code } }) => `${code} ${row.values.join('/')}`,
    );

  test('is in the order of both: the same words are another question behind another one', async () => {
    expect(await aligned(`${safe}\t1\t1\n${others}\t2\t2\n${safe}\t3\t3\n`)).toEqual([
      'a 1/1',
      'b 2/2',
      'c 3/3',
    ]);
    expect(await aligned(`${others}\t2\t2\n${safe}\t3\t3\n`)).toEqual(['b 2/2', 'c 3/3']);
  });

  test('takes the words of up to three lines together, figures beside any of them', async () => {
    expect(
      await aligned('Does planning keep other people\nSafe from what\t2\t1\nThe child may do?\n'),
    ).toEqual(['b 2/1']);
  });
});
