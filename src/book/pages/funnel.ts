import { groupBy } from '../../group-by.js';
import { funnel } from '../charts/funnel.js';
import type { Book } from '../model.js';
import type { Figure, Page } from '../page.js';
import { plural } from '../words.js';

const isCounted = ({ yes, relevant }: Book['keyQuestions'][number]) => yes !== null && (relevant ?? 0) > 0;

/** Services by their share of yes to a key question; none where fewer than two have counts. */
export function funnelsOf(book: Book, edition: string, question: string): Figure[] {
  const all = book.keyQuestions.filter((row) => row.edition === edition && row.key_question === question);
  const rows = all
    .filter(isCounted)
    .map((row) => ({ ...row, yes: row.yes ?? 0, relevant: row.relevant ?? 0 }));
  if (rows.length < 2) return [];
  const pooled = book.share(
    rows.reduce((sum, { yes }) => sum + yes, 0),
    rows.reduce((sum, { relevant }) => sum + relevant, 0),
  );
  const share = (100 * pooled.yes) / pooled.among;
  const widest = book.levels.at(-1)?.level;
  const points = rows.map((row) => ({
    ...row,
    cases: row.relevant,
    exact: (100 * row.yes) / row.relevant,
    isOutside: (row.relevant_low_95 ?? 0) > share || (row.relevant_high_95 ?? 100) < share,
  }));
  const outside = points.filter(({ isOutside }) => isOutside);
  const title = `${question}: ${outside.length === 0 ? 'no service' : plural(outside.length, 'service')} of ${points.length} outside the limits of ${widest}%`;
  return [
    {
      name: `funnel-${edition}-${question}`,
      title,
      subtitle: `${rows[0]?.text} Yes in percent of relevant cases, ${edition} edition; the line is all together, ${pooled.percent}% (${pooled.of}). Inspections whose counts are known: ${rows.length} of ${all.length}. ${book.source}`,
      chart: funnel(
        `${title}. All together ${pooled.percent}%. Outside: ${outside.map(({ service }) => service).join(', ') || 'none'}.`,
        points,
        share,
        book.levels,
      ),
      table: book.table(`Share of yes to ${question} of the ${edition} edition, by inspection`, points, [
        ['Service', ({ service, inspection_id }) => book.toInspection(inspection_id, service)],
        ['Year', ({ year }) => String(year)],
        [
          '%Yes of relevant cases',
          (row) => ({
            of: `${row.yes} of ${row.relevant}`,
            percent: row.percent_of_relevant,
            low: row.relevant_low,
            high: row.relevant_high,
          }),
        ],
        [`Limits of ${widest}%`, ({ isOutside }) => (isOutside ? 'outside' : 'within')],
        ['Rests on', ({ evidence }) => evidence ?? '[x]'],
      ]),
    },
  ];
}

/** What a funnel says, with that of the key question that most inspections have counts of. */
export function funnelPage(book: Book): Page {
  const counted = groupBy(book.keyQuestions.filter(isCounted), (row) => `${row.edition} ${row.key_question}`);
  const shown = [...counted.values()].filter((rows) => rows.length > 1).sort((a, b) => b.length - a.length);
  const [most] = shown[0] ?? [];
  const figures = most ? funnelsOf(book, most.edition, most.key_question) : [];
  const others = book.standards.filter(({ standard }) => shown.some(([row]) => row?.standard === standard));
  return {
    path: 'funnel.html',
    title: 'Services in a funnel',
    lead: [
      'A service with few cases is high or low by chance more often than one with many. A funnel shows how much of the difference chance alone explains: services within the lines do not differ from all together by more than that.',
    ],
    sections: [
      {
        id: 'example',
        heading: 'The key question that most is known of',
        blocks: figures.map((figure) => ({ figure })),
      },
      { id: 'reading', heading: 'How to read it', blocks: [{ template: 'reading-a-funnel' }] },
      {
        id: 'more',
        heading: 'Funnels of other key questions',
        blocks: [{ list: others.map(({ title, path }) => [{ text: title, to: `${path}#funnels` }]) }],
      },
    ],
  };
}
