import { expect, test } from 'vitest';
import { inventedReport, layoutNames } from '../invented-reports/layouts.js';
import { measure } from '../invented-reports/measure.js';
import { editionOf } from '../support/small-report.js';

test.each(layoutNames.flatMap((layout) => ['2018', '2021'].map((code) => [layout, code])))(
  'an invented report as %s, of %s: everything that it says, and nothing else',
  async (layout, code) => {
    const measured = await measure(
      await inventedReport(layout as string, await editionOf(code as string), 41),
    );
    expect(measured).toMatchObject({ wrong: [], missing: [] });
    expect(measured.right).toBeGreaterThan(150);
  },
);

test('the same seed makes the same report', async () => {
  const made = async () => (await inventedReport('PDF', await editionOf('2018'), 7)).bytes;
  expect((await made()).equals(await made())).toBe(true);
});
