import type { Section } from '../../../structure/sections.js';
import { numbersIn } from '../../numbers.js';
import type { Sentence } from '../../sentences.js';
import type { Fact } from '../fact.js';
import { periodIn } from '../source.js';
import { clauseAround, measureOf } from './clause.js';
import { figureOf, type Strictness } from './counted.js';
import { special } from './uncounted.js';

export function factsIn(sentence: Sentence, section: Section, strictness: Strictness): Fact[] {
  const { text } = sentence;
  const found: { start: number; value: number; kind: 'value' | 'percent'; unit?: string }[] = [];
  for (const number of numbersIn(text)) {
    const figure = figureOf(number, text, strictness);
    if (figure) found.push({ start: number.start, ...figure });
  }
  if (strictness === 'open') found.push(...special(text, section));
  return found
    .sort((one, other) => one.start - other.start)
    .map(({ start, value, kind, unit }) => {
      const line = sentence.lineAt(start);
      return {
        line,
        words: {
          measure: measureOf(text, start),
          ...(unit && { unit }),
          ...periodOf(text, start),
          ...placeOf(section),
        },
        figures: { [kind]: { value, line } },
      };
    });
}

/** The time that a figure is of: said beside it, or where its sentence begins. */
function periodOf(text: string, at: number): ReturnType<typeof periodIn> {
  const beside = periodIn(clauseAround(text, at));
  if (beside.period !== undefined) return beside;
  const beginning = /^(?:in|for|during|over|at|between|from)\b[^,]{4,70},/i.exec(text)?.[0];
  if (beginning === undefined) return {};
  const year = /^in (20\d\d),$/i.exec(beginning)?.[1];
  return year === undefined ? periodIn(beginning) : { year: Number(year) };
}

export const placeOf = ({ kind, domain, standard }: Section) =>
  kind === 'domain' || kind === 'standard'
    ? { ...(domain && { domain }), ...(standard && { standard }) }
    : {};
