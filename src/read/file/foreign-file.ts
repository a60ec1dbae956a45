const picture =
  'a picture. Its words have to be recognised first: a report is read from a PDF with text, a text or a web page';
const word = 'Save it as PDF or plain text, and read that';

/** What a file is by its first bytes, and what to do with it. */
const signatures: [bytes: string, kind: string][] = [
  [
    'PK\x03\x04',
    'a Word document, a workbook or another zip file. Save it as PDF or plain text, or unpack it, and read that',
  ],
  ['PK\x05\x06', 'an empty zip file'],
  ['\xd0\xcf\x11\xe0', `a document of an old Word or Excel. ${word}`],
  ['\x89PNG', picture],
  ['\xff\xd8\xff', picture],
  ['GIF8', picture],
  ['II*\x00', picture],
  ['MM\x00*', picture],
  ['\x1f\x8b', 'compressed (gzip). Unpack it first'],
  ['BZh', 'compressed (bzip2). Unpack it first'],
  ['\xfd7zXZ', 'compressed (xz). Unpack it first'],
  ['7z\xbc\xaf', 'compressed (7z). Unpack it first'],
  ['Rar!', 'compressed (rar). Unpack it first'],
  ['\x7fELF', 'a program'],
  ['MZ', 'a program of Windows'],
  ['{\\rtf', `rich text (.rtf). ${word}`],
  ['%!PS', 'PostScript. Turn it into a PDF, and read that'],
  ['SQLite format 3', 'a database'],
];

/** What a file is that is neither text nor PDF, and what to do; undefined for text. Judged by its first bytes. */
export function foreignKind(beginning: Buffer): string | undefined {
  const start = beginning.toString('latin1', 0, 4096);
  const known = signatures.find(([bytes]) => start.startsWith(bytes) && !(bytes === 'MZ' && isText(start)));
  if (known) return known[1];
  if (!isText(start))
    return 'not text and not a PDF. A report is read from its PDF, its web page, or a text made of it';
  return undefined;
}

function isText(start: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
  const controls = start.match(/[\x00-\x07\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return controls <= 3 || controls * 50 <= start.length;
}

/** Where the header of a PDF stands: readers look for it in the first kilobyte. */
export function isPdf(beginning: Buffer): boolean {
  const at = beginning.toString('latin1', 0, 1024).indexOf('%PDF-');
  return at === 0 || (at > 0 && !/[a-z]{3} [a-z]{2}/i.test(beginning.toString('latin1', 0, at)));
}

/** Whether a text is a web page: it begins as one, whatever its name is. */
export const isWebPage = (text: string): boolean =>
  /^\s*(?:<\?xml[^>]{0,200}>\s*|<!--[\s\S]{0,2000}?-->\s*){0,4}<(?:!doctype html|html)\b/i.test(
    text.slice(0, 5000),
  );
