import { type Problem, UserError } from '../problem.js';

/** The user errors of several things that are loaded together, to be told together. */
export class Failures {
  readonly #errors: UserError[] = [];

  get any(): boolean {
    return this.#errors.length > 0;
  }

  /** Does a thing; a UserError is kept, and the result is undefined then. */
  async collect<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#errors.push(error);
      return undefined;
    }
  }

  /** Throws one UserError with the problems of all, if there were any. */
  throwIfAny(): void {
    const [only] = this.#errors;
    if (only && this.#errors.length === 1) throw only;
    if (!only) return;
    const problems: Problem[] = [];
    for (const error of this.#errors) for (const problem of error.problems) problems.push(problem);
    // What is wrong with a path as a whole is said by its message alone.
    const messages = this.#errors
      .filter((error) => error.problems.length === 0)
      .map(({ message }) => message);
    const first = `${this.#errors.length} bundles have problems; nothing was loaded.`;
    throw new UserError([first, ...messages].join('\n'), undefined, problems);
  }
}
