import { exitCode, UserError } from '../problem.js';

/** An option's whole number. Throws a UserError that says what is allowed. */
export function wholeNumber(option: string, given: string, from: number, to: number): number {
  const number = /^-?\d+$/.test(given) ? Number(given) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new UserError(
    `${option} is "${given}": it has to be a whole number from ${from} to ${to}.`,
    exitCode.call,
  );
}

/** Refuses a call for JSON and CSV at once. Throws a UserError. */
export function oneWayToPrint({ json, csv }: { json?: true | undefined; csv?: true | undefined }): void {
  if (json && csv) throw new UserError('--json and --csv are two ways to print: leave one.', exitCode.call);
}
