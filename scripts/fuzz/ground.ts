import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { contents } from '../../test/support/bundles.js';
import { anyFiles, everyTarget, type Ground, type Target, tried } from './any-file.js';

/** What is to be found out of many tries. */
export interface Tries {
  done: number;
  refused: number;
  /** What went wrong, each with how to repeat it. */
  wrong: { target: string; number: number; why: string }[];
}

/** What a load may take, in milliseconds. */
const longest = 20_000;

/** Does work with databases on a server: a copy of one that has the bundled inspections, and empty ones. */
export async function withGround<T>(
  { adminUrl, template }: { adminUrl: string; template: string },
  work: (ground: Ground) => Promise<T>,
): Promise<T> {
  const admin = connect(adminUrl, { max: 1 });
  const made: string[] = [];
  const make = async (from?: string): Promise<string> => {
    const name = `yot_ratings_fuzz_${process.pid}_${Date.now()}_${made.length}`;
    await (from
      ? sql`create database ${sql.id(name)} template ${sql.id(from)}`
      : sql`create database ${sql.id(name)}`
    ).execute(admin);
    made.push(name);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return url.href;
  };
  let db: Kysely<DB> | undefined;
  let empty: string | undefined;
  try {
    const url = await make(template);
    db = connect(url, { max: 2 });
    return await work({
      db,
      url,
      empty: async () => {
        if (empty === undefined || !(await isEmpty(empty))) empty = await make();
        return empty;
      },
    });
  } finally {
    await db?.destroy();
    for (const name of made) await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin);
    await admin.destroy();
  }
}

/** Tries a target with the files of a number, and holds the database against what it was. */
export async function tryFiles(
  target: Target,
  number: number,
  { ground, home, tries }: { ground: Ground; home: string; tries: Tries },
): Promise<void> {
  const before = await stateOf(ground);
  const start = performance.now();
  try {
    const went = await tried(target, anyFiles(target, number), ground, home);
    const took = performance.now() - start;
    if (took > longest) throw new Error(`it took ${Math.round(took / 1000)} s`);
    if (went === 'done') await expectSound(ground.db);
    else if ((await stateOf(ground)) !== before)
      throw new Error(`it was refused, and left something behind: ${went.message}`);
    tries[went === 'done' ? 'done' : 'refused']++;
  } catch (error) {
    const { message, cause } = error as Error;
    const why = `${message}${cause instanceof Error ? `\n${cause.stack}` : ''}`;
    tries.wrong.push({ target: target.name, number, why });
  }
}

const stateOf = async ({ db }: Ground): Promise<string> => {
  const tables = [await contents(db), await contents(db, 'result')].flatMap(Object.entries);
  return tables
    .map(([name, rows]) => `${name} ${rows}`)
    .sort()
    .join();
};

/** Whatever was loaded can be read through the views, and is computed as it is kept. */
async function expectSound(db: Kysely<DB>): Promise<void> {
  for (const view of [
    'overall_rating',
    'standard_rating',
    'key_question_result',
    'reconciliation',
    'context_fact',
  ])
    await sql`select * from ${sql.table(`analytics.${view}`)}`.execute(db);
  const differences = await keptDifferences(db);
  if (differences.length > 0)
    throw new Error(`kept is not what is computed: ${JSON.stringify(differences[0])}`);
}

async function isEmpty(url: string): Promise<boolean> {
  const db = connect(url, { max: 1 });
  try {
    const { rows } = await sql<{
      empty: boolean;
    }>`select to_regclass('core.service') is null as empty`.execute(db);
    if (rows[0]?.empty) return true;
    const { rows: found } = await sql`select from core.service limit 1`.execute(db);
    return found.length === 0;
  } finally {
    await db.destroy();
  }
}

/** Goes through the targets in turn, a number for each try, until told to stop; a new ground every so often. */
export async function manyFiles(
  server: { adminUrl: string; template: string },
  {
    seed,
    home,
    isOver,
    only = '',
    reports = 12,
    tries = { done: 0, refused: 0, wrong: [] },
  }: {
    seed: number;
    home: string;
    isOver: (done: number) => boolean;
    only?: string;
    reports?: number;
    tries?: Tries;
  },
): Promise<Tries> {
  const own = await mkdtemp(path.join(home, 'files-'));
  try {
    for (let done = 0; !isOver(done); )
      await withGround(server, async (ground) => {
        const targets = (await everyTarget(ground, own, { reports })).filter(({ name }) =>
          name.includes(only),
        );
        for (let here = 0; here < 400 && !isOver(done); here++, done++)
          await tryFiles(targets[done % targets.length] as Target, seed * 100_003 + done, {
            ground,
            home: own,
            tries,
          });
      });
    return tries;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
