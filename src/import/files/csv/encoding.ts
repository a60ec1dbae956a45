import { isUtf8 } from 'node:buffer';
import { UserError } from '../../../problem.js';

export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

/** The text of a table, and its encoding. Throws a UserError for what is no text. */
export function tableText(file: string, bytes: Buffer): { encoding: Encoding; text: string } {
  const read = decoded(bytes);
  if (read.encoding !== 'UTF-16' && isNoTable(bytes))
    throw new UserError(
      `${file} can't be read: it is no CSV, but a workbook (.xlsx, .ods, .xls), an archive, a PDF, a web page, or no text. Open it in the program that made it, and save the sheet as CSV (UTF-8).`,
    );
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

/** Whether bytes begin as a zip file, an old workbook, a PDF, gzip or a web page do, or have what no text has. */
function isNoTable(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 4096);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
  const controls = start.match(/[\x00-\x08\x0e-\x19\x1c-\x1f]/g)?.length ?? 0;
  const isBinary = controls > 3 && controls * 20 > start.length;
  const known = ['PK\x03\x04', '\xd0\xcf\x11\xe0', '%PDF', '\x1f\x8b'];
  return (
    isBinary ||
    known.some((beginning) => start.startsWith(beginning)) ||
    /^\s*<(?:!doctype|html|table|\?xml)/i.test(start)
  );
}

// 0x80 to 0x9F, where Windows-1252 is not Latin-1; the five bytes that it leaves free stay as they are.
const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

// Not through TextDecoder: some releases of Node.js take Windows-1252 for Latin-1.
const windows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => high.charAt(char.charCodeAt(0) - 0x80));
