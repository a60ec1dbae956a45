import { exitCode } from '../problem.js';
import { closeDatabase } from './with-database.js';

let interrupted: (() => void) | undefined;

/** Resolves when the user presses Ctrl-C, or the program is told to end. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    interrupted = resolve;
  });
}

/** Ctrl-C and its like close the database first; output that nobody reads any more ends the program quietly. */
export function leaveInGoodOrder(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted) return interrupted();
      closeDatabase()
        .catch(() => {})
        .finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closeDatabase().finally(() => process.exit(exitCode.done));
  });
}
