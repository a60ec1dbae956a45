import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** A chart drawn twice, each with letters of a real size: for a screen as wide as a page, and for a telephone. */
export interface Chart {
  wide: string;
  narrow: string;
}

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** What a letter of a chart takes in pixels, about. */
export const letterWidth = 7.2;

/** Rows of a chart with labels of which no two are the same: those that would be say their edition. */
export const distinct = <Row extends { label: string; edition?: string }>(rows: readonly Row[]): Row[] =>
  rows.map((row) => {
    const isTwice = rows.filter(({ label }) => label === row.label).length > 1;
    return isTwice ? { ...row, label: `${row.label} (${row.edition})` } : row;
  });

/** Draws a chart at both widths; its text is what a screen reader says of it. */
export function draw(
  says: string,
  plotAt: (width: number, isNarrow: boolean) => Plot.PlotOptions,
  wide = 600,
): Chart {
  const at = (name: keyof Chart, width: number): string => {
    const svg = Plot.plot({
      ...plotAt(width, name === 'narrow'),
      width,
      document: document as never,
      className: 'plot',
      style: { fontSize: '13px' },
    });
    svg.querySelector('style')?.remove();
    // What it shows stands in its text and its table; the parts are no news to a screen reader.
    for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    for (const part of svg.querySelectorAll('[aria-hidden]')) part.removeAttribute('aria-hidden');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', says);
    svg.setAttribute('class', `plot ${name}`);
    return svg.outerHTML;
  };
  return { wide: at('wide', wide), narrow: at('narrow', 320) };
}
