import { countOf, countPattern } from '../../english.js';
import { claim, type Found, type Remark, remark } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';

interface Recommendation {
  line: Line;
  number: number | undefined;
  text: string;
  to: { text: string; line: Line } | undefined;
}

/** Recommendations with those whom they are addressed to. */
export function recommendationClaims({ lines, where }: Outline): Found[] {
  const own = lines.filter((line) => where.get(line)?.part === 'recommendations' && !line.footnote);
  const found: Recommendation[] = [];
  let to: Recommendation['to'];
  let said: { count: number; line: Line } | undefined;
  for (const [at, line] of own.entries()) {
    const last = found.at(-1);
    const many = new RegExp(`\\bmade ${countPattern} recommendations?`, 'i').exec(line.text)?.[1];
    if (many) said = { count: countOf(many), line };
    const [begin = '', digits] = itemNumber.exec(line.text) ?? [];
    const text = line.text.slice(begin.length);
    const isItem = line.bullet || digits !== undefined;
    const addressee = isItem ? undefined : addresseeOf(line, own[at + 1]);
    // "1. The management board should review …": it is addressed within the item.
    const within = to ? null : /^((?:The )?\p{Lu}[^.,;:]{2,120}?) should:? (.+)$/u.exec(text);
    const number = digits === undefined ? undefined : Number(digits);
    if (addressee) to = { text: addressee, line };
    else if (isItem && within)
      found.push({ line, number, text: within[2] as string, to: { text: within[1] as string, line } });
    else if (isItem) found.push({ line, number, text, to });
    else if (last && last.line === own[at - 1] && /^\p{Ll}/u.test(text)) last.text += ` ${text}`;
  }
  const numbers = found.map(({ number }, at) => number ?? at + 1);
  const claims = found.flatMap(({ line, number, text, to: addressed }, at) => {
    const path = ['recommendations', at];
    const isOwn = number !== undefined && numbers.indexOf(number) === at;
    return [
      ...(isOwn ? [claim([...path, 'number'], number, line)] : []),
      ...(addressed ? [claim([...path, 'addressed_to'], addressed.text, addressed.line)] : []),
      claim([...path, 'summary'], text, line),
    ];
  });
  return [...claims, ...remarksOn(found, own[0], said)];
}

const itemNumber = /^(\d{1,2})\s?[.)]\s+/;

/** Whom a line names that stands above a list: "Barnet Council should:", "We recommend that the chair of the board:". */
function addresseeOf(line: Line, next: Line | undefined): string | undefined {
  const { text } = line;
  if (text.length > 250 || line.cells.length > 1 || /[.!?]\s+\p{Lu}/u.test(text)) return undefined;
  const should = /^(.{2,220}?),?\s+should\s*:?$/i.exec(text)?.[1];
  const isAbove = next !== undefined && (next.bullet || itemNumber.test(next.text));
  const isSetApart = /:$/.test(text) || line.heading !== undefined || line.bold === true;
  if (should === undefined && !(isAbove && isSetApart)) return undefined;
  const to = (should ?? text)
    .replace(/[\s:]+$/, '')
    .replace(/^we (?:therefore )?(?:recommend|ask)(?: that)?\s+/i, '')
    .replace(/,?\s+(?:must|needs? to|(?:is|are) (?:asked|recommended|advised) to)$/i, '');
  return /recommendations?$/i.test(to) ? undefined : to;
}

function remarksOn(
  found: readonly Recommendation[],
  heading: Line | undefined,
  said: { count: number; line: Line } | undefined,
): Remark[] {
  const about = 'recommendations';
  if (heading && found.length === 0)
    return [remark('other', about, 'no recommendation was found below this heading', [heading])];
  const nobody = found.filter(({ to }) => !to).map(({ line }) => line);
  const left = 'these recommendations say to nobody legibly: they are left out';
  const counts = `the report says that there are ${said?.count} recommendations, ${found.length} were found`;
  return [
    ...(nobody.length > 0 ? [remark('other', about, left, nobody)] : []),
    ...(said && said.count !== found.length ? [remark('contradiction', about, counts, [said.line])] : []),
  ];
}
