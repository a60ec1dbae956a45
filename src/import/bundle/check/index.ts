import type { Framework } from '../../../framework/framework.js';
import type { Problem } from '../../../problem.js';
import type { Bundle } from '../bundle.js';
import type { CaseList } from '../cases.js';
import type { InspectionDates } from '../dates.js';
import { checkCases } from './cases.js';
import { Check, type Contradiction } from './check.js';
import { checkDates } from './dates.js';
import { checkFacts } from './facts.js';
import { checkProgramme } from './programme.js';
import { checkQuestions } from './questions.js';
import { checkRatings } from './ratings.js';
import { checkSamples } from './samples.js';

/**
 * Everything that is wrong with what a bundle's inspection file says, held against its edition and the cases that are listed.
 * `asPrinted` says that what contradicts itself is what the report prints.
 */
export function checkBundle(
  bundle: Bundle,
  framework: Framework,
  {
    cases,
    asPrinted = false,
  }: { cases?: { list: CaseList; file: string } | undefined; asPrinted?: boolean } = {},
): { dates: InspectionDates | undefined; problems: Problem[]; contradictions: Contradiction[] } {
  const check = new Check(bundle, framework, asPrinted);
  for (const each of [checkDates, checkProgramme, checkSamples, checkRatings, checkQuestions, checkFacts])
    each(check);
  if (cases) checkCases(check, cases.list, cases.file);
  return { dates: check.dates, problems: check.problems, contradictions: check.contradictions };
}
