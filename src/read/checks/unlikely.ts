import type { RulesEntry } from '../../import/edition/edition-file.js';
import { percentage } from '../../ratings/percentage.js';
import type { ReadValue } from '../reading.js';
import { doubt, numberOf } from './claims.js';
import { type CountContext, sampleOf } from './counts.js';
import { damagedRate } from './damage.js';
import type { QuestionValues } from './figures.js';
import { chanceOfAnother, type Ways, type Weights, yesWeights } from './likely.js';

/**
 * From which chance on that a figure is another one, damaged, it is doubtful. What a lost, doubled or swapped digit leaves is mostly a number
 * that is unlikely where it stands, so that the least chance tells. A digit that became another one leaves a number like those around
 * it: only far from them it can be told.
 */
const tooLikely: readonly { ways: Ways; from: number }[] = [
  { ways: { lost: 0.25, doubled: 0.25, swapped: 0, replaced: 0 }, from: 0.0001 },
  { ways: { lost: 0, doubled: 0, swapped: 0.25, replaced: 0 }, from: 0.001 },
  { ways: { lost: 0.25, doubled: 0.25, swapped: 0.25, replaced: 0.125 }, from: 0.04 },
];

/**
 * In a damaged report: doubts figures that nothing confirms, and that may be another figure, damaged, because those around them are others:
 * 6 yes of 21 cases where questions around it have 16, 4% where they have 40 to 60, 53% where they have 35.
 */
export function doubtUnlikely(
  questions: readonly QuestionValues[],
  rules: RulesEntry,
  context: CountContext,
): void {
  const rows = questions.map((question) => {
    const others = questions.filter(
      (other) => other !== question && other.standard === question.standard && other.level === question.level,
    );
    return { question, others, sample: sampleOf(question, context)?.cases };
  });
  doubtAll(
    rows.flatMap(({ question: { relevant, yes }, others, sample }) => {
      const [of, count] = [numberOf(relevant), numberOf(yes)];
      if (of === undefined) return [];
      const weights = relevantWeights(others, Math.max(of, sample ?? 0));
      return isSuspect(relevant, given(weights, count, shareOfYes(others))) ? [relevant] : [];
    }),
  );
  doubtAll(
    rows.flatMap(({ question: { relevant, yes, percent, level }, others, sample }) => {
      // Where the relevant cases are not known, yes is of no more than the sample.
      const cases = numberOf(relevant) ?? sample;
      const ofCases = cases === undefined ? undefined : yesWeights(cases, shareOfYes(others));
      const ofPercent = percentWeights(shareOfPercent(others), { sample, rules, level });
      return [
        ...(ofCases && isSuspect(yes, ofCases) ? [yes] : []),
        ...(isSuspect(percent, ofPercent) ? [percent] : []),
      ];
    }),
  );
}

/** Whether a figure that nothing confirms is too likely another one, by how likely each is where it stands. */
function isSuspect(value: ReadValue | undefined, weights: Weights): value is ReadValue {
  const printed = numberOf(value);
  if (value?.confidence !== 'read' || printed === undefined) return false;
  return tooLikely.some(
    ({ ways, from }) => chanceOfAnother(printed, weights, { rate: damagedRate, ways }) > from,
  );
}

function doubtAll(values: readonly (ReadValue | undefined)[]): void {
  for (const value of values)
    if (value)
      doubt(
        value,
        'by those around it, it may be another figure with a digit lost or changed, in a damaged report',
      );
}

/** Relevant cases by how likely they are where so many of them are yes: 1 of 11 is rather 1 of 1, its 1 doubled, among questions with most yes. */
const given = (weights: Weights, yes: number | undefined, share: number): Weights =>
  yes === undefined
    ? weights
    : new Map(
        [...weights].map(([cases, weight]) => [cases, weight * (yesWeights(cases, share).get(yes) ?? 0)]),
      );

/** Of questions the share of yes, drawn towards a half where there are few cases. */
function shareOfYes(questions: readonly QuestionValues[]): number {
  let [cases, good] = [2, 1];
  for (const { relevant, yes } of questions) {
    const [of, count] = [numberOf(relevant), numberOf(yes)];
    if (of === undefined || count === undefined || count > of) continue;
    cases += of;
    good += count;
  }
  return good / cases;
}

function shareOfPercent(questions: readonly QuestionValues[]): number {
  const percents = questions.map(({ percent }) => numberOf(percent)).filter((one) => one !== undefined);
  return (percents.reduce((sum, one) => sum + one, 0) / 100 + 0.5) / (percents.length + 1);
}

/** Relevant cases are mostly those of other questions of the standard, and may be any number up to the sample. */
function relevantWeights(questions: readonly QuestionValues[], most: number): Map<number, number> {
  const counts = questions.map(({ relevant }) => numberOf(relevant)).filter((one) => one !== undefined);
  const weights = new Map<number, number>();
  for (let cases = 0; cases <= most; cases++) weights.set(cases, 1 / (most + 1));
  for (const one of counts) weights.set(one, (weights.get(one) ?? 0) + 1);
  return weights;
}

/** Share of percentages that no whole number of the sample's cases gives. */
const ofAnotherBase = 0.1;

/**
 * Percentages that whole cases of the sample give, by how likely each count is; any where the sample is not known. Reports print some of
 * another base too.
 */
function percentWeights(
  share: number,
  { sample, rules, level }: { sample: number | undefined; rules: RulesEntry; level: QuestionValues['level'] },
): Map<number, number> {
  if (sample === undefined || rules.percentage_base[level] !== 'inspected') return yesWeights(100, share);
  const weights = new Map(
    [...yesWeights(100, share)].map(([percent, weight]) => [percent, weight * ofAnotherBase]),
  );
  for (const [yes, weight] of yesWeights(sample, share)) {
    const percent = percentage(yes, sample, rules.rounding);
    if (percent !== undefined && percent !== null)
      weights.set(percent, (weights.get(percent) ?? 0) + weight * (1 - ofAnotherBase));
  }
  return weights;
}
