import { expect, test } from 'vitest';
import { opened } from './open.js';

const head = 'Inspection of youth offending services: Nowhere YOS';
const page = (number: number, lines: number, top = head) =>
  [
    ...Array.from(
      { length: lines },
      (_, at) => `Sentence ${at} of page ${number} says something of its own.`,
    ),
    top,
  ].join('\n\n');

test('a running head is one where a short page lies between two long ones, and where its letters are damaged', async () => {
  const text = [
    page(1, 14),
    page(2, 3),
    page(3, 15),
    page(4, 12, head.replace('services', 'servcies')),
    page(5, 14),
    page(6, 13),
  ].join('\n\n');
  const { lines } = await opened(text);
  const noise = lines.filter((line) => line.noise === 'running head').map((line) => line.text);
  expect(noise).toHaveLength(6);
  expect(lines.filter((line) => !line.noise)).toHaveLength(14 + 3 + 15 + 12 + 14 + 13);
});

test('a line of another service, and one that comes only once, are none', async () => {
  const text = [
    page(1, 14),
    page(2, 14),
    page(3, 14),
    page(4, 14),
    'Inspection of probation services in another county: Elsewhere',
  ];
  const { lines } = await opened(text.join('\n\n'));
  expect(lines.filter((line) => line.noise === 'running head')).toHaveLength(4);
});

test('the heading of lists is none, where a page’s number stands between it and its list', async () => {
  const lists = [5, 6, 7, 8].flatMap((number) => [
    ...Array.from({ length: 14 }, (_, at) => `Sentence ${at} of page ${number} says something of its own.`),
    'Areas for improvement:',
    `${number}`,
    '- Plans are late.',
  ]);
  const { lines } = await opened(lists.join('\n\n'));
  expect(lines.filter((line) => line.noise === 'running head')).toEqual([]);
});
