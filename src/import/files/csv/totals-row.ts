const totals = /^(?:grand )?totals? ?:?$|^sum ?:?$/i;
const number = /^[-+]?[\d ,.]*\d[\d ,.]*%?$/;

/**
 * True for a row that sums up those above it: its first cell says so ("Total", "Totals:", "Grand total", "Sum"), or is
 * empty and all that is filled in beside it are numbers. Cells are trimmed, as batches give them.
 */
export function isTotalsRow(row: string[]): boolean {
  const label = row[0] ?? '';
  if (label !== '') return label.length < 15 && totals.test(label);
  const filled = row.filter((cell) => cell !== '');
  return filled.length > 0 && filled.every((cell) => number.test(cell));
}
