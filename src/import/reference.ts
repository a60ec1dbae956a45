import { readdir } from 'node:fs/promises';
import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { dbPath } from '../paths.js';
import { checkEditionInUse } from './edition/check-edition-in-use.js';
import { readCrosswalk, writeCrosswalk } from './edition/crosswalk-file.js';
import { readEdition } from './edition/edition-file.js';
import { writeEdition } from './edition/write-edition.js';
import { type FileRecord, YamlFile } from './files/yaml-file.js';
import type { Loaded } from './load.js';
import { contentHash, isKept, type Kind, newestLoad, type Origin, queueFor, recordLoads } from './record.js';
import { writeAuthorities, writeServices } from './register/register.js';
import { recordRatings } from './results/history.js';
import { renewResults } from './results/keep.js';

/** Loads the reference data that comes with the package: the register, the editions, and the crosswalk between them. */
export async function loadReference(trx: Transaction<DB>): Promise<Loaded[]> {
  const done = [await loadRegister(trx, 'local-authorities'), await loadRegister(trx, 'services')];
  const folders = await readdir(dbPath('editions'), { withFileTypes: true });
  for (const { name } of folders
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))) {
    done.push(await loadEdition(trx, dbPath('editions', name), 'package'));
  }
  done.push(await loadCrosswalk(trx, dbPath('editions', 'crosswalk.yaml')));
  return done;
}

/** Loads an edition's folder. Throws a UserError with every problem of it. */
export async function loadEdition(trx: Transaction<DB>, folder: string, origin: Origin): Promise<Loaded> {
  const { edition, rules, questions } = await readEdition(folder);
  const files = [rules.record, questions.record];
  return once(trx, { kind: 'edition', subject: String(edition.edition), files, origin }, async () => {
    await checkEditionInUse(trx, edition, { rules, questions });
    await writeEdition(trx, edition);
    const inspections = await inspectionsUnder(trx, String(edition.edition));
    await renewResults(trx, inspections);
    return (loadId) => recordRatings(trx, inspections, { why: 'rules changed', loadId });
  });
}

async function inspectionsUnder(trx: Transaction<DB>, edition: string): Promise<number[]> {
  const rows = await trx
    .selectFrom('core.inspection')
    .select('inspection_id')
    .where('edition_code', '=', edition)
    .execute();
  return rows.map(({ inspection_id }) => inspection_id);
}

const registers = { 'local-authorities': writeAuthorities, services: writeServices };

/** Loads a part of the register. Throws a UserError with every problem of its file. */
export async function loadRegister(
  trx: Transaction<DB>,
  name: keyof typeof registers,
  file: string = dbPath('register', `${name}.yaml`),
): Promise<Loaded> {
  const yaml = await YamlFile.read(file);
  return once(trx, { kind: 'register', subject: name, files: [yaml.record], origin: 'package' }, () =>
    registers[name](trx, yaml),
  );
}

/** Loads the crosswalk between editions. Throws a UserError with every problem of its file. */
export async function loadCrosswalk(trx: Transaction<DB>, file: string): Promise<Loaded> {
  const { yaml, entries } = await readCrosswalk(file);
  return once(trx, { kind: 'crosswalk', subject: 'crosswalk', files: [yaml.record], origin: 'package' }, () =>
    writeCrosswalk(trx, yaml, entries),
  );
}

/**
 * Writes a subject unless its newest load had the same content, and keeps a record of it. What is to be done with the record's key is
 * what `write` comes back with.
 */
async function once(
  trx: Transaction<DB>,
  { kind, subject, files, origin }: { kind: Kind; subject: string; files: FileRecord[]; origin: Origin },
  write: () => Promise<((loadId: number) => Promise<void>) | void>,
): Promise<Loaded> {
  await queueFor(trx, kind, subject);
  const newest = await newestLoad(trx, kind, subject);
  const loaded = { kind, subject, name: `${kind} ${subject}`, notices: [] };
  if (isKept(newest, contentHash(files), origin)) return { ...loaded, outcome: 'unchanged' };
  const afterwards = await write();
  const [loadId] = await recordLoads(trx, [{ kind, subject, origin, files }]);
  if (afterwards) await afterwards(loadId as number);
  return { ...loaded, outcome: newest ? 'replaced' : 'loaded' };
}
