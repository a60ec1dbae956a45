import { SingleBar } from 'cli-progress';

/** Shows on standard error how far work is, where somebody watches: on a terminal. `what` names the things that are counted. */
export async function withProgress<T>(
  what: string,
  work: (onDone: (done: number, of: number) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar({
    format: `{bar} {value} of {total} ${what}, {duration_formatted}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  try {
    return await work((done, of) => (bar.isActive ? bar.update(done) : bar.start(of, done)));
  } finally {
    bar.stop();
  }
}
