import { type Framework, type FrameworkStandard, standardOf } from '../../framework/framework.js';
import type { Problem } from '../../problem.js';
import { didYouMean, listed } from '../../words/nearest.js';
import type { ValuePath } from '../files/yaml-file.js';
import type { Bundle } from './bundle.js';
import { type InspectionDates, inspectionDates } from './dates.js';

/** Two figures of one report that do not go together. */
export interface Contradiction {
  /** Where the first one stands in the file. */
  path: ValuePath;
  published: string;
  beside: string;
  message: string;
  /** What a message of it points at. */
  problem: Problem;
}

/** A bundle that is being held against its edition, and what was found to be wrong with it. */
export class Check {
  readonly inspection: Bundle['inspection'];
  /** undefined when neither fieldwork nor publication is known. */
  readonly dates: InspectionDates | undefined;
  readonly problems: Problem[] = [];
  /** Contradictions that the report is said to print. */
  readonly contradictions: Contradiction[] = [];

  constructor(
    private readonly bundle: Bundle,
    readonly framework: Framework,
    private readonly asPrinted: boolean,
  ) {
    this.inspection = bundle.inspection;
    this.dates = inspectionDates(bundle.inspection.report);
  }

  /** Notes that a value is wrong: what is there, and what is allowed. */
  say(path: ValuePath, message: string): void {
    this.problems.push(this.bundle.yaml.problem(path, message));
  }

  /** Notes that two figures do not go together: a problem, unless it is said that the report prints them so. */
  contradict(path: ValuePath, [published, beside]: [string | number, number], message: string): void {
    if (!this.asPrinted) {
      this.say(path, `${message} (if the report prints it so, load it with --as-printed)`);
      return;
    }
    const problem = this.bundle.yaml.problem(path, `${message}: loaded as printed`);
    const figures = { published: String(published), beside: String(beside) };
    this.contradictions.push({ path, ...figures, message, problem });
  }

  /** Whether the edition knows a value; notes that it does not, and what it knows. */
  knows(path: ValuePath, what: string, value: string, known: Iterable<string>): boolean {
    const all = [...known];
    if (all.includes(value)) return true;
    const where = `in edition ${this.framework.code}${didYouMean(value, all)}`;
    this.say(path, `${what} is not ${where}: ${listed(all, 20)}`);
    return false;
  }

  /** Notes a rating that is not on the edition's scale. */
  rating(path: ValuePath, rating: string | undefined): void {
    if (rating === undefined) return;
    if (/^not rated$/i.test(rating))
      this.say(path, `"${rating}" is no rating: {not_rated: true} stands for it, where the report says so`);
    else this.knows(path, `rating "${rating}"`, rating, this.framework.ratings);
  }

  /** Finds a standard, or notes that the edition has none of this code. */
  standard(path: ValuePath, code: string): FrameworkStandard | undefined {
    const known = this.framework.standards.map((one) => one.code);
    return this.knows(path, `standard ${code}`, code, known) ? standardOf(this.framework, code) : undefined;
  }
}
