import { readdir } from 'node:fs/promises';
import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { dbPath } from '../disk/paths.js';
import { checkEditionInUse } from './edition/check-edition-in-use.js';
import { openEdition, toEdition } from './edition/edition-file.js';
import { writeQuestionLinks } from './edition/question-links.js';
import { refuse } from './files/refuse.js';
import { shapeOf } from './files/shape.js';
import { readText, YamlFile } from './files/yaml-file.js';
import { once } from './once.js';
import type { Loaded, Origin } from './record.js';
import { registerFiles, registerIn } from './register/files.js';
import { rateEdition } from './renew.js';
import { writeDocument } from './write-document.js';

/** Loads the reference data that comes with the package: the register, the editions, and the published totals. */
export async function loadReference(trx: Transaction<DB>): Promise<Loaded[]> {
  const done = [await loadRegister(trx)];
  const folders = await readdir(dbPath('editions'), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names.sort()) done.push(await loadEdition(trx, dbPath('editions', name), 'package'));
  return [...done, await loadTotals(trx)];
}

/** Loads an edition's folder. Throws a UserError with every problem of it. */
export async function loadEdition(trx: Transaction<DB>, folder: string, origin: Origin): Promise<Loaded> {
  const opened = await openEdition(folder);
  const files = Object.values(opened.sources).map(({ record }) => record);
  return once(trx, { kind: 'edition', files, origin }, () => {
    const { edition, ...yaml } = toEdition(opened);
    const { code } = edition;
    const write = async () => {
      await checkEditionInUse(trx, edition, yaml);
      await writeDocument(trx, 'edition', edition);
      await writeQuestionLinks(trx, code, yaml);
    };
    return { subject: code, write, afterwards: (loadId) => rateEdition(trx, code, loadId) };
  });
}

/** Loads the register. Throws a UserError with every problem of its files. */
export async function loadRegister(
  trx: Transaction<DB>,
  [authorities, services]: readonly [string, string] = registerFiles,
): Promise<Loaded> {
  const [first, second] = [await readText(authorities), await readText(services)];
  const files = [first.record, second.record];
  return once(trx, { kind: 'register', files, origin: 'package' }, () => {
    const register = registerIn(new YamlFile(first), new YamlFile(second));
    return { subject: 'services', write: () => writeDocument(trx, 'register', register) };
  });
}

const checkTotals = shapeOf('published-totals.schema.json');

/** Loads the totals that the Inspectorate published. What its schema does not say of their file is left to the tables' constraints. */
async function loadTotals(trx: Transaction<DB>): Promise<Loaded> {
  const source = await readText(dbPath('published', 'totals.yaml'));
  return once(trx, { kind: 'published totals', files: [source.record], origin: 'package' }, () => {
    const totals = new YamlFile(source);
    refuse('The published totals are not as they have to be; nothing was loaded.', checkTotals(totals));
    return { subject: 'totals', write: () => writeDocument(trx, 'published_totals', totals.data as object) };
  });
}
