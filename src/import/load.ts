import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql, type Transaction } from 'kysely';
import { dbPath } from '../database/paths.js';
import type { DB } from '../database/schema.js';
import { type Problem, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { type Bundle, count, findBundles, readBundle } from './bundle.js';
import { checkBundle } from './check-bundle.js';
import { readCrosswalk, writeCrosswalk } from './crosswalk-file.js';
import { inspectionDates } from './dates.js';
import { isEditionFolder, readEdition } from './edition-file.js';
import { readFramework } from './framework.js';
import { didYouMean, listed } from './nearest.js';
import { writeAuthorities, writeServices } from './register.js';
import { findService } from './service.js';
import { writeEdition } from './write-edition.js';
import { writeInspection } from './write-inspection.js';
import { YamlFile } from './yaml-file.js';

/** What became of a thing that was to be loaded. */
export interface Loaded {
  kind: 'register' | 'edition' | 'crosswalk' | 'inspection';
  name: string;
  outcome: 'loaded' | 'replaced' | 'unchanged';
  /** Keys of the file that were passed over. */
  ignored: Problem[];
}

export interface LoadOptions {
  /** Whether a service that is in no register may be added. */
  newService?: boolean;
}

/**
 * Loads bundles (and editions) from the given paths: all of them, in one transaction, or none.
 * What is loaded already with the same content is left as it is. Throws a UserError with every problem of every bundle.
 */
export async function load(db: Kysely<DB>, paths: string[], options: LoadOptions = {}): Promise<Loaded[]> {
  const editions: string[] = [];
  const bundles: Bundle[] = [];
  const failures: UserError[] = [];
  for (const given of paths) {
    if (await isEditionFolder(given)) {
      editions.push(given);
      continue;
    }
    for (const found of await findBundles(given)) {
      try {
        bundles.push(await readBundle(found));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw together(failures);
  return db.transaction().execute(async (trx) => {
    const done: Loaded[] = [];
    for (const folder of editions) done.push(await loadEdition(trx, folder));
    for (const bundle of bundles) {
      try {
        done.push(await loadBundle(trx, bundle, options));
      } catch (error) {
        // A check's problems leave the transaction usable, so that the next bundle's are found too.
        if (!(error instanceof UserError)) throw error;
        failures.push(error);
      }
    }
    if (failures.length > 0) throw together(failures);
    return done;
  });
}

/** Loads what comes with the package: the register, the editions with their crosswalk, and the bundled inspections. */
export async function loadBundled(db: Kysely<DB>): Promise<Loaded[]> {
  const reference = await db.transaction().execute(async (trx) => {
    const done = [
      await loadRegister(trx, 'local-authorities', writeAuthorities),
      await loadRegister(trx, 'services', writeServices),
    ];
    const folders = await readdir(dbPath('editions'), { withFileTypes: true });
    for (const { name } of folders
      .filter((entry) => entry.isDirectory())
      .sort((a, b) => (a.name < b.name ? -1 : 1))) {
      done.push(await loadEdition(trx, dbPath('editions', name)));
    }
    done.push(await loadCrosswalk(trx, dbPath('editions', 'crosswalk.yaml')));
    return done;
  });
  return [...reference, ...(await load(db, [dbPath('inspections')]))];
}

async function loadRegister(
  trx: Transaction<DB>,
  name: string,
  write: (trx: Transaction<DB>, yaml: YamlFile) => Promise<void>,
): Promise<Loaded> {
  const yaml = await YamlFile.read(dbPath('register', `${name}.yaml`));
  return once(trx, { kind: 'register', subject: name, content: yaml.text }, () => write(trx, yaml));
}

async function loadEdition(trx: Transaction<DB>, folder: string): Promise<Loaded> {
  const { edition, text } = await readEdition(folder);
  return once(trx, { kind: 'edition', subject: String(edition.edition), content: text }, () =>
    writeEdition(trx, edition),
  );
}

async function loadCrosswalk(trx: Transaction<DB>, file: string): Promise<Loaded> {
  const { yaml, entries } = await readCrosswalk(file);
  return once(trx, { kind: 'crosswalk', subject: 'crosswalk', content: yaml.text }, () =>
    writeCrosswalk(trx, yaml, entries),
  );
}

/** Loads one bundle inside a transaction. Throws a UserError with every problem of it. */
export async function loadBundle(
  trx: Transaction<DB>,
  bundle: Bundle,
  { newService = false }: LoadOptions,
): Promise<Loaded> {
  const { inspection, yaml, ignored } = bundle;
  const edition = String(inspection.edition);
  const framework = await readFramework(trx, edition);
  if (!framework) {
    const editions = (await trx.selectFrom('core.edition').select('edition_code').execute()).map(
      (row) => row.edition_code,
    );
    const message = `edition ${edition} is not known${didYouMean(edition, editions)}: ${listed(editions)}. Load its folder (rules.yaml, questions.yaml) first`;
    throw failed(bundle, [yaml.problem(['edition'], message)]);
  }
  const problems = checkBundle(bundle, framework);
  const dates = inspectionDates(inspection.report);
  if (!dates || problems.length > 0) throw failed(bundle, problems);
  const service = await findService(trx, bundle, {
    fieldworkStart: dates.fieldworkStart,
    mayAdd: newService,
  });
  if ('problem' in service) throw failed(bundle, [service.problem]);

  const subject = `service ${service.serviceId}, ${dates.fieldworkStart}`;
  const loaded = await once(
    trx,
    { kind: 'inspection', subject, content: yaml.text, files: bundle.files },
    async () => {
      await writeInspection(trx, bundle, {
        serviceId: service.serviceId,
        serviceName: service.name,
        dates,
        framework,
      });
    },
  );
  return { ...loaded, name: bundle.name, ignored };
}

interface Content {
  kind: Loaded['kind'];
  subject: string;
  content: string;
  files?: Bundle['files'];
}

/** Writes a subject unless its newest load had the same content, and keeps a record of it. Loaders of one subject queue. */
async function once(
  trx: Transaction<DB>,
  { kind, subject, content, files = [] }: Content,
  write: () => Promise<void>,
): Promise<Loaded> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${subject}`}, 0))`.execute(trx);
  const contentHash = createHash('sha256').update(content).digest('hex');
  const last = await trx
    .selectFrom('core.load')
    .select('content_hash')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .orderBy('load_id', 'desc')
    .executeTakeFirst();
  const name = `${kind} ${subject}`;
  if (last?.content_hash === contentHash) return { kind, name, outcome: 'unchanged', ignored: [] };
  await write();
  const { load_id } = await trx
    .insertInto('core.load')
    .values({ kind, subject, content_hash: contentHash, program: programVersion })
    .returning('load_id')
    .executeTakeFirstOrThrow();
  if (files.length > 0) {
    const rows = files.map(({ file, sha256, bytes }) => ({
      load_id,
      file: path.basename(file),
      sha256,
      bytes,
    }));
    await trx.insertInto('core.load_file').values(rows).execute();
  }
  return { kind, name, outcome: last ? 'replaced' : 'loaded', ignored: [] };
}

const failed = (bundle: Bundle, problems: Problem[]) =>
  new UserError(`${bundle.name}: ${count(problems.length)}; nothing was loaded.`, undefined, problems);

function together(failures: UserError[]): UserError {
  const [only] = failures;
  if (only && failures.length === 1) return only;
  const problems = failures.flatMap((failure) =>
    failure.problems.length > 0 ? failure.problems : [{ file: failure.message, message: '' }],
  );
  return new UserError(`${failures.length} bundles have problems; nothing was loaded.`, undefined, problems);
}
