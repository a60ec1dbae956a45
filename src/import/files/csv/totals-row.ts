const totals = /^(?:grand )?totals? ?:?$|^sum ?:?$/i;
const number = /^[-+]?[\d ,.]*\d[\d ,.]*%?$/;

/**
 * True for a row that sums up those above it: its first cell says so ("Total", "Totals:", "Grand total", "Sum")
 * and what is filled in beside it is not words alone, or is empty and all beside it are numbers. Cells are trimmed, as batches give them.
 */
export function isTotalsRow(row: string[]): boolean {
  const label = row[0] ?? '';
  const filled = row.slice(1).filter((cell) => cell !== '');
  if (label === '') return filled.length > 0 && filled.every((cell) => number.test(cell));
  // a case may be called Sum: what stands beside it are words then
  const mayBeSums = filled.length === 0 || filled.some((cell) => number.test(cell));
  return label.length < 15 && totals.test(label) && mayBeSums;
}
