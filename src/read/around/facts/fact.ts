import type { ContextEntry } from '../../../import/bundle/inspection-file.js';
import type { Confidence, ReadValue } from '../../reading.js';
import type { ReportLine } from '../../report-document.js';
import { valueAt } from '../values.js';

type FigureKey =
  | 'value'
  | 'percent'
  | 'national_value'
  | 'national_percent'
  | 'comparator_value'
  | 'comparator_percent';

/** A figure of a fact; without a value it is lost. */
export interface Figure {
  value: number | undefined;
  line: ReportLine;
  confidence?: Confidence;
  why?: string;
}

/** A contextual fact: its words, and its figures by key. */
export interface Fact {
  line: ReportLine;
  words: Omit<ContextEntry, FigureKey | 'lost' | 'place' | 'as_at'>;
  figures: Partial<Record<FigureKey, Figure>>;
  /** Why words of it are doubtful, by their key. */
  doubts?: Partial<Record<string, string>>;
}

/** Values of facts, each fact an entry of `context`. */
export function factValues(facts: readonly Fact[]): ReadValue[] {
  return facts.flatMap(({ line, words, figures, doubts = {} }, at) => {
    const path = ['context', at];
    return [
      ...Object.entries(words).flatMap(([key, value]) =>
        value === undefined
          ? []
          : [
              valueAt(
                [...path, key],
                value,
                line,
                doubts[key] ? { confidence: 'doubtful', why: doubts[key] } : {},
              ),
            ],
      ),
      ...Object.entries(figures).map(([key, { value, line: own, confidence, why }]) =>
        valueAt([...path, key], value, own, {
          confidence: confidence ?? (value === undefined ? 'lost' : 'read'),
          ...(why === undefined ? {} : { why }),
        }),
      ),
    ];
  });
}
