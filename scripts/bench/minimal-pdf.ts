import { deflateSync } from 'node:zlib';

/** The content of a page, in PDF's own operators; `packed` is taken as it is, and has to be deflated. */
export type PageContent = string | { packed: Buffer };

/** A PDF with a page for each content, in Helvetica (/F1) and its bold (/F2), the least that a reader takes for one. */
export function minimalPdf(contents: readonly PageContent[]): Buffer {
  const kids = contents.map((_, at) => `${5 + at * 2} 0 R`).join(' ');
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects: (string | Buffer)[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
  ];
  for (const [at, content] of contents.entries()) {
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${6 + at * 2} 0 R >>`,
    );
    const data = typeof content === 'string' ? deflateSync(Buffer.from(content, 'latin1')) : content.packed;
    objects.push(
      Buffer.concat([
        Buffer.from(`<< /Length ${data.length} /Filter /FlateDecode >>\nstream\n`),
        data,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  return written(objects);
}

function written(objects: readonly (string | Buffer)[]): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  let length = (parts[0] as Buffer).length;
  const offsets: number[] = [];
  for (const [at, object] of objects.entries()) {
    const part = Buffer.concat([
      Buffer.from(`${at + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]);
    offsets.push(length);
    parts.push(part);
    length += part.length;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** Words at a place of a page, in points from its left and lower edge. */
export const shown = (
  text: string,
  { x, y, size = 11, font = 'F1' }: { x: number; y: number; size?: number; font?: string },
) => `BT /${font} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text.replace(/[\\()]/g, '\\$&')}) Tj ET\n`;
