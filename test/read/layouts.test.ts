import { expect, test } from 'vitest';
import { layoutNames, measure } from '../invented-reports/measure.js';
import { editionOf } from '../support/small-report.js';

// A report whose every value is known, in each of the ways in which reports and texts made of them come.

test.each(layoutNames.flatMap((layout) => ['2018', '2021'].map((code) => [layout, code])))(
  'an invented report as %s, of %s: everything that it says, and nothing else',
  async (layout, code) => {
    const measured = await measure(layout as string, await editionOf(code as string), 41);
    expect(measured).toMatchObject({ wrong: [], missing: [] });
    expect(measured.right).toBeGreaterThan(150);
  },
);
