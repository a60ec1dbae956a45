import type { ReportDocument, ReportLine } from '../report-document.js';

/** From this share of damaged words on a report counts as damaged: sound reports have less than a fifth of it. */
export const damagedFrom = 0.004;

/** Share of characters that is taken for damaged where a report counts as such: it has about that in the worst that is readable. */
export const damagedRate = 0.005;

const known = new WeakMap<ReportDocument, boolean>();

/** Whether a report shows damaged characters, by its own words. */
export function showsDamage(document: ReportDocument): boolean {
  const before = known.get(document);
  if (before !== undefined) return before;
  const damaged = damagedShare(document.lines) >= damagedFrom;
  known.set(document, damaged);
  return damaged;
}

/**
 * Share of damaged words of a text, by itself and without a dictionary: long words that stand there only once and are a frequent word with
 * one letter replaced, left out, doubled or swapped in the middle. Endings vary in sound text ("assessment", "assessments"), so the last three
 * letters do not count. 0 for a text with too few words to say.
 */
export function damagedShare(lines: readonly ReportLine[]): number {
  const counts = new Map<string, number>();
  let words = 0;
  for (const { text } of lines) {
    for (const word of text.toLowerCase().match(/[\p{L}\d]{6,}/gu) ?? []) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      words++;
    }
  }
  if (words < 200) return 0;
  const frequent = [...counts]
    .filter(([word, count]) => count >= 6 && word.length >= 7)
    .map(([word]) => word);
  const variants = new Map<string, Set<string>>();
  for (const word of frequent) {
    for (let at = 1; at < word.length - 3; at++) {
      const key = word.slice(0, at) + word.slice(at + 1);
      variants.set(key, (variants.get(key) ?? new Set()).add(word));
    }
  }
  const known = new Set(frequent);
  let damaged = 0;
  for (const [word, count] of counts) {
    if (count > 1 || word.length < 6) continue;
    if (isNear(word, variants, known)) damaged++;
  }
  const frequentWords = frequent.reduce((sum, word) => sum + (counts.get(word) as number), 0);
  return frequentWords === 0 ? 0 : damaged / (frequentWords + damaged);
}

function isNear(
  word: string,
  variants: ReadonlyMap<string, Set<string>>,
  frequent: ReadonlySet<string>,
): boolean {
  if (variants.has(word)) return true;
  for (let at = 1; at < word.length - 2; at++) {
    const without = word.slice(0, at) + word.slice(at + 1);
    if (frequent.has(without)) return true;
    const swapped = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
    if (swapped !== word && frequent.has(swapped)) return true;
    for (const candidate of variants.get(without) ?? [])
      if (candidate.length === word.length && candidate !== word) return true;
  }
  return false;
}
