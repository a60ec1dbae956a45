import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
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

/** What comes next in a backup. The rows of a table have to be read to their end before going on. */
export type Part =
  | {
      table: string;
      columns: string[];
      rows: AsyncGenerator<string>;
      /** How many rows were read by now. */
      count: () => number;
    }
  | { sequences: Sequences };

const wrong = (file: string, why: string) =>
  new UserError(`${file} ${why}. Nothing was restored.`, exitCode.data);
const damaged = (file: string, how: string) =>
  wrong(file, `is damaged or not whole (${how}): take another copy of it`);

/** Reads a backup as a stream. Throws a UserError when it is none, or is damaged. */
export async function* readBackup(file: string): AsyncGenerator<Heading | Part> {
  const source = createReadStream(file);
  const unpacked = source.on('error', (error) => unpacked.destroy(error)).pipe(createGunzip());
  const chunks = unpacked[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next().catch((error: unknown) => {
      throw explained(file, error);
    });
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  };
  const hash = createHash('sha256');
  const line = async (): Promise<string> => {
    let end = rest.indexOf(10);
    while (end < 0) {
      if (rest.length > longestLine || !(await more())) throw damaged(file, 'it breaks off');
      end = rest.indexOf(10);
    }
    const text = rest.subarray(0, end).toString();
    rest = rest.subarray(end + 1);
    return text;
  };
  const json = async (): Promise<Record<string, unknown>> => {
    const text = await line();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      // told below
    }
    if (typeof parsed !== 'object' || parsed === null) throw damaged(file, 'a line of it is no JSON');
    if (!('end' in parsed)) hash.update(`${text}\n`);
    return parsed as Record<string, unknown>;
  };
  const rowsOfTable = async function* (): AsyncGenerator<string> {
    const decoder = new StringDecoder('utf8');
    const taken = (bytes: Buffer) => {
      hash.update(bytes);
      return decoder.write(bytes);
    };
    while (rest.length < endOfRows.length) if (!(await more())) throw damaged(file, 'it breaks off');
    const none = rest.subarray(0, endOfRows.length).toString() === endOfRows;
    let end = none ? 0 : -1;
    while (end < 0) {
      const at = rest.indexOf(`\n${endOfRows}`);
      if (at >= 0) end = at + 1;
      else {
        const sure = rest.length - endOfRows.length;
        if (sure > 0) {
          const bytes = rest.subarray(0, sure);
          rest = rest.subarray(sure);
          yield taken(bytes);
        }
        if (!(await more())) throw damaged(file, 'it breaks off');
      }
    }
    const last = taken(rest.subarray(0, end));
    hash.update(endOfRows);
    rest = rest.subarray(end + endOfRows.length);
    if (last !== '') yield last;
  };

  try {
    const heading = await headingOf(file, line);
    hash.update(`${heading.text}\n`);
    yield heading.parsed;
    for (let tables = 0; ; ) {
      const part = await json();
      if (typeof part.table === 'string' && Array.isArray(part.columns)) {
        tables++;
        const rows = counted(rowsOfTable());
        yield { table: part.table, columns: part.columns as string[], rows: rows.texts, count: rows.count };
        const { rows: expected } = await json();
        if (typeof expected !== 'number') throw damaged(file, `how many rows ${part.table} has is missing`);
        if (rows.count() !== expected)
          throw damaged(file, `${part.table} has ${rows.count()} rows of ${expected}`);
      } else if (part.sequences !== undefined) yield { sequences: part.sequences as Sequences };
      else if (part.end === true) {
        if (part.sha256 !== hash.digest('hex') || part.tables !== tables)
          throw damaged(file, 'its digest is another');
        if (rest.length > 0 || (await more())) throw damaged(file, 'it goes on after its end');
        return;
      } else throw damaged(file, 'a line of it is unknown');
    }
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** What a failure to read or to unpack means. */
function explained(file: string, error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (message === 'incorrect header check') return wrong(file, 'is no backup that db backup has made');
  if (code.startsWith('Z_')) return damaged(file, message);
  return code.startsWith('E') ? wrong(file, `can't be read: ${whyUnreadable(file, code)}`) : error;
}

/** Lines of JSON are short; what has none for so long is no backup. */
const longestLine = 1_000_000;

async function headingOf(
  file: string,
  line: () => Promise<string>,
): Promise<{ text: string; parsed: Heading }> {
  const foreign = wrong(file, 'is no backup that db backup has made');
  const text = await line();
  let parsed: Partial<Heading> | null = null;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw foreign;
  }
  if (parsed?.format !== format || !Array.isArray(parsed.migrations)) throw foreign;
  if (parsed.version !== 1)
    throw wrong(file, 'was made by a newer version of this program: update the program');
  return { text, parsed: parsed as Heading };
}

/** Rows with a count of them: in COPY's text format a line feed always ends one. */
function counted(texts: AsyncGenerator<string>): { texts: AsyncGenerator<string>; count: () => number } {
  let count = 0;
  return {
    count: () => count,
    texts: (async function* () {
      for await (const text of texts) {
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
        yield text;
      }
    })(),
  };
}

/** Reads a whole backup and throws a UserError unless it is whole and undamaged. Returns its heading. */
export async function checkBackup(file: string): Promise<Heading> {
  let heading: Heading | undefined;
  for await (const part of readBackup(file)) {
    if ('format' in part) heading = part;
    else if ('table' in part) for await (const _ of part.rows);
  }
  return heading as Heading;
}
