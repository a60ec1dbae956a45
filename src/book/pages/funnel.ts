import { type FunnelPoint, funnel } from '../charts/funnel.js';
import { type Cell, columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { csvPath, type Page } from '../page.js';
import { interval } from '../words.js';
import { titleOf } from './standard-title.js';

const isCounted = (row: Book['keyQuestions'][number]) => row.yes !== null && (row.relevant ?? 0) > 0;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Services by their share of yes to a key question; undefined where fewer than two have counts. */
export function funnelOf(book: Book, path: string, edition: string, question: string): Figure | undefined {
  const all = book.keyQuestionsByCode.get(`${edition} ${question}`) ?? [];
  const rows = all.filter(isCounted);
  if (rows.length < 2) return undefined;
  const pooled = book.share(
    sum(rows.map(({ yes }) => yes as number)),
    sum(rows.map(({ relevant }) => relevant as number)),
  );
  const share = (100 * pooled.yes) / pooled.among;
  const widest = book.levels.at(-1)?.level ?? book.level;
  const points: (FunnelPoint & { row: (typeof rows)[number] })[] = rows.map((row) => ({
    row,
    label: row.service,
    cases: row.relevant as number,
    percent: (100 * (row.yes as number)) / (row.relevant as number),
    isOutside: (row.relevant_low_95 ?? 0) > share || (row.relevant_high_95 ?? 100) < share,
  }));
  const outside = points.filter(({ isOutside }) => isOutside);
  const title = `${question}: ${outside.length === 0 ? 'no service' : outside.length === 1 ? '1 service' : `${outside.length} services`} of ${points.length} outside the limits of ${widest}%`;
  return {
    id: `funnel-${edition}-${question}`.replaceAll('.', '-'),
    title,
    subtitle: `${rows[0]?.text} Yes in percent of relevant cases, ${edition} edition; the line is all together, ${pooled.percent}% (${pooled.yes} of ${pooled.among}). Inspections whose counts are known: ${rows.length} of ${all.length}. ${book.source}`,
    chart: funnel(
      `${title}. All together ${pooled.percent}%. Outside: ${outside.map(({ label }) => label).join(', ') || 'none'}.`,
      points,
      share,
      book.levels,
    ),
    table: {
      caption: `Share of yes to ${question} of the ${edition} edition, by inspection`,
      columns: columns(
        'Service',
        'Year',
        '#Yes of relevant cases',
        '#%',
        `#${book.level}% interval`,
        `Limits of ${widest}%`,
        'Rests on',
      ),
      rows: points.map(({ row, isOutside }): Cell[] => [
        { text: row.service, to: book.inspectionPaths.get(row.inspection_id) as string },
        String(row.year),
        `${row.yes} of ${row.relevant}`,
        row.percent_of_relevant,
        interval(row.relevant_low, row.relevant_high),
        isOutside ? 'outside' : 'within',
        row.evidence ?? '[x]',
      ]),
      isSortable: true,
    },
    csv: csvPath(path, `funnel-${edition}-${question}`),
  };
}

/** What a funnel says, with that of the key question that most inspections have counts of. */
export function funnelPage(book: Book): Page {
  const path = 'funnel.html';
  const counted = [...book.keyQuestionsByCode]
    .map(([key, rows]) => ({
      key,
      known: rows.filter(isCounted).length,
    }))
    .filter(({ known }) => known > 1)
    .sort((a, b) => b.known - a.known);
  const [edition, question] = counted[0]?.key.split(' ') ?? [];
  const figure = edition && question ? funnelOf(book, path, edition, question) : undefined;
  const [narrower, wider] = book.levels.map(({ level }) => level);
  return {
    path,
    title: 'Services in a funnel',
    lead: [
      [
        'A service with few cases is high or low by chance more often than one with many. A funnel shows how much of the difference chance alone explains: services within the lines do not differ from all together by more than that.',
      ],
    ],
    sections: [
      {
        id: 'example',
        heading: figure ? 'The key question that most is known of' : 'Nothing to show yet',
        blocks: figure
          ? [{ figure }]
          : [
              {
                text: [
                  'No two inspections have counts of the same key question. A report that prints percentages alone says nothing of how many cases were relevant.',
                ],
              },
            ],
      },
      {
        id: 'reading',
        heading: 'How to read it',
        blocks: [
          {
            list: [
              [
                `Each mark is an inspection: to the right, more relevant cases; upwards, more of them answered yes. Circles lie within the limits of ${wider}%, triangles outside.`,
              ],
              [
                `Between the dotted lines lie ${narrower} of 100 services, between the dashed ones ${wider} of 100, if nothing but chance moves them about the share of all.`,
              ],
              ['Of many services some lie outside by chance. Outside is a reason to look, and no judgement.'],
              [
                'Inspections whose counts are not known are left out, never guessed; the subtitle says how many.',
              ],
            ],
          },
        ],
      },
      {
        id: 'more',
        heading: 'Funnels of other key questions',
        blocks: [
          {
            list: book.standards
              .filter(({ standard }) =>
                counted.some(({ key }) => key.split(' ')[1]?.startsWith(`${standard}.`)),
              )
              .map((standard) => [{ text: titleOf(standard), to: `${standard.path}#funnels` }]),
          },
        ],
      },
    ],
  };
}
