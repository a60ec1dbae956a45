import { sql } from 'kysely';
import { backup } from '../database/backup/backup.js';
import { restore } from '../database/backup/restore.js';
import { distribute } from '../database/citus.js';
import { settledUrl } from '../database/connection/endpoint.js';
import { parseUrl } from '../database/connection/url.js';
import { keepServer, stopServer } from '../database/embedded/server.js';
import { explainDatabaseError, withoutPassword } from '../database/errors.js';
import { dropEverything } from '../database/migrate.js';
import { withBareServer } from '../database/open.js';
import type { RoleName } from '../database/role-names.js';
import { asRole, knownPassword, logInFailure, passwordVariable } from '../database/roles.js';
import { homeFolder } from '../disk/paths.js';
import { checkName } from '../disk/writing.js';
import { exitCode, UserError } from '../problem.js';
import { type KeptDifference, keptDifferences } from '../queries/kept-differences.js';
import { plural } from '../words/plural.js';
import { print, printJson } from './print.js';
import { runningServer, whatWasDone, withDatabase, withSchema } from './with-database.js';

export function up(): Promise<void> {
  return withDatabase(async (database) => {
    if (database.isEmbedded) await keepServer(homeFolder());
    print(`${database.server}; ${whatWasDone(database)}`);
  });
}

export async function down(): Promise<void> {
  if (process.env.DATABASE_URL)
    throw new UserError(
      'DATABASE_URL names a server of your own, which is not ours to stop. Unset it to stop the embedded one.',
      exitCode.call,
    );
  print((await stopServer(homeFolder())) ? 'stopped' : `no server is running in ${homeFolder()}`);
}

export async function url({ role }: { role: 'owner' | RoleName }): Promise<void> {
  const given = process.env.DATABASE_URL;
  if (given && role === 'owner') {
    parseUrl(given);
    return print(given.trim());
  }
  if (given) return print(await urlOnOwnServer(given, role as RoleName));
  const running = await runningServer();
  print(role === 'owner' ? running.url : asRole(running.url, role, running.passwords[role] as string));
}

/** A role's URL on a server of the user's own, with which it can log in. Throws a UserError where it can't. */
async function urlOnOwnServer(given: string, role: RoleName): Promise<string> {
  const variable = passwordVariable(role);
  const password = `The ${role} of a server of your own logs in with`;
  if (role !== 'reader' && !process.env[variable])
    throw new UserError(`${password} the password that you choose: set ${variable}.`, exitCode.call);
  try {
    const url = await settledUrl(given);
    const known = await knownPassword(url, role);
    const found = known && asRole(url, role, known);
    const failure = found ? await logInFailure(found) : undefined;
    if (found && failure === undefined) return found;
    // The server did not answer: it is no question of passwords.
    if (failure !== undefined && !/^(28|08|42)/.test((failure as { code?: string }).code ?? ''))
      throw failure;
  } catch (error) {
    throw explainDatabaseError(error, given);
  }
  throw new UserError(
    `${password} a password that is not known here: set ${variable} to it. Where db up has made one, it is kept in the ` +
      'folder of YOT_RATINGS_HOME from which that was called; of a standby, it is the primary’s.',
    exitCode.database,
  );
}

export function check({ repair = false, json }: { repair?: boolean; json?: boolean }): Promise<number> {
  return withDatabase(async ({ db }) => {
    const differences = await keptDifferences(db);
    const inspections = [...new Set(differences.flatMap(({ inspection_id }) => inspection_id ?? []))];
    if (repair)
      await db.transaction().execute(async (trx) => {
        // what is kept of the rules first: all else is computed with it
        if (differences.some(({ inspection_id }) => inspection_id === null))
          await sql`select rating.rate_edition(edition_code) from core.edition`.execute(trx);
        await sql`select rating.renew(${inspections}::bigint[])`.execute(trx);
      });
    if (json) printJson({ differences, repaired: repair });
    else if (differences.length === 0)
      print('What is kept of counts and ratings is what is computed from the evidence.');
    else
      print(
        `${plural(differences.length, 'kept row')} of ${plural(inspections.length, 'inspection')} ` +
          `${repair ? 'made anew' : 'not what is computed from the evidence (--repair makes them anew)'}:`,
        ...differences.map((difference) => `  ${inWords(difference)}`),
      );
    return differences.length > 0 && !repair ? exitCode.data : exitCode.done;
  });
}

function inWords({ kind, inspection_id, subject, kept, computed }: KeptDifference): string {
  const which = `${inspection_id === null ? '' : `inspection ${inspection_id}, `}${kind} ${subject}`;
  if (kept === null) return `${which}: missing (${computed})`;
  if (computed === null) return `${which}: should not be there (${kept})`;
  return `${which}: is ${kept}, not ${computed}`;
}

export function distributeCommand({
  shards,
  dryRun = false,
}: {
  shards?: number;
  dryRun?: boolean;
}): Promise<void> {
  return withSchema(async ({ db, isOwner }) => {
    if (!isOwner)
      throw new UserError(
        "Only its owner distributes a database: use the owner's DATABASE_URL.",
        exitCode.database,
      );
    const { workers, statements } = await distribute(db, { shards, dryRun });
    if (dryRun) return print(...statements.map((statement) => `${statement};`));
    const tables = (how: string) =>
      plural(statements.filter((one) => one.startsWith(`select create_${how}_table`)).length, 'table');
    const over = `over ${plural(workers, 'worker')}`;
    print(
      statements.length === 0
        ? `The database is distributed ${over} already: nothing to do.`
        : `${tables('distributed')} distributed by inspection ${over}, ${tables('reference')} copied to each.`,
    );
  });
}

export function backupCommand(file: string, { force = false }: { force?: boolean }): Promise<void> {
  return withBareServer(async (url) => {
    const { tables, rows } = await backup(url, file, { force });
    print(`${file}: ${plural(rows, 'row')} of ${plural(tables, 'table')}`);
  });
}

export async function restoreCommand(file: string): Promise<void> {
  checkName(file, 'file');
  await withBareServer(async (url) => {
    const { tables, rows, heading } = await restore(url, file);
    const { migrations } = await withSchema(async (database) => database);
    // Older results are computed anew, and what comes with the package is brought up to date.
    if (migrations.length > 0) await withDatabase(async () => {});
    print(
      `${plural(rows, 'row')} of ${plural(tables, 'table')} restored, as of ${heading.made_at}; ` +
        `${plural(migrations.length, 'migration')} applied after that`,
    );
  });
}

export async function reset({ yes }: { yes?: boolean }): Promise<void> {
  const given = process.env.DATABASE_URL;
  if (given) parseUrl(given);
  if (given && !yes)
    throw new UserError(
      `This drops everything in ${withoutPassword(given)}. Say --yes if you mean it.`,
      exitCode.call,
    );
  await withSchema(({ db }) => dropEverything(db));
  await withDatabase(async ({ loaded }) => print(`${plural(loaded.length, 'file')} loaded anew`));
}
