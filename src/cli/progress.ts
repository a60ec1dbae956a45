import { SingleBar } from 'cli-progress';
import { tell } from './print.js';

/**
 * Shows on standard error how far work is: by a bar on a terminal; elsewhere, where it is wanted `inLines`, by one for each tenth of
 * many. `what` names the things that are counted.
 */
export async function withProgress<T>(
  what: string,
  work: (onDone: (done: number, of: number) => void) => Promise<T>,
  { inLines = false } = {},
): Promise<T> {
  if (inLines && !process.stderr.isTTY) {
    let told = 0;
    return work((done, of) => {
      const tenths = Math.floor((10 * done) / of);
      if (of < 20 || tenths === told) return;
      told = tenths;
      tell(`${done} of ${of} ${what}`);
    });
  }
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
