import { expect, test } from 'vitest';
import { assemble } from '../../../src/read/bundle/assemble.js';
import { inspectionYaml } from '../../../src/read/bundle/yaml.js';
import { readingOf, value } from './values.js';

const file = (...values: Parameters<typeof readingOf>) => assemble(readingOf(...values).values, 'about').file;

test('values are entries with their place, in the order of codes', () => {
  const { key_questions } = file(
    value('key_questions 2.2.10 percent_yes', 60, 9),
    value('key_questions 2.2.2 yes', 4, 7),
    value('key_questions 2.2.2 relevant_cases', 5, 7),
    value('key_questions 2.1.1 not_applicable', true, 3),
  );
  expect(Object.entries(key_questions ?? {})).toEqual([
    ['2.1.1', { not_applicable: true, place: 'line 3' }],
    ['2.2.2', { relevant_cases: 5, yes: 4, place: 'line 7' }],
    ['2.2.10', { percent_yes: 60, place: 'line 9' }],
  ]);
});

test.each(['doubtful', 'lost'] as const)(
  'a %s value is lost where that can be said, and left out elsewhere',
  (confidence) => {
    const inspection = file(
      value('overall rating', 'Good', 4, confidence),
      value('overall score', 21, 4),
      value('standard_ratings 1.1 rating', 'Good', 5, confidence),
      value('key_questions 2.1.1 yes', 3, 6, confidence),
      value('key_questions 2.1.1 relevant_cases', 5, 6),
      value('prompts 2.1.1.a percent_yes', 55, 7, confidence),
      value('context 0 measure', 'rate', 8),
      value('context 0 value', 127, 8, confidence),
      value('sample court_disposals cases', 9, 9, confidence),
      value('sample court_disposals custodial_sentence', 2, 9),
      value('report published', '2023-06', 1, confidence),
      value('recommendations 0 summary', 'Plan.', 10),
      value('recommendations 0 addressed_to', 'The board', 10, confidence),
    );
    expect(inspection).toMatchObject({
      overall: { score: 21, lost: ['rating'], place: 'line 4' },
      standard_ratings: { '1.1': { lost: ['rating'], place: 'line 5' } },
      key_questions: { '2.1.1': { relevant_cases: 5, lost: ['yes'] } },
      prompts: { '2.1.1.a': { lost: ['percent_yes'] } },
      context: [{ measure: 'rate', lost: ['value'] }],
      sample: { court_disposals: { custodial_sentence: 2, place: 'line 9' } },
    });
    expect(inspection.sample?.court_disposals).not.toHaveProperty('cases');
    expect(inspection.report).toEqual({ fieldwork_month: '2023-03' });
    expect(inspection).not.toHaveProperty('recommendations');
  },
);

test('a count without the other is beside a lost one', () => {
  expect(file(value('prompts 2.1.1.a yes', 0)).prompts).toEqual({
    '2.1.1.a': { yes: 0, lost: ['relevant_cases'], place: 'line 1' },
  });
});

test('as YAML an entry takes a line, and codes and dates are text to every reader', () => {
  const yaml = inspectionYaml(
    file(
      value('report fieldwork_from', '2023-03-06'),
      value('key_questions 2.1.1 percent_yes', 60, 9),
      value('prompts 2.1.1.a percent_yes', 61, 10),
    ),
  );
  expect(yaml).toContain('  fieldwork_from: "2023-03-06"\n');
  expect(yaml).toContain('\nkey_questions:\n  "2.1.1": {percent_yes: 60, place: line 9}\n');
  expect(yaml).toContain('\n  "2.1.1.a": {percent_yes: 61, place: line 10}\n');
  expect(
    yaml.startsWith('about: about\nservice:\n  name: Rutland Youth Justice Service\n  area: Rutland\n'),
  ).toBe(true);
});
