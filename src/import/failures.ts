import { type Problem, UserError } from '../problem.js';

/** The user errors of several things that are loaded together, to be told together. */
export class Failures {
  readonly #errors: UserError[] = [];

  get any(): boolean {
    return this.#errors.length > 0;
  }

  /** Does a thing with what is at a path; a UserError is kept, and the result is undefined then. */
  async collect<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      error.about ??= path;
      this.#errors.push(error);
      return undefined;
    }
  }

  /** Throws one UserError with the problems of all, if there were any. */
  throwIfAny(): void {
    const [only, ...others] = this.#errors;
    if (only && others.length === 0) throw only;
    if (!only) return;
    // What is wrong with a path as a whole is said by its message alone.
    const problems = this.#errors.flatMap(({ about = '', message, problems: found }): Problem[] =>
      found.length === 0 ? [{ file: about, message }] : found,
    );
    const message = `${this.#errors.length} bundles have problems; nothing was loaded.`;
    throw new UserError(message, undefined, problems);
  }
}
