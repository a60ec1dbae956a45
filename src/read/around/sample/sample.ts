import type { ReadFinding, ReadValue } from '../../reading.js';
import type { Section } from '../../structure/sections.js';
import { sentencesOf } from '../sentences.js';
import { spelt } from '../spelling.js';
import { countsIn, type Said, sampleOf } from './said.js';
import { settle } from './settle.js';

/** Inspected cases by type of disposal, as the report's own sentences say, each held against the others. */
export function readSample(
  sections: readonly Section[],
  isDamaged = false,
): { values: ReadValue[]; findings: ReadFinding[] } {
  const said: Said[] = [];
  for (const section of sections) {
    if (!['domain', 'standard', 'methodology', 'summary', 'foreword', 'other'].includes(section.kind))
      continue;
    // A sample is described where its domain begins.
    const weight = section.kind === 'domain' ? 3 : section.kind === 'standard' ? 2 : 1;
    // "2. Court disposals": what a domain's own title says, where damage leaves its sentences without a word of it.
    const ofTitle = section.kind === 'domain' ? sampleOf(section.lines[0]?.text ?? '') : undefined;
    let topic = ofTitle;
    for (const sentence of sentencesOf(section.lines)) {
      const own = sampleOf(sentence.text);
      if (own) topic = own;
      else if (/^(?:we (?:inspected|examined|took)|in this)/i.test(sentence.text)) topic = ofTitle;
      const isOurs = /\b(?:we|inspected|inspection|sample)\b|^these/i.test(
        spelt(sentence.text.toLowerCase()),
      );
      if (isOurs) said.push(...countsIn(sentence, own ?? topic, weight));
    }
  }
  return settle(said, isDamaged);
}
