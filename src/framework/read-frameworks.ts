import { sql } from 'kysely';
import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { type EditionDocument, type Framework, frameworkOf } from './framework.js';

/** Reads editions as the database has them, by code: all, or those of some codes. */
export async function readFrameworks(
  db: Connection,
  only?: readonly string[],
): Promise<Map<string, Framework>> {
  const wanted = only === undefined ? sql`true` : sql`edition_code = any(${[...only]}::text[])`;
  const rows = await rowsAsJson(
    db,
    sql<{ document: EditionDocument }>`
      select document from rating.edition_document where ${wanted} order by edition_code`,
  );
  return new Map(rows.map(({ document }) => [document.code, frameworkOf(document)]));
}
