import { isUtf8 } from 'node:buffer';
import { UserError } from '../../../problem.js';

export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

/** The text of a table, and its encoding. Throws a UserError for what is no text. */
export function tableText(file: string, bytes: Buffer): { encoding: Encoding; text: string } {
  const read = decoded(bytes);
  const kind = read.encoding === 'UTF-16' ? undefined : kindOfBinary(bytes);
  if (kind) throw new UserError(`${file} can't be read: it is ${kind}.`);
  return read;
}

/**
 * Bytes as text, in the encoding of the mark at their beginning, or else in UTF-8 where all of it is; what is neither is taken for
 * Windows-1252, which spreadsheets on Windows write.
 */
export function decoded(bytes: Buffer): { encoding: Encoding; text: string } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return { encoding: 'UTF-16', text: withoutMark(bytes.toString('utf16le')) };
  // A byte too many at the end is left off.
  if (first === 0xfe && second === 0xff) {
    const swapped = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
    return { encoding: 'UTF-16', text: withoutMark(swapped.toString('utf16le')) };
  }
  if (isUtf8(bytes)) return { encoding: 'UTF-8', text: withoutMark(bytes.toString('utf8')) };
  return { encoding: 'Windows-1252', text: windows1252(bytes) };
}

const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

const save = 'Open it in the program that made it, and save the sheet as CSV (UTF-8)';

/** How files begin that are no text, in Latin-1. */
const signatures: [beginning: string, kind: string][] = [
  ['PK\x03\x04', `a workbook (.xlsx, .ods) or another zip file, not a CSV. ${save}`],
  ['\xd0\xcf\x11\xe0', `a workbook of an old Excel (.xls), not a CSV. ${save}`],
  ['%PDF', 'a PDF, not a CSV. Ask for the table as a spreadsheet, and save it as CSV'],
  ['\x1f\x8b', 'compressed (gzip). Unpack it first'],
];

/** What a file is that is no text, and what to do; undefined for text. */
function kindOfBinary(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 4096);
  const known = signatures.find(([beginning]) => start.startsWith(beginning));
  if (known) return known[1];
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(start)) return `a web page or XML, not a CSV. ${save}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
  const controls = start.match(/[\x00-\x08\x0e-\x19\x1c-\x1f]/g)?.length ?? 0;
  if (controls > 3 && controls * 20 > start.length) return `not text (or UTF-16 without its mark). ${save}`;
  return undefined;
}

// 0x80 to 0x9F, where Windows-1252 is not Latin-1; the five bytes that it leaves free stay as they are.
const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

// Not through TextDecoder: some releases of Node.js take Windows-1252 for Latin-1.
const windows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => high.charAt(char.charCodeAt(0) - 0x80));
