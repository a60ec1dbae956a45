import { type Framework, standardOf } from '../../../framework/framework.js';
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
  readonly yaml: Bundle['yaml'];
  readonly inspection: Bundle['inspection'];
  /** undefined when neither fieldwork nor publication is known. */
  readonly dates: InspectionDates | undefined;
  readonly problems: Problem[] = [];
  /** Contradictions that the report is said to print. */
  readonly contradictions: Contradiction[] = [];

  constructor(
    { yaml, inspection }: Bundle,
    readonly framework: Framework,
    readonly asPrinted: boolean,
  ) {
    this.yaml = yaml;
    this.inspection = inspection;
    this.dates = inspectionDates(inspection.report);
  }

  /** Notes that a value is wrong: what is there, and what is allowed. */
  say(path: ValuePath, message: string): void {
    this.problems.push(this.yaml.problem(path, message));
  }

  /** Notes that two figures do not go together: a problem, unless it is said that the report prints them so. */
  contradict(
    path: ValuePath,
    [published, beside]: [string | number, string | number],
    message: string,
  ): void {
    if (this.asPrinted)
      this.contradictions.push({
        path,
        published: String(published),
        beside: String(beside),
        message,
        problem: this.yaml.problem(path, `${message}: loaded as printed`),
      });
    else this.say(path, `${message} (if the report prints it so, load it with --as-printed)`);
  }

  /** Notes a rating that is not on the edition's scale. */
  rating(path: ValuePath, rating: string): void {
    const { code: edition, ratings } = this.framework;
    if (ratings.includes(rating)) return;
    this.say(
      path,
      `rating "${rating}" is not on the scale of edition ${edition}${didYouMean(rating, ratings)}: ${ratings.join(', ')}`,
    );
  }

  /** Finds a standard, or notes that the edition has none of this code. */
  standard(path: ValuePath, code: string): { basis: string } | undefined {
    const { code: edition, standards } = this.framework;
    const standard = standardOf(this.framework, code);
    if (!standard) {
      const known = standards.map(({ code }) => code);
      const codes = listed(known, 20);
      this.say(path, `standard ${code} is not in edition ${edition}${didYouMean(code, known)}: ${codes}`);
    }
    return standard;
  }
}
