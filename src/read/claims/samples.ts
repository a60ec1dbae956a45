import type { Sample } from '../../framework/framework.js';
import { countOf, countPattern } from '../../words/english.js';
import { type Claim, claim } from '../claim.js';
import { escaped } from '../likeness.js';
import type { Outline } from '../outline.js';
import { sentencesOf } from '../report.js';

/** What a text says to be counted, in its own words: "11", "five". */
const counted = (text: string, before: string, behind: string): string | undefined =>
  new RegExp(`${before}${countPattern} ${behind}`, 'i').exec(text)?.[1];

/** A sample's name between other words; "court" is not the end of "out of court". */
const nameOf = ({ name }: Sample) => `(?<!of[- ])(?:post-)?${name.replaceAll(' ', '[- ]')}`;

/** A kind of case by any of its names, as one or as many. */
const wordsOf = ({ alsoWritten }: Sample, kind: string) =>
  `(?:${[kind, ...(alsoWritten.get(kind) ?? [])].map((name) => escaped(name.replaceAll('_', ' '))).join('|')})s?`;

/** How many cases were inspected, and of which kinds: by the heads of tables, and by the sentences that describe a sample. */
export function sampleClaims({ lines, where, grammar }: Outline): Claim[] {
  const claims: Claim[] = [];
  for (const line of lines) {
    const { part, domain, standard } = where.get(line) ?? {};
    const own = grammar.domains.get(domain ?? '')?.sample;
    const add = ({ name }: Sample, what: string, said: string | undefined) => {
      if (said !== undefined) claims.push(claim(['samples', name, what], countOf(said), line));
    };
    if (own) add(own, 'cases', counted(line.text, '^of the ', 'cases? inspected\\W*(?:relevant|$)'));
    const isDescription = part === 'methodology' || part === 'data' || domain !== undefined;
    if (!isDescription || line.cells.length > 1) continue;
    for (const sentence of sentencesOf(line.text)) {
      for (const sample of grammar.samples) add(sample, 'cases', sizeIn(sentence, sample, sample === own));
      if (!own) continue;
      for (const [kind, said] of kindsIn(sentence, own)) add(own, kind, said);
      // A domain's own section begins with them; a standard's sentences are about something else.
      if (standard !== undefined) continue;
      const interviews =
        counted(sentence, 'conducted ', 'interviews? with') ??
        counted(sentence, 'interviewed (?:\\w+ ){1,4}in (?:all )?', 'cases?');
      add(own, 'case_manager_interviews', interviews);
    }
  }
  return claims;
}

/** "We examined 11 court disposals"; in a domain's section also "inspected five cases that had received a custodial sentence". */
function sizeIn(sentence: string, sample: Sample, isOwn: boolean): string | undefined {
  const kinds = isOwn ? [...sample.kinds.keys()].map((kind) => wordsOf(sample, kind)) : [];
  const named = [nameOf(sample), ...kinds].join('|');
  const verb = 'inspected|examined|looked at';
  return (
    counted(sentence, `(?:${verb}|sample of|look at|and) `, `${nameOf(sample)} (?:disposals?|cases?)`) ??
    counted(sentence, `(?:${verb}) `, `cases? [^.]{0,80}(?:${named})\\b`)
  );
}

/** Kinds of case that a sentence counts which says what a sample is made up of. */
function kindsIn(sentence: string, sample: Sample): [kind: string, said: string][] {
  const isNone = /did not (?:look at|inspect|examine) any/i.test(sentence);
  if (!isNone && !/detailed look|consisted of|made up of|comprised|a mix of|^we inspected/i.test(sentence))
    return [];
  const found: [string, string][] = [];
  let rest = sentence;
  // Finer kinds before coarser ones, which may be the same words with less.
  for (const kind of [...sample.kinds.keys()].sort((one, other) => other.length - one.length)) {
    const words = wordsOf(sample, kind);
    const said =
      new RegExp(`\\b${isNone ? '(any)' : countPattern} ${words}\\b`, 'i').exec(rest) ??
      new RegExp(`\\b${words}(?: \\([a-z ]+\\))? \\(${countPattern}\\)`, 'i').exec(rest);
    if (!said) continue;
    found.push([kind, isNone ? 'no' : (said[1] as string)]);
    rest = rest.replace(said[0], ' ');
  }
  return found;
}
