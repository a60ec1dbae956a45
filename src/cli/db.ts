import { Command, Option } from 'commander';
import { settledUrl } from '../database/connection/settle.js';
import { parseUrl } from '../database/connection/url.js';
import { keepServer, runningUrl, stopServer } from '../database/embedded/server.js';
import { explainDatabaseError, withoutPassword } from '../database/errors.js';
import { dropEverything } from '../database/reset.js';
import { type RoleName, roles } from '../database/role-names.js';
import { asRole, knownPassword, logInFailure, passwordVariable } from '../database/roles.js';
import { homeFolder } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { backupCommand, restoreCommand } from './db-backup.js';
import { checkCommand } from './db-check.js';
import { distributeCommand } from './db-distribute.js';
import { print } from './print.js';
import { withDatabase, withSchema } from './with-database.js';

export const dbCommand: CommandMaker = (endWith) =>
  new Command('db')
    .description('the database itself: up, down, url, check, distribute, backup, restore, reset')
    .addCommand(
      new Command('up')
        .description(
          'bring the database up, with schema and bundled inspections; an embedded server goes on until db down',
        )
        .action(() =>
          withDatabase(async ({ server, isEmbedded, migrations, loaded }) => {
            if (isEmbedded) await keepServer(homeFolder());
            const changed = loaded.filter(({ outcome }) => outcome !== 'unchanged').length;
            print(
              `${server}; ${plural(migrations.length, 'migration')} applied, ${plural(changed, 'file')} loaded`,
            );
          }),
        ),
    )
    .addCommand(
      new Command('down').description('stop the embedded server; what is loaded stays').action(async () => {
        if (process.env.DATABASE_URL) {
          throw new UserError(
            'DATABASE_URL names a server of your own, which is not ours to stop. Unset it to stop the embedded one.',
            exitCode.call,
          );
        }
        print((await stopServer(homeFolder())) ? 'stopped' : `no server is running in ${homeFolder()}`);
      }),
    )
    .addCommand(
      new Command('url')
        .description('print the URL of the running embedded server (or DATABASE_URL)')
        .addOption(
          new Option('--role <role>', 'whose URL').choices(['owner', ...Object.keys(roles)]).default('owner'),
        )
        .action(async ({ role }: { role: 'owner' | RoleName }) => {
          const given = process.env.DATABASE_URL;
          if (given) return print(role === 'owner' ? parsed(given) : await urlOnOwnServer(given, role));
          const running = await runningUrl(homeFolder());
          if (!running) {
            throw new UserError(
              `No server is running in ${homeFolder()}. Start one with npm start, or with yot-ratings db up.`,
              exitCode.database,
            );
          }
          print(
            role === 'owner' ? running.url : asRole(running.url, role, running.passwords[role] as string),
          );
        }),
    )
    .addCommand(checkCommand(endWith))
    .addCommand(distributeCommand(endWith))
    .addCommand(backupCommand(endWith))
    .addCommand(restoreCommand(endWith))
    .addCommand(
      new Command('reset')
        .description('drop everything that is loaded, and begin again with the bundled inspections')
        .option('--yes', 'really, on a server of your own (DATABASE_URL)')
        .action(async ({ yes }: { yes?: true }) => {
          const given = process.env.DATABASE_URL;
          if (given) parseUrl(given);
          if (given && !yes) {
            throw new UserError(
              `This drops everything in ${withoutPassword(given)}. Say --yes if you mean it.`,
              exitCode.call,
            );
          }
          await withSchema(({ db }) => dropEverything(db));
          await withDatabase(async ({ loaded }) => print(`${plural(loaded.length, 'file')} loaded anew`));
        }),
    );

/** A user's URL, when it is one. */
function parsed(given: string): string {
  parseUrl(given);
  return given.trim();
}

/** A role's URL on a server of the user's own, with which it can log in. Throws a UserError where it can't. */
async function urlOnOwnServer(given: string, role: RoleName): Promise<string> {
  const password = `The ${role} of a server of your own logs in with`;
  if (role !== 'reader' && !process.env[passwordVariable(role)])
    throw new UserError(
      `${password} the password that you choose: set ${passwordVariable(role)}.`,
      exitCode.call,
    );
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
    `${password} a password that is not known here: set ${passwordVariable(role)} to it. Where db up has made one, it is kept in the ` +
      'folder of YOT_RATINGS_HOME from which that was called; of a standby, it is the primary’s.',
    exitCode.database,
  );
}
