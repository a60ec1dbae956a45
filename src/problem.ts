import { groupBy } from './group-by.js';
import { visibleLine } from './words/visible.js';

/** Exit codes of the command line: the data is wrong, the call is wrong, the database can't be reached. */
export const exitCode = { done: 0, data: 1, call: 2, database: 3 } as const;

/** A single thing that is wrong with a file, and where. Lines and columns count from 1. */
export interface Problem {
  file: string;
  line?: number;
  column?: number;
  /** What is there, what is allowed, and the nearest match. */
  message: string;
}

/** Renders a problem as `file:line:column: message`, in one line. One that is about a path as a whole names it in its message. */
export function formatProblem({ file, line, column, message }: Problem): string {
  if (line === undefined && message.startsWith(file)) return visibleLine(message);
  const place = [file, line, column].filter((part) => part !== undefined);
  return visibleLine(`${place.join(':')}: ${message}`);
}

/**
 * An error that a user can act on: it is shown as its message alone, never with a stack trace.
 * `exit` is the exit code of the command; `problems` are listed below the message. The stack of `cause`, an error that
 * lies behind it, is for whoever asks for it (YOT_RATINGS_DEBUG=1).
 */
export class UserError extends Error {
  /** The path that the message is about as a whole, where there are no problems and the path is known. */
  about?: string;

  constructor(
    message: string,
    readonly exit: number = exitCode.data,
    readonly problems: Problem[] = [],
    cause?: Error,
  ) {
    super(message, cause && { cause });
    this.name = 'UserError';
  }
}

/** How many lines are named of those that a message is on. */
const mostLines = 10;

/** What is the same of many cells of one column (a word that is no rating; by what an edition was told) is told once, with its lines. */
export const toldOnce = (problems: Problem[]): Problem[] =>
  [...groupBy(problems, ({ file, column, message }) => `${file} ${column} ${message}`).values()].map(
    (same) => {
      const [first] = same as [Problem, ...Problem[]];
      const others = same.slice(1, mostLines).map(({ line }) => line);
      const more = same.length > mostLines ? ', …' : '';
      return others.length === 0
        ? first
        : {
            ...first,
            message: `${first.message} (and line ${others.join(', ')}${more}: ${same.length} rows)`,
          };
    },
  );
