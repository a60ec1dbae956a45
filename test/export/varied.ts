import path from 'node:path';
import { load } from '../../src/import/load.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { good2018, good2021, type TestFolder } from '../support/bundles.js';
import type { TestDatabase } from '../support/database.js';

/** Loads inspections of every grade of evidence beside the bundled ones: invented reports, a small programme, a table of ratings. */
export async function loadVaried({ db }: TestDatabase, files: TestFolder): Promise<void> {
  const programme = path.join(await files.folder({ 'a.txt': '' }), 'programme');
  const material = await readMaterial(db);
  const withJudgement = good2021.replace('key_questions:\n', 'key_questions:\n  "1.1.1": {rating: Good}\n');
  await writeProgramme(programme, simulateProgramme(material, { inspections: 4, seed: 5, firstYear: 2018 }));
  await load(db, [programme, await files.bundle(good2018), await files.bundle(withJudgement)]);
  const table = await files.folder({
    'ratings.csv':
      'service,published,overall,score\nLeeds,2019-05,Good,22/36\nCardiff,2020,,\nYork,2023-03,Good,33\n',
  });
  await loadRatingsTable(db, path.join(table, 'ratings.csv'));
}
