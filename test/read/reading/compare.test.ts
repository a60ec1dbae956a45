import { describe, expect, test } from 'vitest';
import { judge } from '../../../scripts/reading/compare.js';
import { none, precision, recall } from '../../../scripts/reading/tally.js';
import type { Confidence, ReadValue } from '../../../src/read/reading.js';

const lineOf = new Map([
  ['a', 10],
  ['b', 20],
  ['c', 30],
]);
const judged = (
  truth: [ReadValue['path'], ReadValue['value'], string?][],
  values: [ReadValue['path'], ReadValue['value'], Confidence?, number?][],
) =>
  judge(
    {
      style: 'tabs, counts',
      lineOf,
      truth: truth.map(([path, value, key = 'a']) => ({ path, value, key })),
    },
    {
      findings: [],
      values: values.map(([path, value, confidence = 'read', line = 10]) => ({
        path,
        value,
        confidence,
        place: { line },
      })),
    },
  ).map(({ group, path, fate }) => `${group}: ${path}: ${fate}`);

const yes = ['key_questions', '2.2.3', 'yes'];

describe('what became of a figure', () => {
  test.each<[ReadValue['value'], ReadValue['value'] | 'nothing', Confidence, string]>([
    [3, 3, 'read', 'right'],
    [3, 3, 'confirmed', 'right'],
    [3, 4, 'read', 'wrong'],
    [3, 4, 'doubtful', 'withheld'],
    [3, 3, 'doubtful', 'withheld'],
    [3, undefined, 'lost', 'withheld'],
    [3, 'nothing', 'read', 'missing'],
    [undefined, undefined, 'lost', 'kept lost'],
    [undefined, 3, 'doubtful', 'kept lost'],
    [undefined, 3, 'read', 'wrong'],
    [undefined, 'nothing', 'read', 'unsaid'],
  ])('true %s, read %s as %s: %s', (truth, read, confidence, fate) => {
    const values: Parameters<typeof judged>[1] = read === 'nothing' ? [] : [[yes, read, confidence]];
    expect(judged([[yes, truth]], values)).toEqual([`key questions: key_questions 2.2.3 yes: ${fate}`]);
  });

  test('one that is printed nowhere is wrong, unless it is doubted', () => {
    expect(judged([], [[yes, 3]])).toEqual(['key questions: key_questions 2.2.3 yes: wrong']);
    expect(judged([], [[yes, 3, 'doubtful']])).toEqual([]);
  });
});

describe('items of lists', () => {
  test('are paired by what they say, not by their number', () => {
    const item = (number: number, summary: string, to: string): [ReadValue['path'], string][] => [
      [['recommendations', number, 'summary'], summary],
      [['recommendations', number, 'addressed_to'], to],
    ];
    const truth = [
      ...item(0, 'reduce waiting times for services', 'The Board'),
      ...item(1, 'fill the vacant posts at once', 'The Council'),
    ];
    const read = [
      ...item(0, 'fill the vacant post5 at once', 'The Council'),
      ...item(1, 'reduce waiting times for services', 'The Council'),
    ];
    expect(judged(truth, read)).toEqual([
      'recommendations: recommendations 0 summary: right',
      'recommendations: recommendations 0 addressed_to: wrong',
      'recommendations: recommendations 1 summary: right',
      'recommendations: recommendations 1 addressed_to: right',
    ]);
  });

  test('facts are paired by line and category, and their figures are held exactly', () => {
    const fact = (
      number: number,
      category: string,
      percent: number,
    ): [ReadValue['path'], string | number][] => [
      [['context', number, 'category'], category],
      [['context', number, 'percent'], percent],
    ];
    const truth = [...fact(0, 'Male', 80), ...fact(1, 'Female', 20)];
    const read = [...fact(5, 'Female', 21), ...fact(6, 'Male', 80)];
    expect(judged(truth, read).filter((one) => one.startsWith('facts: c'))).toEqual([
      'facts: context 0 percent: right',
      'facts: context 1 percent: wrong',
    ]);
    const elsewhere = read.map(
      ([path, value]) => [path, value, 'read', 99] as Parameters<typeof judged>[1][0],
    );
    expect(judged(truth, elsewhere).filter((one) => one.startsWith('facts: c'))).toEqual([
      'facts: context 0 percent: missing',
      'facts: context 1 percent: missing',
    ]);
  });

  test('a finding that the report does not make is wrong, a fact that the truth does not list is not', () => {
    expect(
      judged(
        [],
        [
          [['findings', 0, 'summary'], 'What are your priorities?'],
          [['findings', 0, 'kind'], 'strength'],
          [['context', 0, 'percent'], 50],
        ],
      ),
    ).toEqual(['findings: findings ~0 summary: wrong']);
  });
});

test('recall is of what is there, precision of what was accepted', () => {
  const counts = { ...none(), right: 6, wrong: 2, withheld: 1, missing: 3, 'kept lost': 9 };
  expect(recall(counts)).toBe(0.5);
  expect(precision(counts)).toBe(0.75);
  expect(recall(none())).toBeUndefined();
});
