import { type InspectionEvidence, rateInspection } from '../inspection.js';
import type { Edition } from '../rules.js';
import { type SupposedOverall, supposedOverall } from './supposed-overall.js';
import { supposedResult } from './supposed-result.js';
import { type SupposedStandard, supposedStandard } from './supposed-standard.js';
import {
  amongInspected,
  checkSupposition,
  isAsItIs,
  type Supposition,
  supposedRules,
} from './supposition.js';

/** An inspection's ratings as they are and as they would be. */
export interface WhatIf {
  /** In the edition's order. */
  standards: SupposedStandard[];
  overall: SupposedOverall;
  /** Whether a rating would be another. Of what is not known nothing is said. */
  changes: boolean;
}

/**
 * Rates an inspection as it is, and as if the rules were otherwise. Pure: nothing is stored.
 *
 * What the evidence cannot answer is not known, never approximated (see supposedEvidence). A published rating of a
 * case-based standard answers only while its key questions are banded as they are. A panel's decision stands while
 * the standard comes to what the panel replaced; else it falls, because nobody has decided about another rating.
 * Where standards that count in the other edition have no counterpart, the overall rating is known only if it is the same
 * whatever they were rated. Throws a RangeError for what can't be supposed.
 */
export function rateAsIf(edition: Edition, evidence: InspectionEvidence, supposed: Supposition): WhatIf {
  checkSupposition(supposed);
  const asItIs = rateInspection(edition, evidence);
  const among = amongInspected(supposed, asItIs);
  const supposition = supposedRules(asItIs.rules, evidence, among);
  const setting = { edition, evidence, supposed: among, asItIs, ...supposition };
  const asIf = isAsItIs(setting) ? { result: asItIs } : supposedResult(setting);
  const inspected = new Set(asItIs.standards.map(({ code }) => code));
  const standards = edition.standards
    .filter(({ code }) => inspected.has(code))
    .map((standard) => supposedStandard(standard, setting, asIf));
  const overall = supposedOverall(setting, asIf);
  const changes = [...standards, overall].some(({ standing }) => standing === 'changes');
  return { standards, overall, changes };
}
