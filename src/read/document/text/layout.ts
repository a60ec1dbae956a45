import type { Fragment } from '../assemble/placed-line.js';
import { plainCharacters } from './characters.js';
import type { PhysicalLine } from './physical-lines.js';

/** How far apart lines may be whose columns are held against one another. */
const nearby = 8;
/** Pieces of one line; a table has fewer columns. */
const most = 12;

const figure = /^(?:\d{1,3}(?: ?%)?|n\/a)$/i;

/**
 * The pieces of lines that wide gaps separate, as a converter leaves them that keeps the layout. A gap separates columns where a line
 * near by has a piece at the same place, where a short figure stands behind a wide one, or where a line ends in several figures; else it is a gap among words.
 */
export function layoutFragments(lines: readonly PhysicalLine[]): Fragment[][] {
  const pieces = lines.map(({ raw }) => piecesOf(raw));
  return pieces.map((own, at) => {
    if (own.length < 2) return own;
    const rest = own.slice(1);
    const isColumn = rest.some((piece) => {
      for (let other = Math.max(0, at - nearby); other <= Math.min(pieces.length - 1, at + nearby); other++)
        if (other !== at && (pieces[other]?.length ?? 0) > 1)
          if (pieces[other]?.slice(1).some((candidate) => isAligned(candidate, piece))) return true;
      return false;
    });
    const last = own.at(-1) as Fragment;
    const gap = last.left - (own.at(-2) as Fragment).right;
    // No sentence ends in two figures with gaps before both.
    const areFigures = rest.length > 1 && rest.every(({ text }) => figure.test(text));
    if (isColumn || areFigures || (gap >= 3 && last.text.length <= 24)) return own;
    const [first] = own as [Fragment];
    return [{ left: first.left, right: last.right, text: own.map(({ text }) => text).join(' ') }];
  });
}

function piecesOf(raw: string): Fragment[] {
  const line = plainCharacters(raw);
  const pieces: Fragment[] = [];
  for (const found of line.matchAll(/[^ \t]+(?: [^ \t]+)*/g)) {
    const last = pieces.at(-1);
    if (last && found.index - last.right === 2 && isOneSentence(last.text, found[0])) {
      last.text += ` ${found[0]}`;
      last.right = found.index + found[0].length;
    } else if (pieces.length < most)
      pieces.push({ left: found.index, right: found.index + found[0].length, text: found[0] });
    else (pieces.at(-1) as Fragment).text += ` ${found[0]}`;
  }
  return pieces;
}

/** Whether two blanks between words are one that came twice: a sentence or a bracket goes on behind them. */
const isOneSentence = (before: string, behind: string): boolean =>
  /(?:\S+ ){3}/.test(before) &&
  ((/[\p{L},]$/u.test(before) && /^\p{Ll}+[ ,.;]/u.test(behind)) ||
    (/\([^()]*$/.test(before) && /^[^()]*\)/.test(behind)));

const isAligned = (one: Fragment, other: Fragment) =>
  Math.abs(one.left - other.left) <= 2 ||
  Math.abs(one.right - other.right) <= 2 ||
  Math.abs(one.left + one.right - other.left - other.right) <= 4;
