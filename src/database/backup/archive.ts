import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { whyUnreadable } from '../../disk/reading.js';
import { exitCode, UserError } from '../../problem.js';
import type { AppliedMigration } from '../migrate.js';

/**
 * A backup is a gzip of lines, to be read by any program:
 *   {"format": "yot-ratings backup", …}                   what it is of: Heading
 *   {"table": "core.load", "columns": ["load_id", …]}     then rows as COPY writes them (text format), then \. by itself,
 *   {"rows": 12}                                          and how many they were; so for every table
 *   {"sequences": {"core.load_load_id_seq": {"value": 12, "called": true}, …}}
 *   {"end": true, "tables": 45, "sha256": "…"}            digest of every byte before this line
 */
export interface Heading {
  format: typeof format;
  version: 1;
  program: string;
  /** Version of the server. */
  server: string;
  /** ISO, UTC. */
  made_at: string;
  /** Applied, oldest first; null where it was not kept what a migration said. */
  migrations: AppliedMigration[];
}

export const format = 'yot-ratings backup';
export const endOfRows = '\\.\n';

export type Sequences = Record<string, { value: number; called: boolean }>;

/** A table in a backup, whose rows have to be read to their end before going on. */
export interface TablePart {
  table: string;
  columns: string[];
  rows: AsyncGenerator<string>;
}

type Line = Partial<Heading> &
  Partial<Pick<TablePart, 'table' | 'columns'>> & { sequences?: Sequences; end?: true; sha256?: string };

const wrong = (file: string, why: string) =>
  new UserError(`${file} ${why}. Nothing was restored.`, exitCode.data);
const foreign = (file: string) => wrong(file, 'is no backup that db backup has made');
export const damaged = (file: string, how: string): UserError =>
  wrong(file, `is damaged or not whole (${how}): take another copy of it`);

/** In characters: a row has far fewer. */
const longestLine = 200_000_000;

/** The lines of a backup, each with its end. Throws a UserError where it can't be read or breaks off. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = source.on('error', (error) => unpacked.destroy(error)).pipe(createGunzip());
  unpacked.setEncoding('utf8');
  let rest = '';
  try {
    for await (const text of unpacked as AsyncIterable<string>) {
      const lines = (rest + text).split(/(?<=\n)/);
      rest = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '');
      yield* lines;
      if (rest.length > longestLine) throw damaged(file, 'a line of it does not end');
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (message === 'incorrect header check') throw foreign(file);
    if (code.startsWith('Z_')) throw damaged(file, message);
    throw code.startsWith('E') ? wrong(file, `can't be read: ${whyUnreadable(file, code)}`) : error;
  } finally {
    source.destroy();
  }
  if (rest !== '') throw damaged(file, 'it breaks off');
}

/**
 * Opens a backup. What is read of it is only to be kept once its parts were read to the end: by then its digest was compared, and they throw
 * a UserError where it is another.
 */
export async function openBackup(file: string): Promise<{
  heading: Heading;
  parts: AsyncGenerator<TablePart | Sequences>;
  close: () => Promise<unknown>;
}> {
  const lines = linesOf(file);
  const hash = createHash('sha256');
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw damaged(file, 'it breaks off');
    return value;
  };
  const hashed = (line: string) => {
    hash.update(line);
    return line;
  };
  async function* rows(): AsyncGenerator<string> {
    for (let row = hashed(await next()); row !== endOfRows; row = hashed(await next())) yield row;
  }
  async function* parts(): AsyncGenerator<TablePart | Sequences> {
    for (;;) {
      const line = await next();
      const { table, columns, sequences, end, sha256 } = parsed(file, line);
      if (end) {
        if (sha256 !== hash.digest('hex')) throw damaged(file, 'its digest is another');
        if (!(await lines.next()).done) throw damaged(file, 'it goes on after its end');
        return;
      }
      hashed(line);
      if (table !== undefined && Array.isArray(columns)) yield { table, columns, rows: rows() };
      else if (sequences) yield sequences;
    }
  }
  const heading = headingOf(file, hashed(await next()));
  return { heading, parts: parts(), close: () => lines.return(undefined) };
}

function headingOf(file: string, line: string): Heading {
  if (!line.startsWith('{')) throw foreign(file);
  const heading = parsed(file, line);
  if (heading.format !== format || !Array.isArray(heading.migrations)) throw foreign(file);
  if (heading.version !== 1)
    throw wrong(file, 'was made by a newer version of this program: update the program');
  return heading as Heading;
}

function parsed(file: string, line: string): Line {
  try {
    return Object(JSON.parse(line)) as Line;
  } catch {
    throw damaged(file, 'a line of it is no JSON');
  }
}
