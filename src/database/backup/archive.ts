import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { exitCode, UserError } from '../../problem.js';
import { whyUnreadable } from '../../unreadable.js';

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
  migrations: { version: string; sha256: string | null }[];
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
const damaged = (file: string, how: string) =>
  wrong(file, `is damaged or not whole (${how}): take another copy of it`);

/** In characters: a row has far fewer. */
const longestLine = 200_000_000;

/** The unpacked text of a backup, in pieces that end with a line each. Throws a UserError where it can't be read or breaks off. */
async function* pieces(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = source.on('error', (error) => unpacked.destroy(error)).pipe(createGunzip());
  unpacked.setEncoding('utf8');
  let rest = '';
  try {
    for await (const text of unpacked as AsyncIterable<string>) {
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) yield rest + text.slice(0, end);
      rest = (end > 0 ? '' : rest) + text.slice(end);
      if (rest.length > longestLine) throw damaged(file, 'a line of it does not end');
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (message === 'incorrect header check') throw wrong(file, 'is no backup that db backup has made');
    if (code.startsWith('Z_')) throw damaged(file, message);
    throw code.startsWith('E') ? wrong(file, `can't be read: ${whyUnreadable(file, code)}`) : error;
  } finally {
    source.destroy();
  }
  if (rest !== '') throw damaged(file, 'it breaks off');
}

/** Reads a whole backup and throws a UserError unless it is whole and undamaged. Returns its heading. */
export async function checkBackup(file: string): Promise<Heading> {
  const hash = createHash('sha256');
  let heading: Heading | undefined;
  let last = '';
  for await (const piece of pieces(file)) {
    heading ??= headingOf(file, piece.slice(0, piece.indexOf('\n')));
    const text = last + piece;
    const begin = text.lastIndexOf('\n', text.length - 2) + 1;
    hash.update(text.slice(0, begin));
    last = text.slice(begin);
  }
  if (!heading) throw damaged(file, 'it is empty');
  if (parsed(file, last).sha256 !== hash.digest('hex')) throw damaged(file, 'its digest is another');
  return heading;
}

function headingOf(file: string, line: string): Heading {
  const foreign = wrong(file, 'is no backup that db backup has made');
  if (!line.startsWith('{')) throw foreign;
  const heading = parsed(file, line);
  if (heading.format !== format || !Array.isArray(heading.migrations)) throw foreign;
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

/** Reads the tables and sequences of a backup that has been checked. */
export async function* readBackup(file: string): AsyncGenerator<TablePart | { sequences: Sequences }> {
  const source = pieces(file);
  let rest = '';
  const more = async (): Promise<void> => {
    const { value, done } = await source.next();
    if (done) throw damaged(file, 'it breaks off');
    rest += value;
  };
  const rows = async function* (): AsyncGenerator<string> {
    for (;;) {
      if (rest === '') await more();
      const end = rest.startsWith(endOfRows) ? 0 : rest.indexOf(`\n${endOfRows}`) + 1;
      const isEnd = end > 0 || rest.startsWith(endOfRows);
      const text = isEnd ? rest.slice(0, end) : rest;
      rest = isEnd ? rest.slice(end + endOfRows.length) : '';
      if (text !== '') yield text;
      if (isEnd) return;
    }
  };
  try {
    for (;;) {
      if (rest === '') await more();
      const end = rest.indexOf('\n') + 1;
      const { table, columns, sequences, ...other } = parsed(file, rest.slice(0, end));
      rest = rest.slice(end);
      if (table !== undefined && Array.isArray(columns)) yield { table, columns, rows: rows() };
      else if (sequences) yield { sequences };
      else if (other.end) return;
    }
  } finally {
    await source.return(undefined);
  }
}
