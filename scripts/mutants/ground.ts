import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { connect } from '../../src/database/connect.js';
import { openDatabase } from '../../src/database/open.js';
import type { DB } from '../../src/database/schema.js';
import { writeEdition } from '../../src/import/edition/write-edition.js';
import { loadBundled } from '../../src/import/load.js';
import { packageFolder } from '../../src/paths.js';
import { editionOfBatch, inspectionOfBatch } from '../../test/support/agreement-batch.js';
import { loadProgramme } from '../../test/support/programme.js';
import { writeRandomInspection } from '../../test/support/random-inspection.js';

/** Databases of this run; tests clone `test`, which is made anew from `plain`. */
export const names = {
  rich: `mutants_rich_${process.pid}`,
  plain: `mutants_plain_${process.pid}`,
  test: `mutants_test_${process.pid}`,
};

/** A scratch copy of the project, and a server. */
export interface Ground {
  /** Its folder. */
  project: string;
  serverUrl: string;
  admin: Kysely<DB>;
  databaseUrl: (name: string) => string;
}

/** Does work on a ground of its own; nothing is left of it, nor of its databases. */
export async function withGround(work: (ground: Ground) => Promise<void>): Promise<void> {
  const project = await mkdtemp(path.join(tmpdir(), 'yot-ratings-mutants-'));
  const server = await openDatabase();
  const admin = connect(server.url, { max: 1 });
  const databaseUrl = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  try {
    await work({ project, serverUrl: server.url, admin, databaseUrl });
  } finally {
    for (const name of Object.values(names)) await dropDatabase(admin, name);
    await admin.destroy();
    await server.close();
    await rm(project, { recursive: true, force: true });
  }
}

export async function copyProject({ project }: Ground): Promise<void> {
  process.chdir(packageFolder);
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  for (const file of files) {
    await mkdir(path.join(project, path.dirname(file)), { recursive: true });
    await cp(file, path.join(project, file)).catch(() => {});
  }
  for (const folder of ['node_modules', 'dist'])
    await symlink(path.join(packageFolder, folder), path.join(project, folder));
}

/** The bundled inspections, which tests clone; and the same with drawn inspections beside them. */
export async function makeDatabases({ admin, databaseUrl }: Ground): Promise<Kysely<DB>> {
  await sql`create database ${sql.id(names.plain)}`.execute(admin);
  process.env.YOT_RATINGS_READER_PASSWORD = 'reader-of-the-tests';
  const plain = await openDatabase(databaseUrl(names.plain));
  await loadBundled(plain.db);
  await plain.close();
  await sql`create database ${sql.id(names.rich)} template ${sql.id(names.plain)}`.execute(admin);
  const rich = connect(databaseUrl(names.rich), { max: 2 });
  await loadProgramme({ db: rich, url: databaseUrl(names.rich) }, { inspections: 8 });
  for (let batch = 0; batch < 4; batch++) {
    const drawn = { seed: 1, batch, inspections: 25 };
    const edition = { ...editionOfBatch(drawn), edition: `random ${batch}` };
    await rich.transaction().execute(async (trx) => {
      await writeEdition(trx, edition);
      for (let number = 0; number < drawn.inspections; number++)
        await writeRandomInspection(trx, edition, inspectionOfBatch(drawn, number), 100 * batch + number);
    });
  }
  await sql`analyze`.execute(rich);
  return rich;
}

/** The database that tests clone, as it is without any change. */
export async function remakeTestDatabase({ admin }: Ground): Promise<void> {
  await dropDatabase(admin, names.test);
  await sql`create database ${sql.id(names.test)} template ${sql.id(names.plain)}`.execute(admin);
}

async function dropDatabase(admin: Kysely<DB>, name: string): Promise<void> {
  await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin);
}

export async function fileNames({ project }: Ground, folder: string, wanted: RegExp): Promise<string[]> {
  const found = await readdir(path.join(project, folder), { recursive: true });
  return found
    .filter((file) => wanted.test(file))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .sort();
}
