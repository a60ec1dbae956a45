import { describe, expect, test } from 'vitest';
import { undamaged } from '../../../scripts/reading/damage.js';
import { styleNames } from '../../../scripts/reading/style.js';
import { inventedReports } from './invented.js';

const half = { share: 0.005, as: 'any' } as const;
const reports = inventedReports(24, 7);
const again = inventedReports(24, 7);
const other = inventedReports(24, 8);

describe('invented reports', () => {
  test('there are some of every style and of both editions', () => {
    expect(reports.all).toHaveLength(24);
    expect(new Set(reports.all.map(({ style }) => style))).toEqual(new Set(styleNames));
    expect(new Set(reports.all.map(({ edition }) => edition))).toEqual(new Set(['2018', '2021']));
  });

  test('the same seed gives the same bytes, damaged or not, another seed others', async () => {
    for (const [at, report] of reports.all.entries()) {
      const bytes = [await report.file(undamaged), await report.file(half)];
      const same = [await again.all[at]!.file(undamaged), await again.all[at]!.file(half)];
      expect(bytes.map((one, at) => one.equals(same[at]!))).toEqual([true, true]);
      expect(bytes[0]!.equals(bytes[1]!)).toBe(false);
    }
    expect((await reports.all[0]!.file(undamaged)).equals(await other.all[0]!.file(undamaged))).toBe(false);
  });

  test('every figure that is true of a report stands on its line, and a lost one does not', async () => {
    let figures = 0;
    let lost = 0;
    for (const report of reports.all) {
      if (report.extension === 'pdf') continue;
      const lines = String(await report.file(undamaged)).split(/\r?\n/);
      for (const { path, value, key } of report.truth) {
        if (path[0] !== 'key_questions' && path[0] !== 'prompts') continue;
        const at = report.lineOf.get(key)!;
        // A wrapped row has its figures on its first line; words that wrap are no figures.
        const cells = lines[at - 1]!.replaceAll(/<[^>]+>/g, ' ')
          .split(/[\s|]+/)
          .map((cell) => cell.replace(/^\*\*(.*)\*\*$/, '$1'));
        if (value === undefined) lost++;
        else if (value === true) expect(cells).toContain('N/A');
        else
          expect(cells, `${report.style}: ${path.join(' ')}`).toContain(
            path[2] === 'percent_yes' ? `${value}%` : String(value),
          );
        figures++;
      }
    }
    expect(figures).toBeGreaterThan(1000);
    expect(lost).toBeGreaterThan(3);
  });

  test('yes is never more than relevant, and ratings follow from the figures where no panel decided', () => {
    for (const { truth } of reports.all) {
      const value = (...path: (string | number)[]) =>
        truth.find((one) => one.path.join(' ') === path.join(' '))?.value;
      for (const { path, value: yes } of truth)
        if (path[2] === 'yes' && yes !== undefined) {
          const relevant = value(path[0] as string, path[1] as string, 'relevant_cases');
          if (relevant !== undefined) expect(yes).toBeLessThanOrEqual(relevant as number);
        }
      const decided = truth.filter(
        ({ path }) => path[0] === 'professional_discretion' && path[2] === 'standard',
      );
      if (decided.some((one) => one.value === '2.2')) continue;
      const percents = ['2.2.1', '2.2.2', '2.2.3'].map((code) => value('key_questions', code, 'percent_yes'));
      if (percents.some((percent) => typeof percent !== 'number')) continue;
      const lowest = Math.min(...(percents as number[]));
      const word =
        lowest < 50
          ? 'Inadequate'
          : lowest < 65
            ? 'Requires improvement'
            : lowest < 80
              ? 'Good'
              : 'Outstanding';
      expect(value('standard_ratings', '2.2', 'rating')).toBe(word);
    }
  });
});
