import type { ReportLine } from '../../report-document.js';
import type { Section, Sections } from '../../structure/sections.js';
import { numbersIn } from '../numbers.js';
import { type Sentence, sentencesOf } from '../sentences.js';
import type { Fact } from './fact.js';
import { measureOf } from './prose/clause.js';
import { factsIn, placeOf } from './prose/sentence.js';

/** Facts that footnotes of facts and standards tell: shares, and ranges that a figure of a table was taken from. */
export function footnoteFacts(sections: readonly Section[], { footnotes }: Sections): Fact[] {
  const cited = new Map<ReportLine, Section>();
  const places = ['facts', 'background', 'standard'];
  const all = [...footnotes.values()].flat();
  for (const section of sections.filter(({ kind }) => places.includes(kind)))
    for (const { marks, place } of section.lines)
      for (const { mark } of marks) {
        const definition = all.find(
          (line) =>
            line.footnote === mark &&
            (line.place.page ?? 0) >= (place.page ?? 0) &&
            line.place.line >= (place.page === undefined ? place.line : 0),
        );
        if (definition && !cited.has(definition)) cited.set(definition, section);
      }
  return [...cited].flatMap(([line, section]) =>
    sentencesOf([line]).flatMap((sentence) => [
      ...factsIn(sentence, section, 'open').filter(({ figures }) => figures.percent !== undefined),
      ...rangeIn(sentence, section),
    ]),
  );
}

/** "an average of nine to 13": both its ends. */
function rangeIn({ text, line }: Sentence, section: Section): Fact[] {
  const range =
    /\b(?:average|range|between)\b[^.]{0,30}?\b(?:of |from |between )(\w[\w-]*) (?:to|and) (\w[\w-]*)/i.exec(
      text,
    );
  if (!range) return [];
  const ends = [range[1], range[2]].map((end) => numbersIn(end ?? '')[0]);
  return ends.flatMap((end, at) =>
    end
      ? [
          {
            line,
            words: {
              measure: measureOf(text, range.index),
              category: at === 0 ? 'lower end' : 'upper end',
              ...placeOf(section),
            },
            figures: { value: { value: end.value, line } },
          },
        ]
      : [],
  );
}
