import { distance } from 'fastest-levenshtein';

/** The tags of a table's row as they should be, with or without attributes. */
const rowTag = /<(\/?)(tr|td|th)(?:\s[^<>]{0,500})?>/gi;
const rowTags = 2;
/** A line longer than this is no row. */
const longestRow = 20_000;

/**
 * A line of HTML with the tags of its table's row mended: a row in one line is `<tr><td>…</td><td>…</td></tr>`, so what stands where a tag
 * has to stand, and is one but for a letter or two, is that tag. A digit that got into a tag may be one of the cell's figure: it is put back
 * with a question mark, so that the figure is none. A line with nothing amiss comes back as it was.
 */
export function withMendedTags(raw: string): string {
  if (raw.length > longestRow || !/[<>]/.test(raw)) return raw;
  const trimmed = raw.trim();
  if (trimmed.length <= 12 && !/\s/.test(trimmed)) return tableTag(trimmed) ?? raw;
  const tags = [...raw.matchAll(rowTag)];
  if (tags.length < rowTags || !/^.{0,3}tr?.{0,3}[<>]/.test(trimmed)) return raw;
  const name =
    tags.filter(([, , each]) => each?.toLowerCase() === 'th').length * 2 > tags.length ? 'th' : 'td';
  return mendedRow(raw, tags, name);
}

/** A line that is the beginning or end of a table but for a letter or two. */
function tableTag(text: string): string | undefined {
  if (/^<\/?[a-z]+[1-6]?>$/i.test(text) && /^<\/?(?:thead|tbody|tfoot|table)>$/i.test(text)) return undefined;
  const wanted = ['<table>', '</table>'];
  const [best] = wanted
    .map((tag) => ({ tag, away: distance(text.toLowerCase(), tag) }))
    .sort((a, b) => a.away - b.away);
  return best && best.away > 0 && best.away <= 2 ? best.tag : undefined;
}

type State = 'outside' | 'in row' | 'in cell';

function mendedRow(raw: string, tags: RegExpMatchArray[], name: 'td' | 'th'): string {
  const [open, close] = [`<${name}>`, `</${name}>`];
  let state: State = 'outside';
  let made = '';
  let from = 0;
  const text = (source: string, next: RegExpMatchArray | undefined) => {
    let rest = source;
    if (state === 'outside' && rest.trim() !== '' && next) {
      const begin = beginning(rest.trimStart(), '<tr>');
      if (begin) {
        made += `<tr>${begin.digits}`;
        rest = rest.trimStart().slice(begin.length);
        state = 'in row';
      }
    }
    if (state === 'in row' && rest.trim() !== '') {
      const begin = beginning(rest, open);
      if (begin) {
        made += open + begin.digits;
        rest = rest.slice(begin.length);
        state = 'in cell';
      }
    }
    if (state !== 'in cell') {
      made += rest;
      return;
    }
    for (let pair = between(rest, close + open); pair; pair = between(rest, close + open)) {
      made += rest.slice(0, pair.at) + pair.digits + close + open + pair.digits;
      rest = rest.slice(pair.at + pair.length);
    }
    const isClosed = next?.[1] === '/' && next[2]?.toLowerCase() !== 'tr';
    const end = isClosed ? undefined : ending(rest, next ? close : '</tr>');
    if (end) {
      made += rest.slice(0, rest.length - end.length) + end.digits + (next ? close : '</tr>');
      state = next ? 'in row' : 'outside';
    } else made += rest;
  };
  for (const [at, tag] of tags.entries()) {
    text(raw.slice(from, tag.index), tag);
    from = (tag.index as number) + tag[0].length;
    const isClose = tag[1] === '/';
    const isRow = tag[2]?.toLowerCase() === 'tr';
    const next = tags[at + 1];
    const isFollowed = next !== undefined && next.index === from;
    if (isRow) {
      made += tag[0];
      state = isClose ? 'outside' : 'in row';
    } else if (!isClose && state === 'in cell' && isFollowed && (next[1] !== '/' || next[2] === 'tr')) {
      // The slash of a closing tag is gone.
      made += close;
      state = 'in row';
    } else if (isClose && state === 'in row') {
      // An opening tag with a slash too many, unless it closes a cell that is closed already.
      if (!isFollowed) {
        made += open;
        state = 'in cell';
      }
    } else {
      made += tag[0];
      state = isClose ? 'in row' : 'in cell';
    }
  }
  const rest = raw.slice(from);
  if (state === 'in row' && rest.trim() !== '' && ending(rest, '</tr>')?.length === rest.trim().length)
    return `${made}</tr>`;
  text(rest, undefined);
  return made;
}

/** What is left of a tag: how many characters, and the digits among them as a mark of doubt. */
interface Remnant {
  length: number;
  digits: string;
}

const most = 2;
const asDoubt = (text: string) => {
  const digits = text.replace(/\D/g, '');
  return digits && `${digits}?`;
};

function nearest(candidates: string[], tag: string): Remnant | undefined {
  const [best] = candidates
    .filter((text) => /[<>/]|^.?t[dhr].?$/.test(text))
    .map((text) => ({ text, away: distance(text.toLowerCase(), tag) }))
    .filter(({ away, text }) => away <= Math.min(most, text.length - 2))
    .sort((a, b) => a.away - b.away || brackets(b.text) - brackets(a.text));
  return best && { length: best.text.length, digits: asDoubt(best.text) };
}

/** Of two remnants that are as near, the one with its brackets is the tag. */
const brackets = (text: string) => text.replace(/[^<>]/g, '').length;

const lengths = (tag: string) => [-2, -1, 0, 1, 2].map((more) => tag.length + more);

const beginning = (text: string, tag: string) =>
  nearest(
    lengths(tag).map((length) => text.slice(0, length)),
    tag,
  );

const ending = (text: string, tag: string) =>
  nearest(
    lengths(tag).map((length) => text.trimEnd().slice(-length)),
    tag,
  );

/** A closing and an opening tag in the midst of a cell: that are two cells. */
function between(text: string, tags: string): (Remnant & { at: number }) | undefined {
  if (!/[<>]/.test(text)) return undefined;
  let best: (Remnant & { at: number; away: number }) | undefined;
  for (let at = 0; at < text.length; at++) {
    // Only where a sign of a tag is near.
    if (!/[<>]/.test(text.slice(at, at + 4))) continue;
    for (const length of lengths(tags)) {
      const piece = text.slice(at, at + length);
      const away = distance(piece.toLowerCase(), tags);
      if (away <= most && away < (best?.away ?? 9))
        best = { at, length: piece.length, digits: asDoubt(piece), away };
    }
  }
  return best;
}
