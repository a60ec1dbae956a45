import type { SampleKey } from '../../import/bundle/inspection-file.js';
import { type Claim, claim } from '../claim.js';
import type { Outline } from '../outline.js';
import { countOf, countPattern } from './numbers.js';

/** Types of disposal as bundles have them, by sample, finer before coarser; and how reports name them. */
const disposals: [SampleKey, code: string, words: string][] = [
  ['court_disposals', 'youth_rehabilitation_order', 'youth rehabilitation orders?'],
  ['court_disposals', 'referral_order', 'referral orders?'],
  ['court_disposals', 'community_sentence', 'community (?:sentences?|orders?)'],
  ['court_disposals', 'custodial_sentence', 'custodial sentences?(?! case that)'],
  ['out_of_court_disposals', 'youth_conditional_caution', '(?:youth )?conditional cautions?'],
  ['out_of_court_disposals', 'youth_caution', 'youth cautions?'],
  ['out_of_court_disposals', 'community_resolution', 'community resolutions?'],
  ['out_of_court_disposals', 'triage', 'triage (?:disposals?|interventions?|cases?)'],
];

const count = (before: string, behind: string) => new RegExp(`${before}${countPattern} ${behind}`, 'i');

/** How the size of a sample is said; the first that fits a sentence counts. */
const sizes: [SampleKey, RegExp][] = [
  ['resettlement', count('inspected ', 'cases? [^.]{0,60}custodial')],
  ['resettlement', count('', 'resettlement cases?\\b')],
  [
    'out_of_court_disposals',
    count('(?:inspected|examined|looked at) ', 'cases? [^.]{0,80}out[- ]of[- ]court'),
  ],
  [
    'court_disposals',
    count('(?:inspected|examined|looked at) ', 'cases? [^.]{0,60}(?:sentenced|(?<!of[- ])court disposal)'),
  ],
  [
    'out_of_court_disposals',
    count('(?:examined|inspected|sample of|look at|and) ', 'out[- ]of[- ]court disposals?'),
  ],
  [
    'court_disposals',
    count('(?:examined|inspected|sample of|look at|and) ', '(?:post-court|court) (?:disposals?|cases?)'),
  ],
];

/** How many cases were inspected, and of which disposals: by the heads of tables, and by the sentences that describe a sample. */
export function sampleClaims({ lines, where, grammar }: Outline): Claim[] {
  const claims: Claim[] = [];
  const known = new Set([...grammar.domains.values()].map(({ sample }) => sample));
  const add = (sample: SampleKey, key: string, value: number, line: (typeof lines)[number]) => {
    if (known.has(sample)) claims.push(claim(['sample', sample, key], value, line));
  };
  for (const line of lines) {
    const { part, domain, standard } = where.get(line) ?? {};
    const own = grammar.domains.get(domain ?? '')?.sample;
    const head = count('^of the ', 'cases? inspected\\W*(?:relevant|$)').exec(line.text);
    if (head && own) add(own, 'cases', countOf(head[1] as string), line);
    const isDescription = part === 'methodology' || part === 'data' || (domain !== undefined && !part);
    if (!isDescription || line.cells.length > 1) continue;
    for (const sentence of line.text.split(/(?<=[.!?])\s+(?=[A-Z])/)) {
      const size = sizes.find(([, pattern]) => pattern.test(sentence) && !/margin of error/.test(sentence));
      for (const [sample, pattern] of size
        ? sizes.filter(([of]) => of !== 'resettlement' || of === size[0])
        : []) {
        const found = pattern.exec(sentence)?.[1];
        if (found) add(sample, 'cases', countOf(found), line);
      }
      if (own) for (const [key, value] of kindsIn(sentence, own)) add(own, key, value, line);
      const interviews =
        count('conducted ', 'interviews? with').exec(sentence) ??
        count('interviewed (?:\\w+ ){1,4}in (?:all )?', 'cases?').exec(sentence);
      // A domain's own section begins with them; a standard's sentences are about something else.
      if (interviews && own && standard === undefined)
        add(own, 'case_manager_interviews', countOf(interviews[1] as string), line);
    }
  }
  return claims;
}

/** Disposals that a sentence counts which says what a sample is made up of. */
function kindsIn(sentence: string, own: SampleKey): [code: string, count: number][] {
  const isNone = /did not (?:look at|inspect|examine) any/i.test(sentence);
  if (!isNone && !/detailed look|consisted of|made up of|comprised|a mix of|^we inspected/i.test(sentence))
    return [];
  const found: [string, number][] = [];
  let rest = sentence;
  for (const [sample, code, words] of disposals) {
    if (sample !== own) continue;
    const counted =
      new RegExp(`\\b${isNone ? '(any)' : countPattern} ${words}\\b`, 'i').exec(rest) ??
      new RegExp(`\\b${words}(?: \\([a-z ]+\\))? \\(${countPattern}\\)`, 'i').exec(rest) ??
      (code === 'youth_conditional_caution' ? new RegExp(`\\bYCCs? \\(${countPattern}\\)`).exec(rest) : null);
    if (!counted) continue;
    found.push([code, isNone ? 0 : countOf(counted[1] as string)]);
    rest = rest.replace(counted[0], ' ');
  }
  return found;
}
