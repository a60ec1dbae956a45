import { beforeAll } from 'vitest';
import { type Material, readMaterial } from '../../src/simulate/material.js';
import { type SimulatedInspection, simulateProgramme } from '../../src/simulate/programme.js';
import { testDatabase } from '../support/database.js';

/** The days from which reports are of an edition, held fast: what the tests say must not hang on what is taken for them. */
const reportsFrom: Record<string, string> = { '2018': '2018-06-01', '2021': '2021-10-26' };

export interface TestMaterial {
  database: ReturnType<typeof testDatabase>;
  material: Material;
  programme(inspections: number, seed: number): SimulatedInspection[];
}

/** Gives the test file what programmes are made of, from the bundled editions and the register. Its material is there once the tests run. */
export function testMaterial(): TestMaterial {
  const database = testDatabase();
  const given = {
    database,
    programme: (inspections: number, seed: number) => [
      ...simulateProgramme(given.material, { inspections, seed }),
    ],
  } as TestMaterial;
  beforeAll(async () => {
    const material = await readMaterial(database.db);
    const editions = material.editions
      .filter(({ code }) => code in reportsFrom)
      .map((one) => ({ ...one, inUse: { ...one.inUse, reports: { from: reportsFrom[one.code] } } }));
    given.material = { ...material, editions };
  });
  return given;
}
