import { groupBy } from '../../group-by.js';
import { statuses } from '../../queries/reconciliation.js';
import { bars } from '../charts/bars.js';
import { type Cell, columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { csvPath, type Page } from '../page.js';

const path = 'quality.html';

/** How much is known, how well, and what does not agree. */
export function qualityPage(book: Book): Page {
  const held = heldOf(book.reconciled);
  const count = (status: string) => held.filter((row) => row.status === status).length;
  return {
    path,
    title: `${count('agrees')} of ${held.length} published figures that can be computed agree; ${count('disagrees')} disagree`,
    lead: [
      [
        'What is published and what is computed from it are held against each other, figure by figure. What no source gives is marked, and never guessed.',
      ],
    ],
    sections: [
      { id: 'evidence', heading: 'What ratings rest on', blocks: [{ figure: evidence(book) }] },
      {
        id: 'reconciliation',
        heading: 'Published and computed',
        blocks: [
          { figure: reconciled(book) },
          {
            table: {
              caption: 'Figures that do not plainly agree',
              columns: columns('Inspection', 'Figure', 'Published', 'Computed', 'How they stand', 'Why'),
              rows: held
                .filter(({ status }) => status !== 'agrees')
                .map((row): Cell[] => [
                  {
                    text: `${row.service}, ${row.fieldwork_start?.slice(0, 4) ?? '[x]'}`,
                    to: book.inspectionPaths.get(row.inspection_id) as string,
                  },
                  `${row.level} ${row.code}`,
                  row.published,
                  row.computed,
                  row.status,
                  row.explanation,
                ]),
              isSortable: true,
            },
          },
        ],
      },
    ],
  };
}

const heldOf = (rows: Book['reconciled']) => rows.filter(({ status }) => status !== 'not computable');

function evidence(book: Book): Figure {
  const grades = [...groupBy(book.inspections, ({ evidence }) => evidence ?? 'nothing known')].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const all = book.inspections.length;
  const title = grades[0]
    ? `For ${grades[0][1].length} of ${all} inspections, the best that is known: ${grades[0][0]}`
    : 'No inspection is known';
  return {
    id: 'evidence-chart',
    title,
    subtitle: `Inspections by the best evidence of them: case answers, then published counts, then published percentages, then ratings only. ${book.source}`,
    chart:
      grades.length === 0
        ? null
        : bars(
            `${title}. ${grades.map(([grade, rows]) => `${grade}: ${rows.length}`).join('; ')}.`,
            grades.map(([grade, rows]) => ({
              label: grade,
              parts: [{ letters: '', count: rows.length, colour: '#c3d6ec' }],
            })),
            'Inspections',
          ),
    table: {
      caption: 'Inspections by the best that is known of them',
      columns: columns('Evidence', '#Inspections'),
      rows: grades.map(([grade, rows]): Cell[] => [grade, `${rows.length} of ${all}`]),
    },
    csv: csvPath(path, 'evidence'),
  };
}

function reconciled(book: Book): Figure {
  const levels = [...groupBy(book.reconciled, ({ level }) => level)];
  const shown = levels
    .map(([level, rows]) => ({ level, held: heldOf(rows) }))
    .filter(({ held }) => held.length > 0);
  const worst = [...shown].sort(
    (a, b) => notPlain(b.held) / b.held.length - notPlain(a.held) / a.held.length,
  )[0];
  const title = worst
    ? `Fewest agree plainly at the level ${worst.level}: ${worst.held.length - notPlain(worst.held)} of ${worst.held.length}`
    : 'Nothing published can be computed';
  return {
    id: 'reconciliation-chart',
    title,
    subtitle: `Published figures that can be computed, by how they stand to what is computed, in percent of each level. ${book.source}`,
    chart:
      shown.length === 0
        ? null
        : bars(
            `${title}. ${shown.map(({ level, held }) => `${level}: ${statuses.map((status) => `${held.filter((row) => row.status === status).length} ${status}`).join(', ')}`).join('; ')}.`,
            shown.map(({ level, held }) => {
              const disagreeing = held.filter(({ status }) => status === 'disagrees').length;
              return {
                label: level,
                parts: [
                  { letters: 'agree', count: held.length - notPlain(held), colour: '#c3d6ec' },
                  { letters: 'explained', count: notPlain(held) - disagreeing, colour: '#ffffff' },
                  { letters: 'disagree', count: disagreeing, colour: '#a63a1e' },
                ],
              };
            }),
            'Percent of the figures',
            { areShares: true },
          ),
    table: {
      caption: 'Published figures by level and by how they stand to what is computed',
      columns: columns('Level', ...statuses.map((status) => `#${status}`)),
      rows: levels.map(([level, rows]): Cell[] => [
        level,
        ...statuses.map((status) => rows.filter((row) => row.status === status).length),
      ]),
    },
    csv: csvPath(path, 'reconciliation'),
  };
}

/** Those that do not agree plainly: truncated, on another base, by discretion, or not at all. */
const notPlain = (rows: Book['reconciled']): number =>
  rows.filter(({ status }) => status !== 'agrees').length;
