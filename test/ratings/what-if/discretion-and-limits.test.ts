import { describe, expect, test } from 'vitest';
import type { InspectionEvidence } from '../../../src/ratings/inspection.js';
import type { Rules } from '../../../src/ratings/rules.js';
import { rateAsIf } from '../../../src/ratings/what-if/what-if.js';
import { counts, edition, inspection, printed, told } from './small-inspection.js';

describe('discretion', () => {
  const decided = (from: string, to: string, more: Partial<InspectionEvidence> = {}) =>
    inspection(
      { '3.1': counts(3, 5, 11) }, // 60%, or 27% of inspected cases
      { decisions: new Map([['3', { from, to, reason: 'a case weighed' }]]), ...more },
    );

  test('none: what is computed stands', () => {
    expect(told(edition(), decided('Requires improvement', 'Good'), { discretion: 'none' })).toMatchObject({
      3: 'changes: Good -> Requires improvement',
      overall: 'changes: Outstanding -> Good, 11/12 -> 10/12',
    });
  });

  test('none: where only ratings are published, what the panel replaced stands', () => {
    const evidence = decided('Requires improvement', 'Good', {
      publishedStandards: new Map([['3', 'Good']]),
    });
    const unknown = {
      ...evidence,
      keyQuestions: new Map([...evidence.keyQuestions, ['3.1', { inspected: 3 }]] as const),
    };
    expect(told(edition(), unknown, { discretion: 'none' })).toMatchObject({
      3: 'changes: Good -> Requires improvement',
    });
  });

  test('stays while the standard comes to what the panel replaced', () => {
    const evidence = decided('Requires improvement', 'Good');
    expect(told(edition(), evidence, { rounding: 'down' })).toMatchObject({ 3: 'same: Good -> Good' });
    expect(rateAsIf(edition(), evidence, { rounding: 'down' }).standards[2]).toMatchObject({
      discretionAsItIs: true,
      discretionAsIf: true,
    });
  });

  test('falls where it comes to another rating, about which nobody decided', () => {
    const evidence = decided('Requires improvement', 'Good');
    expect(rateAsIf(edition(), evidence, { base: 'inspected' }).standards[2]).toMatchObject({
      asItIs: 'Good',
      asIf: 'Inadequate',
      standing: 'changes',
      why: "the panel's decision falls: it was made on Requires improvement, not Inadequate",
      discretionAsItIs: true,
      discretionAsIf: false,
    });
  });

  test('is not known where the rating that it was about is not', () => {
    const evidence = decided('Requires improvement', 'Good');
    const unknown = {
      ...evidence,
      keyQuestions: new Map([...evidence.keyQuestions, ['3.1', printed(60, 11)]] as const),
    };
    expect(told(edition(), unknown, { base: 'inspected' })).toMatchObject({ 3: 'not known: Good -> null' });
  });
});

test('no limits: the overall rating is what the score gives', () => {
  const limit = { standards: ['4'], atOrBelow: 'Inadequate', minimumStandards: 1, overallAtMost: 'Good' };
  const limited = edition({
    limits: [limit],
    countingStandards: ['1', '2', '3'],
    overallBands: bands(2, 5, 8),
  });
  const evidence = inspection({ '4.1': counts(1, 5, 5) });
  // 9 of 9 points; 4 is Inadequate, does not count, and limits
  expect(told(limited, evidence, { limits: 'none' })).toMatchObject({
    4: 'same: Inadequate -> Inadequate',
    overall: 'changes: Good -> Outstanding, 9/9 -> 9/9',
  });
});

function bands(...from: [number, number, number]): Rules['overallBands'] {
  const [improvement, good, outstanding] = from;
  return [
    { fromScore: 0, rating: 'Inadequate' },
    { fromScore: improvement, rating: 'Requires improvement' },
    { fromScore: good, rating: 'Good' },
    { fromScore: outstanding, rating: 'Outstanding' },
  ];
}
