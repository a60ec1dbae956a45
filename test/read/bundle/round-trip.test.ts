import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { makeBundle, writeBundle } from '../../../src/read/bundle/write-bundle.js';
import { readReport } from '../../../src/read/read-report.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { inventedReport } from '../around/invented.js';
import { editionOf } from '../around/reading.js';

const database = testDatabase();
const folders = testFolder();

test.each(['2018', '2021'])(
  'a report of %s that was read loads, and its ratings are those that it prints',
  async (code) => {
    const home = await folders.folder({ 'rutland.txt': inventedReport(await editionOf(code)) });
    const { document, reading, edition } = await readReport(path.join(home, 'rutland.txt'));
    const folder = path.join(home, 'rutland');
    const made = makeBundle(document, reading, edition, folder);
    await writeBundle(folder, made);
    // What else lies in a bundle's folder does not disturb.
    await writeFile(path.join(folder, 'notes.txt'), 'mine');
    const [loaded] = await load(database.db, [home]);
    expect(loaded).toMatchObject({
      outcome: code === '2018' ? 'loaded' : expect.stringMatching(/loaded|replaced/),
      notices: [],
    });
    const rows = await database.db
      .selectFrom('analytics.overall_rating')
      .select(['rating', 'published_rating', 'edition'])
      .where('area', '=', 'Rutland')
      .where('edition', '=', code)
      .execute();
    expect(rows).toEqual([{ edition: code, rating: 'Good', published_rating: 'Good' }]);
  },
);
