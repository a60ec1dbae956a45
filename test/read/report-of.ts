import type { ReportDocument, ReportLine } from '../../src/read/report-document.js';

/** A text as a document, as far as tests of structure and figures need it: tabs part cells, `#` and `**` make headings. */
export function reportOf(text: string): ReportDocument {
  const lines = text.split('\n').flatMap((raw, at): ReportLine[] => {
    const markup = /^(#+) /.exec(raw);
    const footnote = /^\s*(?:([¹²³⁴⁵⁶⁷⁸⁹⁰]+)|<sup>(\d+)<\/sup>|\$\^\{[^0-9]*(\d+)[^0-9]*\}\$)\s*/.exec(raw);
    const mark = footnote && (footnote[1] ? plainDigits(footnote[1]) : (footnote[2] ?? footnote[3]));
    const bullet = /^\s*(?:[-•*] )/.test(raw);
    const body = footnote ? raw.slice(footnote[0].length) : raw;
    const marks: ReportLine['marks'] = [];
    const cells = body.split('\t').map((each, cell) =>
      each
        .replaceAll(/<sup>(\d+)<\/sup>|(?<=\S)\s?([¹²³⁴⁵⁶⁷⁸⁹⁰]+)/g, (_, html, script) => {
          marks.push({ mark: html ?? plainDigits(script), cell });
          return '';
        })
        .replaceAll(/<\/?\w+>|\*\*/g, '')
        .replaceAll(/[‘’]/g, "'")
        .replace(/^#+ /, '')
        .replace(/^\s*[-•*] /, '')
        .trim(),
    );
    const plain = cells.join(' ').replaceAll(/\s+/g, ' ').trim();
    if (!plain || /^[-\s]+$/.test(plain)) return [];
    return [
      {
        place: { line: at + 1 },
        raw,
        text: plain,
        cells,
        marks,
        ...(markup && { heading: (markup[1] as string).length }),
        ...(/^\*\*.*\*\*$/.test(raw.trim()) && { bold: true }),
        ...(bullet && { bullet: true }),
        ...(mark && { footnote: mark }),
      },
    ];
  });
  return { file: 'report.txt', kind: 'text', hash: '', lines };
}

const plainDigits = (script: string) => [...script].map((each) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(each)).join('');
