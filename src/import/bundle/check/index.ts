import type { Problem } from '../../../problem.js';
import type { Framework } from '../../edition/framework.js';
import type { Bundle } from '../bundle.js';
import { Check } from './check.js';
import { checkDates } from './dates.js';
import { checkFacts } from './facts.js';
import { checkQuestions } from './questions.js';
import { checkRatings } from './ratings.js';
import { checkSamples } from './samples.js';

/** Everything that is wrong with what a bundle says, held against its edition; nothing when it may be loaded. */
export function checkBundle(bundle: Bundle, framework: Framework): Problem[] {
  const check = new Check(bundle, framework);
  for (const each of [checkDates, checkSamples, checkRatings, checkQuestions, checkFacts]) each(check);
  return check.problems;
}
