import { expect, test } from 'vitest';
import { damage } from '../../../scripts/reading/damage.js';

const text = 'Does planning focus sufficiently on keeping the child safe?\t14\t9\n'.repeat(2000);

test('without a share nothing changes', () => {
  expect(damage(text, 0, 1)).toBe(text);
});

test('the share of characters that is asked for is hit, digits as often as letters, and no end of line', () => {
  const made = damage(text, 0.01, 3).split('\n');
  expect(made).toHaveLength(2001);
  const rows = made.slice(0, -1);
  const whole = text.split('\n')[0]!;
  // 65 characters a row: one in a hundred hit leaves 0.99^65 = 52% of rows whole; swapping alike characters changes nothing.
  const untouched = rows.filter((row) => row === whole).length / rows.length;
  expect(untouched).toBeGreaterThan(0.48);
  expect(untouched).toBeLessThan(0.58);
  const figures = rows.filter((row) => !/\t14\t9$/.test(row) && row.startsWith(whole.slice(0, 20))).length;
  // Of five characters, tabs among them: 4.9%
  expect(figures / rows.length).toBeGreaterThan(0.02);
  expect(figures / rows.length).toBeLessThan(0.09);
});

test('a digit becomes another digit or a letter, a letter a letter of its case', () => {
  const hit = [...damage('7'.repeat(5000), 0.5, 5)].filter((one) => one !== '7');
  const digits = hit.filter((one) => /\d/.test(one)).length;
  expect(digits / hit.length).toBeGreaterThan(0.4);
  expect(digits / hit.length).toBeLessThan(0.6);
  expect(damage('Q'.repeat(500), 0.5, 5)).toMatch(/^[A-Z]+$/);
});
