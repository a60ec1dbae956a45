import { StringDecoder } from 'node:string_decoder';
import { UserError } from '../../../problem.js';

export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

/** How bytes become text. */
export interface Decoding {
  encoding: Encoding;
  /** a decoder for one pass: takes the chunks in their order, gives their text without the mark at the beginning */
  decoder: () => (chunk: Buffer, isLast: boolean) => string;
}

/**
 * The encoding of a table by the mark at its beginning, or by all of it being UTF-8; what is neither is taken for
 * Windows-1252, which spreadsheets on Windows write. Throws a UserError for what is no text.
 */
export function decodingOf(file: string, beginning: Buffer, isUtf8: boolean): Decoding {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe)
    return { encoding: 'UTF-16', decoder: () => withoutMark(decoded('utf16le')) };
  if (first === 0xfe && second === 0xff)
    return { encoding: 'UTF-16', decoder: () => withoutMark(decoded('utf16le', (chunk) => swapped(chunk))) };
  const kind = kindOfBinary(beginning);
  if (kind) throw new UserError(`${file} can't be read: it is ${kind}.`);
  if (isUtf8) return { encoding: 'UTF-8', decoder: () => withoutMark(decoded('utf8')) };
  return { encoding: 'Windows-1252', decoder: () => windows1252 };
}

const signatures: [bytes: string, kind: string][] = [
  [
    'PK\x03\x04',
    'a workbook (.xlsx, .ods) or another zip file, not a CSV. Open it in the spreadsheet program and save the sheet as CSV',
  ],
  [
    '\xd0\xcf\x11\xe0',
    'a workbook of an old Excel (.xls), not a CSV. Open it in the spreadsheet program and save the sheet as CSV',
  ],
  ['%PDF', 'a PDF, not a CSV. Ask for the table as a spreadsheet, and save it as CSV'],
  ['\x1f\x8b', 'compressed (gzip). Unpack it first'],
];

/** What a file is that is no text, and what to do; undefined for text. */
function kindOfBinary(beginning: Buffer): string | undefined {
  const start = beginning.toString('latin1', 0, 4096);
  const known = signatures.find(([bytes]) => start.startsWith(bytes));
  if (known) return known[1];
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(start))
    return 'a web page or XML, not a CSV. Open it in the spreadsheet program and save the sheet as CSV';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
  const controls = start.match(/[\x00-\x08\x0e-\x19\x1c-\x1f]/g)?.length ?? 0;
  if (controls > 3 && controls * 20 > start.length)
    return 'not text (or UTF-16 without its mark). Open it in the program that made it and save the sheet as CSV (UTF-8)';
  return undefined;
}

function decoded(name: 'utf8' | 'utf16le', prepare = (chunk: Buffer) => chunk) {
  const decoder = new StringDecoder(name);
  return (chunk: Buffer, isLast: boolean) => {
    const text = decoder.write(prepare(chunk));
    return isLast ? text + decoder.end() : text;
  };
}

/** A copy with the bytes of each unit of UTF-16 the other way round; a byte too many at the end is left off. */
function swapped(chunk: Buffer): Buffer {
  return Buffer.from(chunk.subarray(0, chunk.length - (chunk.length % 2))).swap16();
}

function withoutMark(decode: (chunk: Buffer, isLast: boolean) => string) {
  let isFirst = true;
  return (chunk: Buffer, isLast: boolean) => {
    const text = decode(chunk, isLast);
    const hasMark = isFirst && text.charCodeAt(0) === 0xfeff;
    isFirst = false;
    return hasMark ? text.slice(1) : text;
  };
}

// 0x80 to 0x9F, where Windows-1252 is not Latin-1; the five bytes that it leaves free stay as they are.
const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

// Not through TextDecoder: some releases of Node.js take Windows-1252 for Latin-1.
function windows1252(chunk: Buffer): string {
  return chunk.toString('latin1').replace(/[\x80-\x9f]/g, (char) => high.charAt(char.charCodeAt(0) - 0x80));
}
