import type { Problem } from '../../problem.js';
import { didYouMean, listed } from '../../words/nearest.js';
import type { ValuePath, YamlFile } from './yaml-file.js';

/** A place of a file; undefined for what stands elsewhere, and is checked there. */
type Place = ValuePath | undefined;

/** What has to be so in a file beyond its schema, and every problem where it is not; what is claimed twice is told once. */
export function claimsOn(yaml: Pick<YamlFile, 'problem'>) {
  const problems = new Map<string, Problem>();
  const seen = new Set<string>();
  const holds = (at: Place, isSo: boolean, otherwise: string): void => {
    if (isSo || !at) return;
    const problem = yaml.problem(at, otherwise);
    problems.set(JSON.stringify(problem), problem);
  };
  return {
    problems: () => [...problems.values()],
    /** Something is so; `otherwise` says what is wrong. */
    holds,
    /** Names are some of those that there are. */
    known(at: Place, what: string, names: readonly string[], among: readonly string[]): void {
      for (const name of names) {
        const isKnown = among.includes(name);
        holds(
          at,
          isKnown,
          isKnown ? '' : `"${name}" is no ${what}${didYouMean(name, among)}: ${listed(among)}`,
        );
      }
    },
    /** Names of a kind stand nowhere else in the file. */
    single(at: Place, kind: string, ...names: string[]): void {
      for (const name of new Set(names.map((one) => `${kind} ${one}`))) {
        holds(at, !seen.has(name), `${name} stands twice`);
        seen.add(name);
      }
    },
  };
}

export type Claims = ReturnType<typeof claimsOn>;
