import { leaveServers } from '../database/embedded/server.js';
import { explainDatabaseError, goneAway, isConnectionFailure } from '../database/errors.js';
import { exitCode, UserError } from '../problem.js';
import { tell } from './print.js';

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

let stopServing: (() => void) | undefined;
let isInterrupted = false;
let hasEnded = false;
let leaving: Promise<number> | undefined;

/** Resolves when the user presses Ctrl-C, or the program is told to end, or nobody reads its output any more. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    stopServing = resolve;
    if (isInterrupted) resolve();
  });
}

/**
 * The exit code of a program that was told to end in the middle of its work, once it has left the server; undefined when
 * it was not. What the work complains of meanwhile, with its server taken away, is of no interest.
 */
export function leftEarly(): Promise<number> | undefined {
  return leaving;
}

/** Ctrl-C and its like leave the embedded server first; output that nobody reads any more goes nowhere, quietly. */
export function leaveInGoodOrder(): void {
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // npm passes on a Ctrl-C that the terminal has sent us already; a later one is from an impatient user.
      if (first && Date.now() - first > 1000) process.exit(exitCodes[signal]);
      if (first) return;
      first = Date.now();
      if (stopServing) stopServing();
      else leave(exitCodes[signal]);
    });
  }
  // Node sets its terminal right before it ends, and aborts when that is gone: the signal itself is the end then.
  process.once('SIGHUP', () =>
    process.once('exit', () => {
      process.removeAllListeners('SIGHUP');
      process.kill(process.pid, 'SIGHUP');
    }),
  );
  process.stdout.on('error', outputFailed);
  process.stderr.on('error', () => {});
  process.on('uncaughtException', giveUp);
  process.on('beforeExit', () => {
    if (!hasEnded && !leaving) giveUp(goneAway);
  });
}

/** Says that the command has come to its end: an end of the program before is a failure. */
export function commandHasEnded(): void {
  hasEnded = true;
}

/** Tells what went wrong where nobody waits for it, or that what is waited for will not come, and ends the program. */
function giveUp(error: Error): void {
  if (leaving) return;
  const explained = isConnectionFailure(error) ? goneAway : explainDatabaseError(error, '');
  const isForUsers = explained instanceof UserError;
  tell(isForUsers ? explained.message : (error.stack ?? error.message));
  leave(isForUsers ? explained.exit : exitCode.data);
}

/** A reader that has gone (head) is no error: the work is done, with its exit code. A full disk is one. */
function outputFailed({ code }: NodeJS.ErrnoException): void {
  isInterrupted = true;
  stopServing?.();
  if (code === 'EPIPE' || code === 'EIO' || leaving) return;
  tell(`The output can't be written (${code}).`);
  leave(exitCode.call);
}

// Connections are not closed in good order: that would wait for what they do. The server undoes what is half done.
function leave(exit: number): void {
  leaving = leaveServers().then(() => exit);
  leaving.then((code) => process.exit(code));
}
