import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Connection } from '../../src/database/connect.js';
import { dbPath } from '../../src/disk/paths.js';
import { load } from '../../src/import/load.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { median } from './side-by-side.js';

/** What changes cost on top of a programme, in milliseconds: medians over several. */
export interface UpkeepBench {
  /** Counting, rating and recording one inspection anew, by SQL. */
  renew: number;
  /** Refreshing a materialised view of the answers' tally in its place. */
  refresh: number;
  /** Loading a table of ratings of one row: on the programme, and on the bundled inspections alone. */
  oneRow: number;
  oneRowOnBundled: number;
  /** Loading an edition with other rules, under which its inspections are rated anew. */
  edition: number;
}

const runs = 5;

/** Times changes on top of a programme. */
export async function benchUpkeep(
  db: Connection,
  { folder, oneRowOnBundled }: { folder: string; oneRowOnBundled: number },
): Promise<UpkeepBench> {
  const { rows: inspections } = await sql<{ id: number }>`
    select inspection_id as id from core.inspection where is_synthetic order by inspection_id desc limit ${runs}`.execute(
    db,
  );
  const renew = await timed(inspections, ({ id }) => sql`select rating.renew(${id}::bigint)`.execute(db));
  const refresh = await timed([1, 2, 3], () => sql`refresh materialized view bench.tally`.execute(db));
  return {
    renew,
    refresh,
    oneRow: await benchOneRow(db, folder, 2002),
    oneRowOnBundled,
    edition: await benchEdition(db, folder),
  };
}

/** Times loads of tables of ratings of one row each, of years from the given one back. */
export async function benchOneRow(db: Connection, folder: string, year: number): Promise<number> {
  const { rows: rated } = await sql<Record<'service' | 'edition' | 'standard' | 'rating', string>>`
    select service, edition, standard, computed_rating as rating
    from analytics.standard_rating
    where computed_rating is not null
    order by inspection_id, standard
    limit 1`.execute(db);
  const one = rated[0] as (typeof rated)[number];
  const files = await Promise.all(
    Array.from({ length: runs + 1 }, async (_, at) => {
      const file = path.join(folder, `one-row-${year}-${at}.csv`);
      await writeFile(
        file,
        `service,published,edition,${one.standard}\n${one.service},${year}-0${at + 1},${one.edition},${one.rating}\n`,
      );
      return file;
    }),
  );
  const [first, ...others] = files;
  await loadRatingsTable(db, first as string);
  return timed(others, (file) => loadRatingsTable(db, file));
}

async function benchEdition(db: Connection, folder: string): Promise<number> {
  const again = path.join(folder, 'edition-again');
  const { rows: first } = await sql<{
    edition: string;
  }>`select min(edition) as edition from analytics.edition_rule`.execute(db);
  await cp(dbPath('editions', first[0]?.edition as string), again, { recursive: true });
  const file = path.join(again, 'rules.yaml');
  const rules = await readFile(file, 'utf8');
  return timed([1, 2, 3], async (more) => {
    const moved = rules.replaceAll(
      /from_percent: ([1-9]\d*)/g,
      (_, percent) => `from_percent: ${+percent + more}`,
    );
    await writeFile(file, moved);
    await load(db, [again]);
  });
}

async function timed<T>(each: readonly T[], work: (one: T) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const one of each) {
    const start = performance.now();
    await work(one);
    times.push(performance.now() - start);
  }
  return median(times);
}
