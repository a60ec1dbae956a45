import type { Framework } from '../../../framework/framework.js';
import type { Problem } from '../../../problem.js';
import type { Bundle } from '../bundle.js';
import type { CaseList } from '../cases.js';
import type { InspectionDates } from '../dates.js';
import { checkCases } from './cases.js';
import { Check } from './check.js';
import { checkDates } from './dates.js';
import { checkFacts } from './facts.js';
import { checkProgramme } from './programme.js';
import { checkQuestions } from './questions.js';
import { checkRatings } from './ratings.js';
import { checkSamples } from './samples.js';

/** Everything that is wrong with what a bundle's inspection file says, held against its edition and the cases that are listed. */
export function checkBundle(
  bundle: Bundle,
  framework: Framework,
  cases?: { list: CaseList; file: string } | undefined,
): { dates: InspectionDates | undefined; problems: Problem[] } {
  const check = new Check(bundle, framework);
  for (const each of [checkDates, checkProgramme, checkSamples, checkRatings, checkQuestions, checkFacts])
    each(check);
  if (cases) checkCases(check, cases.list, cases.file);
  return { dates: check.dates, problems: check.problems };
}
