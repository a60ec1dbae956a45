import { distance } from 'fastest-levenshtein';
import { plain } from '../../../names.js';
import type { Place, ReportLine } from '../../report-document.js';
import { nearestAuthority } from '../area.js';
import { isNear } from '../near.js';

const title = 'an inspection of youth offending services in';

const titles = [
  title,
  'an inspection of youth justice services in',
  'an inspection of the youth offending service in',
];

/** The title on the first pages, with the area in the same line or in the next one. */
export function headingArea(
  lines: readonly ReportLine[],
): { title: string; area: string; line: ReportLine; at: ReportLine } | undefined {
  for (const [at, line] of lines.slice(0, 60).entries()) {
    const text = line.text.trim();
    for (const wanted of titles) {
      const rest = behindTitle(text, wanted);
      if (rest === undefined) continue;
      const printed = `${wanted.charAt(0).toUpperCase()}${wanted.slice(1)}`;
      const next = lines.slice(at + 1, at + 4).find((one) => one.text.trim() !== '');
      const area = (rest || next?.text || '').replace(/^\W+|[\s:*]+$/g, '');
      if (area !== '' && area.length < 80)
        return { title: printed, area, line, at: rest ? line : (next ?? line) };
    }
  }
  return undefined;
}

/** What a line says behind a title, damaged by a letter or two of each word; undefined when it is another line. */
function behindTitle(text: string, wanted: string): string | undefined {
  const words = text.split(/\s+/);
  const count = wanted.split(' ').length;
  const ways = [count, count - 1, count + 1].map((end) => ({
    rest: words.slice(end).join(' '),
    steps: distance(words.slice(0, end).join(' ').toLowerCase(), wanted),
  }));
  const [best] = ways.sort((one, other) => one.steps - other.steps);
  return best && best.steps <= 4 ? best.rest : undefined;
}

/** Areas that the report speaks of as its own, the one that most places agree on first. */
export function areasOf(
  lines: readonly ReportLine[],
  head: ReturnType<typeof headingArea>,
): { text: string; line: ReportLine; others: Place[] }[] {
  const said: { text: string; line: ReportLine; weight: number }[] = [];
  if (head) said.push({ text: head.area, line: head.at, weight: 3 });
  const inText = [
    /quality of youth (?:offending|justice) services in ([A-Z][^.,;]{2,60})\./g,
    /youth offending services?: ([A-Z][^.,;]{2,60}?) (?:YOS|YOT|YJS|YJP)\b/gi,
    /youth (?:offending|justice) work in ([A-Z][^.,;]{2,60}) is rated/g,
  ];
  for (const line of lines)
    for (const pattern of inText)
      for (const [, text] of line.text.matchAll(pattern))
        said.push({ text: (text as string).trim(), line, weight: 2 });
  const groups = new Map<string, typeof said>();
  for (const one of said) {
    // A damaged name is that of the authority that it is near to.
    const key = plain(nearestAuthority(one.text)?.name ?? one.text);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .map((group) => {
      const [first] = [...group].sort(
        (one, other) =>
          (nearestAuthority(one.text)?.steps ?? 9) - (nearestAuthority(other.text)?.steps ?? 9) ||
          other.weight - one.weight,
      ) as [(typeof said)[number]];
      const others = group.filter((one) => one !== first).map(({ line }) => line.place);
      return { ...first, others, weight: group.reduce((sum, { weight }) => sum + weight, 0) };
    })
    .sort((one, other) => other.weight - one.weight);
}

/** An area as most places of the report spell it: titles, running heads, the ratings page and the text. */
export function agreed(
  area: { text: string; line: ReportLine; others: Place[] },
  lines: readonly ReportLine[],
): { text: string; line: ReportLine; others: Place[] } {
  const wanted = plain(area.text);
  const size = area.text.split(/\s+/).length;
  const spellings = new Map<string, ReportLine[]>();
  for (const line of lines) {
    const words = (line.text.match(/&|[\p{L}][\p{L}’'-]*/gu) ?? []).map((word) =>
      word.replace(/['’]s?$/, ''),
    );
    for (const count of [size, size - 1, size + 1])
      for (let at = 0; count > 0 && at + count <= words.length; at++) {
        const text = words.slice(at, at + count).join(' ');
        // Of another number of words it is the same with a blank lost, or one too many.
        const isSame =
          count === size
            ? isNear(plain(text), wanted, Math.max(1, Math.floor(wanted.length / 3)))
            : joined(text) === joined(area.text);
        if (/^\p{Lu}/u.test(text) && isSame) spellings.set(text, [...(spellings.get(text) ?? []), line]);
      }
  }
  // What is more letters away is the same only where much of the report has it.
  const isFar = (text: string) => joined(text) !== joined(area.text) && !isNear(plain(text), wanted);
  const [best] = [...spellings]
    .filter(([text, places]) => places.length >= 4 || !isFar(text))
    .sort(([, one], [, other]) => other.length - one.length);
  const own = spellings.get(area.text)?.length ?? 0;
  if (!best || best[1].length < 2 || best[1].length < own) return area;
  const [text, found] = own === best[1].length ? [area.text, spellings.get(area.text) ?? []] : best;
  const line = text === area.text ? area.line : (found[0] as ReportLine);
  return { text, line, others: found.filter((one) => one !== line).map(({ place }) => place) };
}

const joined = (text: string): string => plain(text).replaceAll(' ', '');
