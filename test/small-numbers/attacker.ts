import type { Answer } from './moves.js';
import type { Programme, Sample } from './programme.js';
import { shownOf, sizeOf, totalOf } from './rule.js';
import { Worlds } from './worlds.js';

// Somebody who knows the rule and all that readers see, totals, sizes, sums of years and of all years, asks of every hidden figure whether it
// could be another number. It could when there is another world, in which it is, that looks the same: then nothing tells it. Such worlds
// are looked for by moving cases: two cases of a sample exchange their answers, or a case has another value; other inspections make
// up for it, or what is shown does not change. Of each world that is found all sums are reckoned anew, and compared with those that are
// seen. A figure for which no such world is found counts as told.

export interface Found {
  hidden: number;
  told: string[];
}

export function attack(programmes: readonly Programme[], fewest: number): Found {
  const found: Found = { hidden: 0, told: [] };
  for (const { name, values, samples } of programmes) {
    const worlds = new Worlds(samples, fewest);
    for (const sample of samples)
      for (const { question, v, a, value } of hiddenIn(sample, fewest)) {
        found.hidden++;
        const isOpen =
          a === undefined
            ? ([0, 1, 2] as const).some((b) => worlds.withAnotherSize({ sample, question, v, a: b }))
            : worlds.withOtherAnswers({ sample, question, v, a }) ||
              worlds.withAnotherSize({ sample, question, v, a });
        if (isOpen) continue;
        const what = a === undefined ? 'cases' : ['yes', 'no', 'na'][a];
        found.told.push(`${name} ${sample.year} ${sample.name} ${question} ${values[v]}: ${value} ${what}`);
      }
  }
  return found;
}

/** A hidden figure: how many cases of a value there are, or were answered so. */
interface Hidden {
  question: string;
  v: number;
  a?: Answer;
  value: number;
}

function* hiddenIn(sample: Sample, fewest: number): Generator<Hidden> {
  let areSizesDone = false;
  for (const [question, split] of sample.questions) {
    const { sizes, answers: areAnswersShown } = shownOf(split, fewest, sample);
    const total = totalOf(split);
    for (const [v, row] of split.entries()) {
      if (!sizes && !areSizesDone) yield { question, v, value: sizeOf(row) };
      if (areAnswersShown || (sizes && sizeOf(row) === 0)) continue;
      // Where all relevant cases of the sample were answered alike, which is published, what is left is to which the question applied:
      // that it applied to all of a value may follow from sums.
      for (const a of [0, 1] as const)
        if (total[0] > 0 && total[1] > 0) yield { question, v, a, value: row[a] };
    }
    areSizesDone = true;
  }
}
