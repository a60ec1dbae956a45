import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { dbPath } from '../paths.js';
import { type Problem, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { type Bundle, count, findBundles, readBundle } from './bundle/bundle.js';
import { checkBundle } from './bundle/check/index.js';
import { inspectionDates } from './bundle/dates.js';
import { checkEditionInUse } from './edition/check-edition-in-use.js';
import { readCrosswalk, writeCrosswalk } from './edition/crosswalk-file.js';
import { isEditionFolder, readEdition } from './edition/edition-file.js';
import { readFramework } from './edition/framework.js';
import { writeEdition } from './edition/write-edition.js';
import { type FileRecord, YamlFile } from './files/yaml-file.js';
import { writeInspection } from './inspection/write-inspection.js';
import { didYouMean, listed } from './nearest.js';
import { inOneTransaction } from './one-transaction.js';
import { writeAuthorities, writeServices } from './register/register.js';
import { findService } from './register/service.js';

/** What became of a thing that was to be loaded. */
export interface Loaded {
  kind: 'register' | 'edition' | 'crosswalk' | 'inspection';
  name: string;
  /** What it is about: two loads of one subject are of the same edition, or the same inspection. */
  subject: string;
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
export async function load(db: Connection, paths: string[], options: LoadOptions = {}): Promise<Loaded[]> {
  return loadPaths(db, paths, { ...options, origin: 'user' });
}

/** Whether something comes with the package, or a user names it. What a user loads, the package's own does not replace. */
type Origin = 'package' | 'user';

async function loadPaths(
  db: Connection,
  paths: string[],
  options: LoadOptions & { origin: Origin },
): Promise<Loaded[]> {
  const editions: string[] = [];
  const bundles: Bundle[] = [];
  const failures: UserError[] = [];
  for (const given of paths) {
    if (await isEditionFolder(given)) {
      editions.push(given);
      continue;
    }
    await collecting(failures, async () => {
      for (const found of await findBundles(given)) {
        await collecting(failures, async () => void bundles.push(await readBundle(found)));
      }
    });
  }
  if (failures.length > 0) throw together(failures);
  return inOneTransaction(db, async (trx) => {
    const done: Loaded[] = [];
    const refused: UserError[] = [];
    for (const folder of editions) done.push(await loadEdition(trx, folder, options.origin));
    for (const bundle of bundles) {
      // A check's problems leave the transaction usable, so that the next bundle's are found too.
      await collecting(refused, async () => {
        const loaded = await loadBundle(trx, bundle, options);
        const twin = done.find(({ kind, subject }) => kind === loaded.kind && subject === loaded.subject);
        if (twin && loaded.outcome !== 'unchanged') {
          const message = `is about the same inspection as ${twin.name} (service and first day of fieldwork), and says otherwise: leave one`;
          throw failed(bundle, [bundle.yaml.problem(['report'], message)]);
        }
        done.push(loaded);
      });
    }
    if (refused.length > 0) throw together(refused);
    return done;
  });
}

/** Does a thing; a UserError is kept, to be told together with others. */
async function collecting(failures: UserError[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    failures.push(error);
  }
}

/** Loads what comes with the package: the register, the editions with their crosswalk, and the bundled inspections. */
export async function loadBundled(db: Connection): Promise<Loaded[]> {
  const reference = await inOneTransaction(db, async (trx) => {
    const done = [
      await loadRegister(trx, 'local-authorities', writeAuthorities),
      await loadRegister(trx, 'services', writeServices),
    ];
    const folders = await readdir(dbPath('editions'), { withFileTypes: true });
    for (const { name } of folders
      .filter((entry) => entry.isDirectory())
      .sort((a, b) => (a.name < b.name ? -1 : 1))) {
      done.push(await loadEdition(trx, dbPath('editions', name), 'package'));
    }
    done.push(await loadCrosswalk(trx, dbPath('editions', 'crosswalk.yaml')));
    return done;
  });
  return [...reference, ...(await loadPaths(db, [dbPath('inspections')], { origin: 'package' }))];
}

async function loadRegister(
  trx: Transaction<DB>,
  name: string,
  write: (trx: Transaction<DB>, yaml: YamlFile) => Promise<void>,
): Promise<Loaded> {
  const yaml = await YamlFile.read(dbPath('register', `${name}.yaml`));
  return once(trx, { kind: 'register', subject: name, files: [yaml.record], origin: 'package' }, () =>
    write(trx, yaml),
  );
}

async function loadEdition(trx: Transaction<DB>, folder: string, origin: Origin): Promise<Loaded> {
  const { edition, rules, questions } = await readEdition(folder);
  const files = [rules.record, questions.record];
  return once(trx, { kind: 'edition', subject: String(edition.edition), files, origin }, async () => {
    await checkEditionInUse(trx, edition, { rules, questions });
    await writeEdition(trx, edition);
  });
}

async function loadCrosswalk(trx: Transaction<DB>, file: string): Promise<Loaded> {
  const { yaml, entries } = await readCrosswalk(file);
  return once(trx, { kind: 'crosswalk', subject: 'crosswalk', files: [yaml.record], origin: 'package' }, () =>
    writeCrosswalk(trx, yaml, entries),
  );
}

/** Loads one bundle inside a transaction. Throws a UserError with every problem of it. */
export async function loadBundle(
  trx: Transaction<DB>,
  bundle: Bundle,
  { newService = false, origin = 'user' }: LoadOptions & { origin?: Origin },
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
  const loaded = await once(trx, { kind: 'inspection', subject, files: bundle.files, origin }, async () => {
    await writeInspection(trx, bundle, {
      serviceId: service.serviceId,
      serviceName: service.name,
      dates,
      framework,
    });
  });
  return { ...loaded, name: bundle.name, ignored };
}

interface Content {
  kind: Loaded['kind'];
  subject: string;
  files: FileRecord[];
  origin: Origin;
}

/** How the record of a load says that what was loaded came with the package. */
const bundledBy = `${programVersion} (bundled)`;

/** Writes a subject unless its newest load had the same content, and keeps a record of it. Loaders of one subject queue. */
async function once(
  trx: Transaction<DB>,
  { kind, subject, files, origin }: Content,
  write: () => Promise<void>,
): Promise<Loaded> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${subject}`}, 0))`.execute(trx);
  const content_hash = createHash('sha256')
    .update(files.map(({ sha256 }) => sha256).join(' '))
    .digest('hex');
  const last = await trx
    .selectFrom('core.load')
    .select(['content_hash', 'program'])
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .orderBy('load_id', 'desc')
    .executeTakeFirst();
  const loaded = { kind, subject, name: `${kind} ${subject}`, ignored: [] };
  const isUsersOwn = last !== undefined && !last.program.endsWith('(bundled)');
  if (last?.content_hash === content_hash || (origin === 'package' && isUsersOwn))
    return { ...loaded, outcome: 'unchanged' };
  await write();
  const program = origin === 'package' ? bundledBy : programVersion;
  const { load_id } = await trx
    .insertInto('core.load')
    .values({ kind, subject, content_hash, program })
    .returning('load_id')
    .executeTakeFirstOrThrow();
  const rows = files.map(({ file, sha256, bytes }) => ({
    load_id,
    file: path.basename(file),
    sha256,
    bytes,
  }));
  await trx.insertInto('core.load_file').values(rows).execute();
  return { ...loaded, outcome: last ? 'replaced' : 'loaded' };
}

const failed = (bundle: Bundle, problems: Problem[]) =>
  new UserError(`${bundle.name}: ${count(problems.length)}; nothing was loaded.`, undefined, problems);

function together(failures: UserError[]): UserError {
  const [only] = failures;
  if (only && failures.length === 1) return only;
  const problems = failures.flatMap((failure) => failure.problems);
  // What is wrong with a path as a whole is said by its message alone.
  const messages = failures.filter((failure) => failure.problems.length === 0).map(({ message }) => message);
  const first = `${failures.length} bundles have problems; nothing was loaded.`;
  return new UserError([first, ...messages].join('\n'), undefined, problems);
}
