import { countOf, countPattern } from '../../words/english.js';
import { type Claim, claims, type Found, type Remark, remark } from '../claim.js';
import { isLike } from '../likeness.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';

const headings = {
  strength: ['Strengths', 'Key strengths', 'What the service does well', 'Our key strengths'],
  'area for improvement': [
    'Areas for improvement',
    'Key areas for improvement',
    'Areas that need to improve',
  ],
} as const;
type Kind = keyof typeof headings;

/** Strengths and areas for improvement that the sections of domains and standards list; of a domain's only standard they are its own. */
export function findingClaims({ lines, where, grammar, begins }: Outline): Claim[] {
  const found: Claim[] = [];
  let kind: Kind | undefined;
  let last: Claim | undefined;
  let count = 0;
  for (const [at, line] of lines.entries()) {
    if (line.footnote !== undefined) continue;
    const { domain } = where.get(line) ?? {};
    const begun = kindOf(line);
    const next = lines[at + 1];
    // A single finding may stand below its heading as a sentence, without a bullet.
    const isOnly = kindOf(lines[at - 1]) && /\.$/.test(line.text) && (!next?.bullet || begins.has(next));
    if (begun) [kind, last] = [begun, undefined];
    else if (domain === undefined || begins.has(line)) kind = undefined;
    else if (kind && (line.bullet || isOnly)) {
      const [only, ...others] = grammar.domains.get(domain)?.standards ?? [];
      const standard = others.length === 0 ? only : undefined;
      found.push(...claims(['findings', count++], { domain, standard, kind, summary: line.text }, line));
      last = found.at(-1);
    } else if (kind && last && /^\p{Ll}/u.test(line.text)) last.value = `${last.value} ${line.text}`;
    else if (last) kind = undefined;
  }
  return found;
}

/** The heading that begins a list of findings; undefined for any other line. */
function kindOf(line: Line | undefined): Kind | undefined {
  if (!line || line.bullet || line.text.length > 40) return undefined;
  const text = line.text.replace(/:$/, '');
  return (Object.keys(headings) as Kind[]).find((kind) => headings[kind].some((one) => isLike(text, one)));
}

interface Recommendation {
  line: Line;
  number: number | undefined;
  text: string;
  to: { text: string; line: Line } | undefined;
}

const itemNumber = /^(\d{1,2})\s?[.)]\s+/;

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
    const [, someone, what] = (!to && /^((?:The )?\p{Lu}[^.,;:]{2,120}?) should:? (.+)$/u.exec(text)) || [];
    const number = digits === undefined ? undefined : Number(digits);
    if (addressee) to = { text: addressee, line };
    else if (isItem && someone && what) found.push({ line, number, text: what, to: { text: someone, line } });
    else if (isItem) found.push({ line, number, text, to });
    else if (last && last.line === own[at - 1] && /^\p{Ll}/u.test(text)) last.text += ` ${text}`;
  }
  const numbers = found.map(({ number }, at) => number ?? at + 1);
  const all = found.flatMap(({ line, number, text, to: addressed }, at) => {
    const path = ['recommendations', at];
    return [
      ...(numbers.indexOf(number ?? -1) === at ? claims(path, { number }, line) : []),
      ...(addressed ? claims(path, { addressed_to: addressed.text }, addressed.line) : []),
      ...claims(path, { summary: text }, line),
    ];
  });
  return [...all, ...remarksOn(found, said)];
}

/** Whom a line names that stands above a list: "Barnet Council should:", "We recommend that the chair of the board:". */
function addresseeOf(line: Line, next: Line | undefined): string | undefined {
  const { text } = line;
  if (text.length > 250 || line.cells.length > 1 || /[.!?]\s+\p{Lu}/u.test(text)) return undefined;
  const should = /^(.{2,220}?),?\s+should\s*:?$/i.exec(text)?.[1];
  const isAbove = next !== undefined && (next.bullet || itemNumber.test(next.text));
  const isSetApart = /:$/.test(text) || line.heading !== undefined;
  if (should === undefined && !(isAbove && isSetApart)) return undefined;
  const to = (should ?? text)
    .replace(/[\s:]+$/, '')
    .replace(/^we (?:therefore )?(?:recommend|ask)(?: that)?\s+/i, '')
    .replace(/,?\s+(?:must|needs? to|(?:is|are) (?:asked|recommended|advised) to)$/i, '');
  return /recommendations?$/i.test(to) ? undefined : to;
}

function remarksOn(
  found: readonly Recommendation[],
  said: { count: number; line: Line } | undefined,
): Remark[] {
  const nobody = found.filter(({ to }) => !to).map(({ line }) => line);
  const left = 'these recommendations say to nobody legibly: they are left out';
  const counts = `the report says that there are ${said?.count} recommendations, ${found.length} were found`;
  return [
    ...(nobody.length > 0 ? [remark('other', 'recommendations', left, nobody)] : []),
    ...(said && said.count !== found.length
      ? [remark('contradiction', 'recommendations', counts, [said.line])]
      : []),
  ];
}
