import { expect, test } from 'vitest';
import { damage, damageName, damagesOf } from '../../../scripts/reading/damage.js';

const text = 'Does planning focus sufficiently on keeping the child safe?\t14\t9\n'.repeat(2000);

test('without a share nothing changes', () => {
  expect(damage(text, { share: 0, as: 'any' }, 1)).toBe(text);
});

test('the share of characters that is asked for is hit, digits as often as letters, and no end of line', () => {
  const made = damage(text, { share: 0.01, as: 'any' }, 3).split('\n');
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
  const hit = [...damage('7'.repeat(5000), { share: 0.5, as: 'any' }, 5)].filter((one) => one !== '7');
  const digits = hit.filter((one) => /\d/.test(one)).length;
  expect(digits / hit.length).toBeGreaterThan(0.4);
  expect(digits / hit.length).toBeLessThan(0.6);
  expect(damage('Q'.repeat(500), { share: 0.5, as: 'any' }, 5)).toMatch(/^[A-Z]+$/);
});

test('of conversions no digit becomes another one, and those of a number keep their order', () => {
  const hit = damage('1234567890\t'.repeat(2000), { share: 0.2, as: 'conversion' }, 5);
  expect(hit).toMatch(/[^\d\t]/);
  for (const run of hit.split('\t').flatMap((cell) => cell.match(/\d+/g) ?? [])) {
    // Digits that are left stand as they did: each no earlier than the one before it, and 0 last.
    const places = [...run].map((digit) => (digit === '0' ? 10 : Number(digit)));
    const falls = places.filter((place, at) => at > 0 && place < (places[at - 1] as number));
    // What stood before or behind a tab that has changed places, or is lost, begins the next number.
    expect(falls.length).toBeLessThanOrEqual(run.length > 10 ? 2 : 1);
  }
});

test('kinds and rates of damage have names, and none at all is one', () => {
  expect(damagesOf([0.5, 0], ['conversion', 'any']).map(damageName)).toEqual([
    '0%',
    '0.5%',
    '0.5%, digits too',
  ]);
  expect(() => damagesOf([1], ['rust'])).toThrow('no kind of damage is called rust');
});
