import { groupBy } from '../../group-by.js';
import { statuses } from '../../queries/reconciliation.js';
import { bars } from '../charts/bars.js';
import type { Book } from '../model.js';
import type { Column, Figure, Page } from '../page.js';

/** Published figures beside which one can be computed, with how many of them agree, disagree, or are explained. */
function heldOf(rows: Book['reconciled']) {
  const held = rows.filter(({ status }) => status !== 'not computable');
  const [agree = 0, disagree = 0] = ['agrees', 'disagrees'].map(
    (wanted) => held.filter(({ status }) => status === wanted).length,
  );
  return { all: held.length, agree, disagree, explained: held.length - agree - disagree };
}

/** How much is known, how well, and what does not agree. */
export function qualityPage(book: Book): Page {
  const { agree, all, disagree } = heldOf(book.reconciled);
  const notPlain = book.reconciled.filter(({ status }) => status !== 'agrees' && status !== 'not computable');
  return {
    path: 'quality.html',
    title: `${agree} of ${all} published figures that can be computed agree; ${disagree} disagree`,
    lead: [
      'What is published and what is computed from it are held against each other, figure by figure. What no source gives is marked, and never guessed.',
    ],
    sections: [
      { id: 'evidence', heading: 'What ratings rest on', blocks: [{ figure: evidence(book) }] },
      {
        id: 'reconciliation',
        heading: 'Published and computed',
        blocks: [
          { figure: reconciled(book) },
          {
            table: book.table('Figures that do not plainly agree', notPlain, [
              [
                'Inspection',
                (row) =>
                  book.toInspection(
                    row.inspection_id,
                    `${row.service}, ${book.inspection.get(row.inspection_id)?.year}`,
                  ),
              ],
              ['Figure', (row) => `${row.level} ${row.code}`],
              ['Published', (row) => row.published],
              ['Computed', (row) => row.computed],
              ['How they stand', (row) => row.status],
              ['Why', (row) => row.explanation],
            ]),
          },
        ],
      },
    ],
  };
}

function evidence(book: Book): Figure {
  const grades = [...groupBy(book.inspections, ({ evidence }) => evidence ?? 'nothing known')]
    .map(([grade, { length }]) => ({ grade, count: length }))
    .sort((a, b) => b.count - a.count);
  const all = book.inspections.length;
  const [best] = grades;
  const title = best
    ? `For ${best.count} of ${all} inspections, the best that is known: ${best.grade}`
    : 'No inspection is known';
  return {
    name: 'evidence',
    title,
    subtitle: `Inspections by the best evidence of them: case answers, then published counts, then published percentages, then ratings only. ${book.source}`,
    chart: bars(
      title,
      grades.map(({ grade, count }) => ({
        label: grade,
        parts: [{ name: '', count, colour: '#c3d6ec' }],
      })),
      'Inspections',
    ),
    table: book.table('Inspections by the best that is known of them', grades, [
      ['Evidence', ({ grade }) => grade],
      ['#Inspections', ({ count }) => `${count} of ${all}`],
    ]),
  };
}

function reconciled(book: Book): Figure {
  const levels = [...groupBy(book.reconciled, ({ level }) => level)].map(([level, rows]) => ({
    level,
    rows,
    ...heldOf(rows),
  }));
  const shown = levels.filter(({ all }) => all > 0);
  const [worst] = [...shown].sort((a, b) => a.agree / a.all - b.agree / b.all);
  const title = worst
    ? `Fewest agree plainly at the level ${worst.level}: ${worst.agree} of ${worst.all}`
    : 'Nothing published can be computed';
  return {
    name: 'reconciliation',
    title,
    subtitle: `Published figures that can be computed, by how they stand to what is computed, in percent of each level. ${book.source}`,
    chart: bars(
      title,
      shown.map(({ level, agree, explained, disagree }) => ({
        label: level,
        parts: [
          { name: 'agree', count: agree, colour: '#c3d6ec' },
          { name: 'explained', count: explained, colour: '#ffffff' },
          { name: 'disagree', count: disagree, colour: '#a63a1e' },
        ],
      })),
      'Percent of the figures',
      { areShares: true },
    ),
    table: book.table('Published figures by level and by how they stand to what is computed', levels, [
      ['Level', ({ level }) => level],
      ...statuses.map(
        (wanted): Column<(typeof levels)[number]> => [
          `#${wanted}`,
          ({ rows }) => rows.filter(({ status }) => status === wanted).length,
        ],
      ),
    ]),
  };
}
