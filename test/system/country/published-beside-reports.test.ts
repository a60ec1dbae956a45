import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { dbPath } from '../../../src/disk/paths.js';
import { load } from '../../../src/import/load.js';
import { loadPackage } from '../../../src/load-package.js';
import { reconciliation } from '../../../src/queries/reconciliation.js';
import { loadRatingsTable } from '../../../src/ratings-table/index.js';
import {
  loadPublishedOnce,
  loadPublishedRatings,
  publishedRatings,
} from '../../../src/ratings-table/published.js';
import { valuesOf } from '../../support/asked.js';
import { testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { forgetLoads } from '../../support/forget-loads.js';
import { tableRows } from '../../support/shared.js';

const database = testDatabase();
const files = testFolder();

/** As a database is that had none of them yet. */
beforeAll(() => database.db.transaction().execute((trx) => forgetLoads(trx, sql`kind = 'ratings table'`)));

test('the published ratings come with the package, once, without a fault, and agree with the reports that are known whole', async () => {
  await rolledBack(database.db, async (trx) => {
    const [published] = (await loadPackage(trx)).slice(-1);
    expect(published).toMatchObject({ kind: 'ratings table', outcome: 'loaded', notices: [] });
    const listed = 'select inspection_id from analytics.inspection where is_listed_only';
    expect(await valuesOf(trx, listed)).toHaveLength(published?.inspections as number);
    const listing = (await reconciliation(trx, { synthetic: false })).filter(
      ({ level }) => level === 'listing',
    );
    expect(new Set(listing.map(({ service }) => service)).size).toBe(5);
    expect(new Set(listing.map(({ status }) => status))).toEqual(new Set(['agrees']));
    expect(listing.filter(({ code }) => code === 'overall' || code === 'score')).toHaveLength(10);
    expect(await loadPublishedOnce(trx)).toMatchObject({ outcome: 'unchanged', notices: [] });
    // Row by row: five are known better, from reports that say the same, and no other contradicts itself but in a way that is known.
    const rows = await loadPublishedRatings(trx);
    expect(rows).toHaveLength(tableRows(await readFile(publishedRatings, 'utf8')).length);
    expect(rows).toHaveLength(5 + (published?.inspections as number));
    const better = rows.filter(({ outcome }) => outcome === 'known better');
    expect(better.map(({ name }) => name.replace(/^\S+ (.*) [\d-]+$/, '$1')).sort()).toEqual([
      ...['Barnet', 'Essex', 'Hammersmith and Fulham', 'Kensington and Chelsea', 'Wigan'],
    ]);
    expect(rows.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(rows.length - 5);
    const remarks = rows.flatMap((row) => row.remarks.map(({ message }) => `${row.name}: ${message}`));
    expect(remarks.filter((remark) => !/ Ceredigion .*out of 24/.test(remark))).toEqual([]);
  });
});

const header = 'service,published,edition,overall,score,out_of,1.1,1.2,2.1,4.1\n';

async function listingOf(trx: Parameters<typeof reconciliation>[0]) {
  const rows = await reconciliation(trx, { synthetic: false });
  return rows
    .filter(({ level }) => level === 'listing')
    .map(({ code, published, computed, status, explanation }) => [
      code,
      published,
      computed,
      status,
      explanation?.replace('a table of ratings, beside what ', ''),
    ]);
}

test('what a table says otherwise than the report disagrees, and the report wins; a score is held against the computed one', async () => {
  await rolledBack(database.db, async (trx) => {
    const folder = await files.folder({
      'table.csv': `${header}Barnet,2022-05-31,2021,Outstanding,21,36,Good,Good,Not rated,\n`,
      'score.csv': 'service,published,edition,score\nEssex,2018-12,2018,91.6%\n',
    });
    const [row] = await loadRatingsTable(trx, `${folder}/table.csv`);
    expect(row?.outcome).toBe('known better');
    await loadRatingsTable(trx, `${folder}/score.csv`);
    expect(await listingOf(trx)).toEqual([
      ['1.1', 'Good', 'Good', 'agrees', 'the report prints'],
      ['1.2', 'Good', 'Good', 'agrees', 'the report prints'],
      ['2.1', 'Not rated', 'Requires improvement', 'disagrees', 'the report prints'],
      ['overall', 'Outstanding', 'Good', 'disagrees', 'the report prints'],
      ['score', '21/36', '21/36', 'agrees', 'the report prints'],
      // Essex prints no score
      ['score', '91.6%', '33/36', 'disagrees', 'is computed from the report'],
    ]);
    const rated = "select rating from analytics.overall_rating where area = 'Barnet'";
    expect(await valuesOf(trx, rated)).toEqual([['Good']]);
  });
});

test('a report that comes after the table takes its place, and what the table says stays beside it', async () => {
  await rolledBack(database.db, async (trx) => {
    await sql`delete from core.inspection where service_id = (select service_id from core.service where area = 'Wigan')`.execute(
      trx,
    );
    const folder = await files.folder({
      'table.csv': `${header}Wigan,2021-08,2018,Good,18,36,Requires improvement,,,\n`,
    });
    expect(await loadRatingsTable(trx, `${folder}/table.csv`)).toMatchObject([{ outcome: 'loaded' }]);
    expect(await listingOf(trx)).toEqual([]);
    await load(trx, [dbPath('inspections', 'wigan-2021-08')]);
    expect(await listingOf(trx)).toEqual([
      ['1.1', 'Requires improvement', 'Requires improvement', 'agrees', 'the report prints'],
      ['overall', 'Good', 'Good', 'agrees', 'the report prints'],
      ['score', '18/36', '19/36', 'disagrees', 'the report prints'],
    ]);
  });
});
