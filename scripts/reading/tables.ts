import { groups } from './compare.js';
import { damageName } from './damage.js';
import { type Counts, type Measured, percent, recall, sum } from './tally.js';

/** What was measured as Markdown tables: by group for each damage, then by style. */
export function measuredTables(all: readonly Measured[]): string[] {
  return [...all.flatMap((measured) => [...byGroup(measured), '']), ...styleTable(all)];
}

function byGroup({ damage, reports, refused, broken, median, longest, groups: counted }: Measured): string[] {
  const rows = groups.filter((group) => Object.values(counted[group]).some((number) => number > 0));
  const trouble = refused + broken > 0 ? `; ${refused} refused, ${broken} broken` : '';
  return [
    `**Damaged characters: ${damageName(damage)}** (${reports} reports, ${median} ms each, ${longest} ms the longest${trouble})`,
    '',
    '| | values | read | recall | wrong | printed so | confirmed | doubted | missing | lost | kept lost |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows.map((group) => row(group, counted[group])),
    row('**all**', sum(rows.map((group) => counted[group]))),
  ];
}

function row(name: string, counts: Counts): string {
  const { right, wrong, withheld, missing, confirmed, unsaid, printedSo } = counts;
  const kept = counts['kept lost'];
  const cells = [
    right + wrong + withheld + missing,
    right,
    percent(recall(counts)),
    wrong,
    printedSo,
    confirmed,
    withheld,
    missing,
    kept + unsaid,
    kept,
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}

/** Recall and wrong values of each style, for each damage. */
export function styleTable(all: readonly Measured[]): string[] {
  const styles = [...new Set(all.flatMap((measured) => Object.keys(measured.styles)))].sort();
  return [
    `| style, edition | ${all.map(({ damage }) => `recall at ${damageName(damage)} | wrong`).join(' | ')} |`,
    `|---|${all.map(() => '--:|--:|').join('')}`,
    ...styles.map((style) => {
      const cells = all.flatMap(({ styles }) => {
        const counts = styles[style];
        return counts ? [percent(recall(counts)), counts.wrong] : ['', ''];
      });
      return `| ${style} | ${cells.join(' | ')} |`;
    }),
  ];
}
