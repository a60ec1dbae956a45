import type { EditionFile, RulesEntry } from '../../import/edition/edition-file.js';
import type { DecisionSeen } from '../figures/discretion.js';
import type { RatingsSeen } from '../figures/ratings.js';
import type { Results } from '../figures/results.js';
import type { Reading, ReadValue } from '../reading.js';
import type { ReportDocument } from '../report-document.js';
import type { Sections } from '../structure/sections.js';
import type { Claims } from './claims.js';
import { checkCounts } from './counts.js';
import { showsDamage } from './damage.js';
import { decisionValues, tiedDecisions } from './decisions.js';
import { type QuestionValues, questionValues } from './figures.js';
import { checkImplied } from './implied-ratings.js';
import { checkPercentages, checkProsePercentages } from './percentages.js';
import { checkProseCounts } from './prose-counts.js';
import { ratingValues } from './ratings.js';
import { samplesOf } from './samples.js';
import { checkScore } from './score.js';
import { doubtUnlikely } from './unlikely.js';

/** What was seen of ratings and figures, before anything is held against anything. */
export interface Seen {
  results: Results;
  ratings: RatingsSeen;
  decisions: DecisionSeen[];
}

/** Ratings and figures as values, each with the confidence that the report's own redundancy gives it. */
export function checked(
  document: ReportDocument,
  { sections }: Sections,
  edition: EditionFile,
  { results, ratings, decisions }: Seen,
  around: readonly ReadValue[],
): Reading {
  const rules = rulesFor(edition, around);
  const claims: Claims = { values: [], findings: [...results.findings] };
  const questions = questionValues(results.printed);
  const context = {
    edition,
    samples: samplesOf(edition, questions, around),
    isDamaged: showsDamage(document),
  };
  checkCounts(claims, questions, context);
  checkPercentages(claims, questions, rules, context);
  checkProsePercentages(claims, questions, sections);
  checkProseCounts(claims, questions, sections, rules, context);
  ratingValues(claims, ratings, edition);
  const decided = tiedDecisions(claims, decisions, questions, rules, context);
  checkImplied(claims, questions, decided, rules, context);
  if (context.isDamaged) doubtUnlikely(questions, rules, context);
  checkScore(claims, ratings, rules);
  decisionValues(claims, decided, questions, rules, context);
  return { values: [...claims.values, ...questions.flatMap(valuesOf)], findings: claims.findings };
}

const valuesOf = ({ relevant, yes, percent, notApplicable }: QuestionValues): ReadValue[] =>
  [relevant, yes, percent, notApplicable].filter((value) => value !== undefined);

/** The rules that hold at the fieldwork's date, the first ones where it is not known. */
function rulesFor({ rules }: EditionFile, around: readonly ReadValue[]): RulesEntry {
  const dates = around.filter(({ path }) => path[0] === 'report' && /^fieldwork/.test(String(path[1])));
  const date = String(dates[0]?.value ?? '');
  return (
    rules.findLast(({ effective_from }) => date !== '' && effective_from.slice(0, date.length) <= date) ??
    (rules[0] as RulesEntry)
  );
}
