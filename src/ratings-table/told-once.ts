import { groupBy } from '../group-by.js';
import type { Problem } from '../problem.js';

/** How many lines are named of those that a message is on. */
const mostLines = 10;

/** What is the same of many cells of one column (a word that is no rating; by what an edition was told) is told once, with its lines. */
export const toldOnce = (problems: Problem[]): Problem[] =>
  [...groupBy(problems, ({ column, message }) => `${column} ${message}`).values()].map((same) => {
    const [first] = same as [Problem, ...Problem[]];
    const others = same.slice(1, mostLines).map(({ line }) => line);
    const more = same.length > mostLines ? ', …' : '';
    return others.length === 0
      ? first
      : { ...first, message: `${first.message} (and line ${others.join(', ')}${more}: ${same.length} rows)` };
  });
