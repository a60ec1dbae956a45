import type { InspectionEvidence } from '../../../src/ratings/inspection.js';
import type { QuestionEvidence } from '../../../src/ratings/question.js';
import type { Edition, Rules } from '../../../src/ratings/rules.js';
import type { Supposition } from '../../../src/ratings/what-if/supposition.js';
import { rateAsIf } from '../../../src/ratings/what-if/what-if.js';
import { exampleRules } from '../../support/example-rules.js';

// Small inspections, worked by hand. The edition has four standards: 1 is judged, 2 and 3 are rated from two key questions
// each, 4 from one. Bands are 50, 65, 80; the score goes to 12, overall 3, 7, 11.

export const question = (code: string) => ({ code });

export const edition = (rules: Partial<Rules> = {}): Edition => ({
  code: 'A',
  standards: [
    { code: '1', basis: 'qualitative', keyQuestions: [] },
    { code: '2', basis: 'cases', keyQuestions: [question('2.1'), question('2.2')] },
    { code: '3', basis: 'cases', keyQuestions: [question('3.1'), question('3.2')] },
    { code: '4', basis: 'cases', keyQuestions: [question('4.1')] },
  ],
  rules: [exampleRules(rules)],
});

export const nothing: NonNullable<QuestionEvidence['published']> = {
  relevant: null,
  yes: null,
  percent: null,
  noRelevantCase: false,
  percentLost: false,
};

/** yes of relevant of inspected cases. */
export const counts = (yes: number, relevant: number, inspected: number): QuestionEvidence => ({
  inspected,
  published: { ...nothing, yes, relevant },
});
/** A printed percentage in a sample of so many cases. */
export const printed = (percent: number, inspected: number | null): QuestionEvidence => ({
  inspected,
  published: { ...nothing, percent },
});

/** Everything Outstanding, but for what a test says. */
export const inspection = (
  questions: Record<string, QuestionEvidence>,
  more: Partial<InspectionEvidence> = {},
): InspectionEvidence => ({
  fieldworkStart: '2019-05-01',
  keyQuestions: new Map(
    Object.entries({
      '2.1': counts(10, 10, 10),
      '2.2': counts(10, 10, 10),
      '3.1': counts(10, 10, 10),
      '3.2': counts(10, 10, 10),
      '4.1': counts(10, 10, 10),
      ...questions,
    }),
  ),
  prompts: new Map(),
  judged: new Map([['1', 'Outstanding']]),
  decisions: new Map(),
  publishedStandards: new Map(),
  publishedOverall: null,
  ...more,
});

/** Standards as "code standing: as it is -> as if", and the overall rating with its score. */
export function told(own: Edition, evidence: InspectionEvidence, supposed: Supposition) {
  const { standards, overall, changes } = rateAsIf(own, evidence, supposed);
  const line = (one: { standing: string; asItIs: string | null; asIf: string | null }) =>
    `${one.standing}: ${one.asItIs} -> ${one.asIf}`;
  return {
    ...Object.fromEntries(standards.map((standard) => [standard.code, line(standard)])),
    overall: `${line(overall)}, ${overall.scoreAsItIs}/${overall.maxScoreAsItIs} -> ${overall.scoreAsIf}/${overall.maxScoreAsIf}`,
    changes,
  };
}

export const same = 'same: Outstanding -> Outstanding';
