import type { WrongCase } from '../../../support/bundles.js';

/** Editions that a bundle can not be under. */
export const edition: WrongCase[] = [
  [
    'unknown',
    'edition: "2018"',
    '▸edition: "2019"',
    'edition 2019 is not known (did you mean "2018"?): 2018, 2021, 2025. Load its folder (rules.yaml, questions.yaml) first',
  ],
  [
    'unknown and like none',
    'edition: "2018"',
    '▸edition: youth framework',
    'edition youth framework is not known: 2018, 2021, 2025. Load its folder (rules.yaml, questions.yaml) first',
  ],
  ['a list', 'edition: "2018"', '▸edition: [2018]', 'edition is a list: it has to be text or a whole number'],
  ['nothing', 'edition: "2018"', '▸edition:', 'edition is empty: it has to be text or a whole number'],
];

/** What makes a file no inspection file at all, or a part of it none. */
export const frame: WrongCase[] = [
  [
    'no service',
    'about: Invented for a test; no such inspection took place.\nsynthetic: true\nservice: {name: Barset Youth Justice Service, area: Barset, region: East Midlands, kind: YJS}\n',
    '▸synthetic: true\n',
    'the file: "service" is missing',
  ],
  [
    'a report that is text',
    'overall: {rating: Good, score: 24, out_of: 36, place: 3}',
    '▸overall: Good',
    'overall is "Good": it has to be keys with values',
  ],
  [
    'a section without anything in it',
    'prose_counts:\n  "2.1.3": {yes: 6, of: 9, place: line 20}\n',
    '▸prose_counts:\n',
    'prose_counts is empty: it has to be keys with values',
  ],
  [
    'a list for a map',
    'prose_counts:\n  "2.1.3": {yes: 6, of: 9, place: line 20}\n',
    '▸prose_counts: [{yes: 6}]\n',
    'prose_counts is a list: it has to be keys with values',
  ],
  ['words for true', 'synthetic: true', '▸synthetic: yes', 'synthetic is "yes": it has to be true or false'],
  [
    'an unknown key of the report',
    'lead_inspector: Nobody',
    '▸lead_inspektor: Nobody',
    'report: unknown key "lead_inspektor" (did you mean "lead_inspector"?); allowed are title, published, isbn, url, lead_inspector, fieldwork_from, fieldwork_to, fieldwork_month',
  ],
];
