import { type InspectionEvidence, type InspectionResult, rateInspection } from '../inspection.js';
import type { Standard } from '../rules.js';
import { supposedEvidence } from './supposed-evidence.js';
import { isBandedAlike, isLeftOut, named, type Setting } from './supposition.js';

/** What comes out under the rules that are supposed. */
export interface AsIf {
  result: InspectionResult;
  /** With the missing standards rated for the fewest points, and for the most. */
  range?: [InspectionResult['overall'], InspectionResult['overall']] | undefined;
  /** Why panels' decisions fall, by code of their standards. */
  fallen?: ReadonlyMap<string, string>;
}

/** Rates the inspection under the rules that are supposed. */
export function supposedResult(setting: Setting): AsIf {
  const { edition, supposed, rules, asItIs, missingWeights } = setting;
  const known = supposedInspection(setting);
  const inspected = new Set(asItIs.standards.map(({ code }) => code));
  const standards = edition.standards.filter(({ code }) => inspected.has(code) && !isLeftOut(code, supposed));
  const weightsOfOthers = Object.fromEntries(
    Object.entries(missingWeights).map(([code, weight]) => [named([code], setting), weight]),
  );
  const rated = (decisions: InspectionEvidence['decisions'], others: readonly Standard[] = [], to = '') =>
    rateInspection(
      {
        code: edition.code,
        standards: [...standards, ...others],
        rules: [
          {
            ...rules,
            countingStandards: [...rules.countingStandards, ...others.map(({ code }) => code)],
            weights: { ...rules.weights, ...(others.length > 0 && weightsOfOthers) },
          },
        ],
      },
      {
        ...known,
        ...(rules.programme !== undefined && { programme: rules.programme }),
        decisions,
        judged: new Map([...known.judged, ...others.map(({ code }) => [code, to] as const)]),
      },
    );
  const { standing, fallen } = supposedDecisions(setting, rated(new Map()));
  const result = rated(standing);
  if (setting.missing.length === 0) return { result, fallen };
  const others = setting.missing.map((code) => ({
    code: named([code], setting),
    basis: 'qualitative' as const,
    keyQuestions: [],
  }));
  const byPoints = Object.entries(rules.scores).sort(([, a], [, b]) => a - b);
  const [least, most] = [byPoints[0], byPoints.at(-1)].map((one) => one?.[0] ?? '');
  return {
    result,
    fallen,
    range: [rated(standing, others, least).overall, rated(standing, others, most).overall],
  };
}

/** The evidence as it can answer under the rules that are supposed, without any panel's decision. */
function supposedInspection(setting: Setting): InspectionEvidence {
  const { edition, evidence, asItIs, rules } = setting;
  const isAlike = isBandedAlike(setting);
  const isRated = (rating: string) => rules.ratings.includes(rating);
  const judgedStandards = new Set(
    edition.standards.filter(({ basis }) => basis === 'qualitative').map(({ code }) => code),
  );
  // what is published is what the panel decided; without it, it is what the panel replaced
  const replaced = [...evidence.decisions].map(([code, { from }]) => [code, from] as const);
  const published = [...evidence.publishedStandards, ...replaced].filter(
    ([code, rating]) => isRated(rating) && (isAlike || judgedStandards.has(code)),
  );
  return {
    ...evidence,
    keyQuestions: new Map(
      [...evidence.keyQuestions].map(([code, known]) => [
        code,
        supposedEvidence(known, { own: asItIs.rules, rules }),
      ]),
    ),
    prompts: new Map(),
    judged: new Map([...evidence.judged].filter(([, rating]) => isRated(rating))),
    judgedQuestions: new Map([...(evidence.judgedQuestions ?? [])].filter(([, rating]) => isRated(rating))),
    publishedStandards: new Map(published),
    // a judgement is what it is; what other rules gave is no answer
    publishedOverall:
      asItIs.rules.overall === 'judged' &&
      rules.overall === 'judged' &&
      isRated(evidence.publishedOverall ?? '')
        ? evidence.publishedOverall
        : null,
  };
}

/** Panels' decisions that stand under the rules that are supposed, and why others fall. */
function supposedDecisions(setting: Setting, undecided: InspectionResult) {
  const { evidence, supposed, asItIs, rules } = setting;
  const standing = new Map<string, { from: string; to: string; reason: string }>();
  const fallen = new Map<string, string>();
  if (supposed.discretion === 'none') return { standing, fallen };
  const isAlike = isBandedAlike(setting);
  for (const [code, decision] of evidence.decisions) {
    const before = asItIs.standards.find((one) => one.code === code);
    const after = undecided.standards.find((one) => one.code === code);
    const replaced = before?.computedRating ?? decision.from;
    const isSettled = before?.basis === 'qualitative' || isAlike || after?.computedRating === replaced;
    if (isSettled && rules.ratings.includes(decision.to)) standing.set(code, decision);
    else if (after?.computedRating) {
      fallen.set(code, `the panel's decision falls: it was made on ${replaced}, not ${after.computedRating}`);
    }
  }
  return { standing, fallen };
}
