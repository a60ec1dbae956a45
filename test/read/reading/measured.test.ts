import { beforeAll, describe, expect, test } from 'vitest';
import { type Group, groups } from '../../../scripts/reading/compare.js';
import { type Damage, damageName, undamaged } from '../../../scripts/reading/damage.js';
import { gather } from '../../../scripts/reading/gather.js';
import { type Outcome, readOne } from '../../../scripts/reading/read-one.js';
import { type Measured, recall, sum } from '../../../scripts/reading/tally.js';
import { inventedReports } from './invented.js';

// A small part of what scripts/reading/measure.ts measures: the page docs/reading.md has the whole.

const reports = inventedReports(16, 3);
let outcomes: Outcome[] = [];
let whole: Measured;
let damaged: Measured;
let any: Measured;
const converted = { share: 0.005, as: 'conversion' } as const;
const digitsToo = { share: 0.005, as: 'any' } as const;
const damages: readonly Damage[] = [undamaged, converted, digitsToo];

beforeAll(async () => {
  // pdf.js says on the console what it makes of fonts; files are read one after the other, as the command does.
  for (const damage of damages)
    for (const report of reports.all) outcomes.push(await readOne(report, damage));
  [whole, damaged, any] = gather(outcomes, damages) as [Measured, Measured, Measured];
  return () => {
    outcomes = [];
  };
});

const figures: readonly Group[] = ['ratings', 'score', 'key questions', 'prompts', 'discretion'];
const wrong = (damage: Damage, of: readonly Group[], withPrintedSo: boolean): string[] =>
  outcomes
    .filter((outcome) => damageName(outcome.damage) === damageName(damage))
    .flatMap(({ number, style, judged }) =>
      judged
        .filter(
          ({ fate, group, isPrintedSo }) =>
            fate === 'wrong' && of.includes(group) && (withPrintedSo || !isPrintedSo),
        )
        .map(
          ({ path, expected, read, raw }) => `${number} ${style}: ${path}: ${expected}, read ${read}: ${raw}`,
        ),
    );
const share = ({ groups: counted }: Measured, of: readonly Group[]) =>
  recall(sum(of.map((group) => counted[group])));

describe('undamaged reports', () => {
  test('none is refused, and none breaks the reader', () => {
    expect(
      outcomes
        .filter(({ refused, broken }) => refused ?? broken)
        .map(({ refused, broken }) => refused ?? broken),
    ).toEqual([]);
  });

  test('no wrong value is accepted', () => {
    expect(wrong(undamaged, figures, true)).toEqual([]);
    // A fact in running text may still go wrong now and then.
    expect(wrong(undamaged, groups, true).length).toBeLessThanOrEqual(3);
  });

  test('more than 97% of the values are read, of ratings and figures and of everything', () => {
    expect(share(whole, figures)).toBeGreaterThan(0.97);
    expect(share(whole, groups)).toBeGreaterThan(0.97);
  });

  test('no cell that is lost is read as a figure', () => {
    const lost = whole.groups['key questions']['kept lost'] + whole.groups.prompts['kept lost'];
    expect(lost).toBeGreaterThanOrEqual(4);
  });
});

describe('with one character in two hundred damaged', () => {
  test('no wrong value is accepted', () => {
    expect(wrong(converted, groups, true)).toEqual([]);
  });

  test('where digits become other digits too, none but those that the damaged cell prints in full', () => {
    expect(wrong(digitsToo, figures, false)).toEqual([]);
    expect(share(any, groups)).toBeGreaterThan(0.89);
  });

  test('more than 90% of the values are read', () => {
    expect(share(damaged, figures)).toBeGreaterThan(0.9);
    expect(share(damaged, groups)).toBeGreaterThan(0.9);
  });
});
