import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';

/** Loads what `yot-ratings simulate --inspections <number> --seed <seed>` writes. */
export async function loadProgramme(
  { db }: { db: Kysely<DB> },
  { inspections, seed = 1 }: { inspections: number; seed?: number },
): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-programme-'));
  try {
    const folder = path.join(home, 'programme');
    const material = await readMaterial(db);
    await writeProgramme(folder, simulateProgramme(material, { inspections, seed }));
    await load(db, [folder]);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
