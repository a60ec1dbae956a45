import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** Whose password is looked for. */
interface Login {
  host: string;
  port: string;
  dbname: string;
  user: string;
}

/**
 * The password that libpq's file has for a log-in (~/.pgpass, or the file that is named); undefined where it has none. As psql does, a
 * file that others may read is left alone.
 */
export async function filedPassword(
  { host, port, dbname, user }: Login,
  file = process.platform === 'win32'
    ? path.join(process.env.APPDATA ?? '', 'postgresql', 'pgpass.conf')
    : path.join(homedir(), '.pgpass'),
): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || (process.platform !== 'win32' && (found.mode & 0o077) !== 0)) return undefined;
  const text = await readFile(file, 'utf8').catch(() => '');
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, field = '']) =>
      field.replaceAll(/\\(.)/g, '$1'),
    );
    const [password, wanted] = [fields[4], [host.startsWith('/') ? 'localhost' : host, port, dbname, user]];
    if (password && wanted.every((value, at) => fields[at] === '*' || fields[at] === value)) return password;
  }
  return undefined;
}
