const save = 'Save it as PDF or plain text, and read that';
const picture =
  'a picture. Its words have to be recognised first: a report is read from a PDF with text, a text or a web page';

/** What a file is by its first bytes, and what to do with it. */
const signatures: [bytes: string[], kind: string][] = [
  [['PK\x03\x04', 'PK\x05\x06'], `a Word document, a workbook or another zip file. ${save}`],
  [['\xd0\xcf\x11\xe0'], `a document of an old Word or Excel. ${save}`],
  [['\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\x00', 'MM\x00*'], picture],
  [['\x1f\x8b'], 'compressed (gzip). Unpack it first'],
  [['BZh', '\xfd7zXZ', '7z\xbc\xaf', 'Rar!'], 'compressed. Unpack it first'],
  [['{\\rtf'], `rich text (.rtf). ${save}`],
  [['%!PS'], 'PostScript. Turn it into a PDF, and read that'],
];

/** What a file is that is neither text nor PDF, and what to do; undefined for text. Judged by its first bytes. */
export function foreignKind(beginning: Buffer): string | undefined {
  const start = beginning.toString('latin1', 0, 4096);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
  const controls = start.match(/[\x00-\x07\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  const isText = controls <= 3 || controls * 50 <= start.length;
  const other = 'not text and not a PDF. A report is read from its PDF, its web page, or a text made of it';
  const known = signatures.find(([all]) => all.some((bytes) => start.startsWith(bytes)));
  return known?.[1] ?? (isText ? undefined : other);
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
