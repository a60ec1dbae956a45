/** Something whose time is taken. */
export interface Contender {
  name: string;
  /** What has to be done before each run, outside its time. */
  before?: () => Promise<unknown>;
  run: () => Promise<unknown>;
}

/** Times of a contender in milliseconds, a run each. */
export interface Timing {
  name: string;
  times: number[];
  median: number;
}

/** Runs contenders in turns, so that what else the machine does meets all of them, and takes the time of each. */
export async function sideBySide(contenders: Contender[], runs: number): Promise<Timing[]> {
  const times = contenders.map(() => [] as number[]);
  for (let run = 0; run < runs; run++) {
    for (const [at, { before, run: work }] of contenders.entries()) {
      await before?.();
      const start = performance.now();
      await work();
      times[at]?.push(performance.now() - start);
    }
  }
  return contenders.map(({ name }, at) => ({
    name,
    times: times[at] as number[],
    median: median(times[at] as number[]),
  }));
}

/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
