import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { load } from '../../src/import/load.js';
import { changed, good2018, good2021, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// What the two invented inspections say, written down again by hand as rows (written.yaml).

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  // a kind of case by another of its names
  const { text } = changed(good2018, 'community_sentence: 7', 'Community order: 7');
  await load(database.db, [await files.bundle(text), await files.bundle(good2021)]);
});

interface Expected {
  table: string;
  columns: string;
  rows: unknown[][];
}

const expected: Expected[] = parse(readFileSync(path.join(import.meta.dirname, 'written.yaml'), 'utf8'));

test.each(expected)('$table: $columns', async ({ table, columns, rows }) => {
  const order = columns.split(', ').slice(0, 2).join(', ');
  const onlyNew = table.includes('service_name') ? "and area = 'Barset'" : '';
  const { rows: found } = await sql
    .raw<object>(
      `select ${columns} from core.${table} where inspection.is_synthetic ${onlyNew} order by fieldwork_start, ${order}`,
    )
    .execute(database.db);
  expect(found.map((row) => Object.values(row))).toEqual(rows);
});
