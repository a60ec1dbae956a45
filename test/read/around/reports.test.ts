import { describe, expect, test } from 'vitest';
import { compareFacts, handChecked, hasReports } from '../../../scripts/reading/facts.js';

// The published reports, in a folder `shared` beside the repository: the facts that were read by hand are the yardstick.

const why = hasReports ? '' : ' (skipped: no folder shared beside the repository)';

describe.skipIf(!hasReports)(`contextual facts of the published reports${why}`, () => {
  test('at least 95 in a hundred are found, with figures, what stands beside them, time and source', async () => {
    const all = await Promise.all(Object.keys(handChecked).map(compareFacts));
    const matched = all.flatMap((one) => one.matched).length;
    const missed = all.flatMap((one) =>
      one.missed.map(({ fact, why }) => `${fact.place} ${fact.measure}: ${why}`),
    );
    expect(matched).toBeGreaterThan(100);
    expect(missed.length / (matched + missed.length), missed.join('\n')).toBeLessThanOrEqual(0.05);
  });

  test('few are found that nobody took for a fact', async () => {
    const all = await Promise.all(Object.keys(handChecked).map(compareFacts));
    const [more, matched] = [all.flatMap((one) => one.more).length, all.flatMap((one) => one.matched).length];
    expect(more / (matched + more)).toBeLessThanOrEqual(0.1);
  });
});
