import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readMaterial } from '../simulate/material.js';
import { simulateProgramme } from '../simulate/programme.js';
import { writeProgramme } from '../simulate/write-programme.js';
import { benchLoading, benchOne, type LoadingBench, type OneInspection } from './loading.js';
import { withScratchDatabase } from './scratch-database.js';

/** What was measured at one size. */
export interface SizeBench {
  /** How many times the national programme. */
  scale: number;
  inspections: number;
  loading: LoadingBench;
  one: OneInspection;
}

export interface BenchOptions {
  /** Sizes, in national programmes. */
  scales: number[];
  /** Inspections of the national programme. */
  inspections: number;
  /** How often each thing is timed at the smallest size; a larger one is timed once for every ten times. */
  runs: number;
  tell: (line: string) => void;
}

const seed = 1;
/** Bundles that are loaded one by one on top of a programme; of another seed, so that they are others. */
const more = { inspections: 15, seed: 99, firstYear: 2028 };

/** Makes programmes, loads them, and takes the time, on a database of its own on the server of a URL. */
export async function bench(
  url: string,
  { scales, inspections, runs, tell }: BenchOptions,
): Promise<SizeBench[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-bench-'));
  try {
    const sizes: SizeBench[] = [];
    for (const scale of scales) {
      await withScratchDatabase(url, async (database) => {
        const material = await readMaterial(database.db);
        const [programme, extra] = [
          path.join(folder, `programme-${scale}`),
          path.join(folder, `extra-${scale}`),
        ];
        const made = { inspections: scale * inspections, seed, firstYear: 2018 };
        tell(`Making ${made.inspections} inspections …`);
        await writeProgramme(programme, simulateProgramme(material, made));
        await writeProgramme(extra, simulateProgramme(material, more));
        tell('Loading them, and copying the same files raw …');
        const loading = await benchLoading(database, programme, Math.max(1, Math.round(runs / scale)));
        tell('Loading one more inspection on top of them …');
        const one = await benchOne(
          database,
          (await readdir(extra)).sort().map((bundle) => path.join(extra, bundle)),
        );
        sizes.push({ scale, inspections: made.inspections, loading, one });
      });
    }
    return sizes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
