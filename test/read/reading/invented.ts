import { beforeAll } from 'vitest';
import type { InventedReport } from '../../../scripts/reading/report.js';
import { editionFiles, layOut, plannedReports } from '../../../scripts/reading/reports.js';
import { testMaterial } from '../../simulate/material.js';

/** Gives the test file invented reports of both editions and every style. They are there once the tests run. */
export function inventedReports(reports: number, seed: number): { all: InventedReport[] } {
  const material = testMaterial();
  const given = { all: [] as InventedReport[] };
  beforeAll(async () => {
    const editions = await editionFiles();
    given.all = [...plannedReports(material.material, { reports, seed })].map((planned) =>
      layOut(planned, editions),
    );
  });
  return given;
}
