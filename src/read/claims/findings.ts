import { type Claim, claim } from '../claim.js';
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
  const claims: Claim[] = [];
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
      const path = ['findings', count++];
      for (const [key, value] of Object.entries({ domain, standard, kind, summary: line.text }))
        if (value !== undefined) claims.push(claim([...path, key], value, line));
      last = claims.at(-1);
    } else if (kind && last && /^\p{Ll}/u.test(line.text)) last.value = `${last.value} ${line.text}`;
    else if (last) kind = undefined;
  }
  return claims;
}

/** The heading that begins a list of findings; undefined for any other line. */
function kindOf(line: Line | undefined): Kind | undefined {
  if (!line || line.bullet || line.text.length > 40) return undefined;
  const text = line.text.replace(/:$/, '');
  return (Object.keys(headings) as Kind[]).find((kind) => headings[kind].some((one) => isLike(text, one)));
}
