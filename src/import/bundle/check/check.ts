import { type Framework, type FrameworkStandard, standardOf } from '../../../framework/framework.js';
import { didYouMean, listed } from '../../../nearest.js';
import type { Problem } from '../../../problem.js';
import type { ValuePath } from '../../files/yaml-file.js';
import type { Bundle } from '../bundle.js';
import { type InspectionDates, inspectionDates } from '../dates.js';

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
  contradict(
    path: ValuePath,
    [published, beside]: [string | number, string | number],
    message: string,
  ): void {
    if (!this.asPrinted) {
      this.say(path, `${message} (if the report prints it so, load it with --as-printed)`);
      return;
    }
    const problem = this.bundle.yaml.problem(path, `${message}: loaded as printed`);
    const figures = { published: String(published), beside: String(beside) };
    this.contradictions.push({ path, ...figures, message, problem });
  }

  /** Notes a rating that is not on the edition's scale. */
  rating(path: ValuePath, rating: string | undefined): void {
    const { code, ratings } = this.framework;
    if (rating !== undefined && !ratings.includes(rating))
      this.#unknown(path, `rating "${rating}" is not on the scale of edition ${code}`, rating, ratings);
  }

  /** Finds a standard, or notes that the edition has none of this code. */
  standard(path: ValuePath, code: string): FrameworkStandard | undefined {
    const standard = standardOf(this.framework, code);
    const known = this.framework.standards.map((one) => one.code);
    if (!standard)
      this.#unknown(path, `standard ${code} is not in edition ${this.framework.code}`, code, known);
    return standard;
  }

  #unknown(path: ValuePath, what: string, value: string, known: readonly string[]): void {
    this.say(path, `${what}${didYouMean(value, known)}: ${listed(known, 20)}`);
  }
}
