import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../import/load.js';
import { tell } from './print.js';

/** Lines that are told of a load where no bar can be drawn. */
const steps = 10;

/** Shows how far a load has come, on standard error: a bar on a terminal, a line now and then elsewhere. */
export function showProgress(): { onProgress: (progress: Progress) => void; end: () => void } {
  if (!process.stderr.isTTY) {
    let told = 0;
    return {
      onProgress: ({ bundles, of, answers }) => {
        const step = Math.floor((steps * bundles) / of);
        if (of < 2 * steps || step === told) return;
        told = step;
        tell(`${bundles} of ${of} bundles read, ${answers.toLocaleString('en-GB')} answers`);
      },
      end: () => {},
    };
  }
  const bar = new SingleBar(
    {
      format: '{bar} {value} of {total} bundles, {answers} answers, {duration_formatted}',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let isDrawn = false;
  return {
    onProgress: ({ bundles, of, answers }) => {
      if (!isDrawn) bar.start(of, 0, { answers: '0' });
      isDrawn = true;
      bar.update(bundles, { answers: answers.toLocaleString('en-GB') });
    },
    end: () => bar.stop(),
  };
}
