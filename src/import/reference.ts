import { readdir } from 'node:fs/promises';
import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { dbPath } from '../paths.js';
import { checkEditionInUse } from './edition/check-edition-in-use.js';
import { openEdition, toEdition } from './edition/edition-file.js';
import { writeCrosswalk, writePairs } from './edition/question-links.js';
import { writeEdition } from './edition/write-edition.js';
import { readText, YamlFile } from './files/yaml-file.js';
import type { Loaded } from './load.js';
import { writePublishedTotals } from './published-totals.js';
import {
  contentHash,
  type LoadRecord,
  lastLoadedWith,
  type Origin,
  outcomeOf,
  queueFor,
  recordLoads,
} from './record.js';
import { writeAuthorities, writeServices } from './register/register.js';
import { rateEdition } from './renew.js';

/** Loads the reference data that comes with the package: the register, the editions, and the published totals. */
export async function loadReference(trx: Transaction<DB>): Promise<Loaded[]> {
  const done = [await loadRegister(trx, 'local-authorities'), await loadRegister(trx, 'services')];
  const folders = await readdir(dbPath('editions'), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names.sort()) done.push(await loadEdition(trx, dbPath('editions', name), 'package'));
  const totals = { kind: 'published totals', subject: 'totals' } as const;
  done.push(await loadFile(trx, dbPath('published', 'totals.yaml'), totals, writePublishedTotals));
  return done;
}

/** Loads an edition's folder. Throws a UserError with every problem of it. */
export async function loadEdition(trx: Transaction<DB>, folder: string, origin: Origin): Promise<Loaded> {
  const opened = await openEdition(folder);
  const { rules, questions, crosswalk, pairs } = opened;
  const files = [rules, questions, crosswalk, pairs].flatMap((file) => file?.record ?? []);
  return once(trx, { kind: 'edition', files, origin }, () => {
    const { edition, ...yaml } = toEdition(opened);
    const { code } = edition;
    const write = async () => {
      await checkEditionInUse(trx, edition, yaml);
      await writeEdition(trx, edition);
      await writeCrosswalk(trx, code, yaml.crosswalk);
      await writePairs(trx, code, yaml.pairs);
    };
    return { subject: code, write, afterwards: (loadId) => rateEdition(trx, code, loadId) };
  });
}

const registers = { 'local-authorities': writeAuthorities, services: writeServices };

/** Loads a part of the register. Throws a UserError with every problem of its file. */
export const loadRegister = (
  trx: Transaction<DB>,
  name: keyof typeof registers,
  file: string = dbPath('register', `${name}.yaml`),
): Promise<Loaded> => loadFile(trx, file, { kind: 'register', subject: name }, registers[name]);

/** Loads a file that comes with the package, whole. Throws a UserError with every problem of it. */
async function loadFile(
  trx: Transaction<DB>,
  file: string,
  { kind, subject }: Pick<LoadRecord, 'kind' | 'subject'>,
  write: (trx: Transaction<DB>, yaml: YamlFile) => Promise<void>,
): Promise<Loaded> {
  const source = await readText(file);
  return once(trx, { kind, files: [source.record], origin: 'package' }, () => {
    return { subject, write: () => write(trx, new YamlFile(source)) };
  });
}

/** What is to be written of a subject; `afterwards` is done with the key of the load's record. */
interface ToWrite {
  subject: string;
  write: () => Promise<void>;
  afterwards?: (loadId: number) => Promise<void>;
}

/**
 * Writes a subject unless its newest load had the same content, and keeps a record of it. Where the content was last loaded, nothing has
 * to be parsed, which takes longest, and no loader has to be waited for.
 */
async function once(
  trx: Transaction<DB>,
  load: Pick<LoadRecord, 'kind' | 'files' | 'origin'>,
  read: () => ToWrite,
): Promise<Loaded> {
  const { kind, origin } = load;
  const hash = contentHash(load.files);
  const loaded = (subject: string, outcome: Loaded['outcome']): Loaded => {
    return { kind, subject, name: `${kind} ${subject}`, notices: [], outcome };
  };
  const known = (await lastLoadedWith(trx, kind, [hash])).get(hash);
  if (known !== undefined) return loaded(known, 'unchanged');
  const { subject, write, afterwards } = read();
  await queueFor(trx, kind, subject);
  const outcome = await outcomeOf(trx, { kind, subject, hash, origin });
  if (outcome === 'unchanged') return loaded(subject, outcome);
  await write();
  const [loadId] = await recordLoads(trx, [{ ...load, subject }]);
  await afterwards?.(loadId as number);
  return loaded(subject, outcome);
}
