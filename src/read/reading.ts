import type { Place } from './report-document.js';

/**
 * How sure a value is: read from one place; confirmed by another place or by the report's own arithmetic; doubtful, because
 * something speaks against it; lost, because there is a cell and nothing legible in it. Doubtful and lost values are never numbers
 * of a bundle.
 */
export type Confidence = 'read' | 'confirmed' | 'doubtful' | 'lost';

/** A value of a report, and where it stands. */
export interface ReadValue {
  /** Where it goes in inspection.yaml: ['key_questions', '2.2.3', 'yes'], ['recommendations', 0, 'addressed_to']. */
  path: (string | number)[];
  /** As it was read; undefined when it is lost. Of a doubtful value what it seems to be, for whoever checks it. */
  value: string | number | boolean | undefined;
  confidence: Confidence;
  place: Place;
  /** Other places that say the same. */
  confirmedBy?: Place[];
  /** Why it is doubtful or lost. */
  why?: string;
}

/** Something that a person should look at: a contradiction, a row that fits no question, a question without a row. */
export interface ReadFinding {
  kind: 'contradiction' | 'row without question' | 'question without row' | 'other';
  /** What it is about: a code, or words such as "score". */
  about: string;
  message: string;
  /** Where it shows: of a contradiction both places. */
  places: Place[];
}

/** All that was read from a report. */
export interface Reading {
  values: ReadValue[];
  findings: ReadFinding[];
}
