import type { WrongCase } from '../../../support/bundles.js';
import { standards2018 } from './ratings.js';

/** Dates that there are not, or that contradict each other. */
export const dates: WrongCase[] = [
  [
    'a day that there is not',
    'fieldwork_from: "2019-05-13"',
    '▸fieldwork_from: "2019-02-30"',
    'report > fieldwork_from is "2019-02-30": it has to be a day that there is, like 2021-04-26',
  ],
  [
    'a day of the year 0',
    'fieldwork_from: "2019-05-13"',
    '▸fieldwork_from: "0000-01-01"',
    'report > fieldwork_from is "0000-01-01": it has to be a day that there is, like 2021-04-26',
  ],
  [
    'a day in other words',
    'fieldwork_from: "2019-05-13"',
    '▸fieldwork_from: 13 May 2019',
    'report > fieldwork_from is "13 May 2019": it has to be a day that there is, like 2021-04-26',
  ],
  [
    'fieldwork that ends before it begins',
    'fieldwork_to: "2019-05-17"',
    '▸fieldwork_to: "2019-05-12"',
    'fieldwork ends on 2019-05-12, before it begins on 2019-05-13',
  ],
  [
    'no day of fieldwork',
    'report:\n  title: An invented inspection\n  published: "2019-08"\n  isbn: "978-0-00-000000-0"\n  lead_inspector: Nobody\n  fieldwork_from: "2019-05-13"\n',
    '▸report:\n',
    'report: fieldwork_from (a day) or fieldwork_month (a month) is missing; where neither is known, published',
  ],
  [
    'a month of fieldwork that there is not',
    'fieldwork_from: "2019-05-13"',
    '▸fieldwork_month: "2019-13"',
    'report > fieldwork_month is "2019-13": it has to be a month like 2021-04',
  ],
  [
    'a month of fieldwork that is not that of its first day',
    'fieldwork_from: "2019-05-13"',
    'fieldwork_from: "2019-05-13"\n  ▸fieldwork_month: "2019-06"',
    'fieldwork_month is 2019-06, but fieldwork_from is 2019-05-13',
  ],
  [
    'published a day before fieldwork',
    'published: "2019-08"',
    '▸published: "2019-05-12"',
    'published 2019-05-12, before fieldwork began on 2019-05-13',
  ],
  [
    'published a month before fieldwork',
    'published: "2019-08"',
    '▸published: "2019-04"',
    'published 2019-04, before fieldwork began on 2019-05-13',
  ],
  [
    'published a year before fieldwork',
    'published: "2019-08"',
    '▸published: 2018',
    'published 2018, before fieldwork began on 2019-05-13',
  ],
  [
    'published on a day that there is not',
    'published: "2019-08"',
    '▸published: "2019-09-31"',
    'published is 2019-09-31: there is no such date',
  ],
  [
    'published in a month that there is not',
    'published: "2019-08"',
    '▸published: "2019-13"',
    'published is 2019-13: there is no such date',
  ],
  [
    'published in a year of five digits',
    'published: "2019-08"',
    '▸published: 20190',
    'published is 20190: there is no such date',
  ],
  [
    'published some time',
    'published: "2019-08"',
    '▸published: August 2019',
    'report > published is "August 2019": it has to be a day, a month or a year, as far as it is known: 2021-08-12, 2021-08, 2021',
  ],
  [
    'a fact of a day that there is not',
    'as_at: "2019-03-31"',
    '▸as_at: "2019-02-29"',
    'context > 2 > as_at is "2019-02-29": it has to be a day that there is, like 2021-04-26',
  ],
];

/** Recommendations, findings and facts that can not be. */
export const besides: WrongCase[] = [
  [
    'two recommendations with one number',
    '{number: 4,',
    '{▸number: 1,',
    'two recommendations have the number 1',
  ],
  [
    'a recommendation whose number is the place of one without a number',
    `  - {addressed_to: The management board, summary: Review the plan., domain: "1", place: 5}
  - {number: 4,`,
    `  - {number: 2, addressed_to: The management board, summary: Review the plan., domain: "1", place: 5}
  - ▸{`,
    'two recommendations have the number 2',
  ],
  [
    'a finding of another kind',
    'kind: strength',
    '▸kind: strong point',
    'findings > 0 > kind is "strong point": allowed are strength, area for improvement',
  ],
  [
    'a finding of an unknown standard',
    'standard: "1.1", summary',
    '▸standard: "1.5", summary',
    `standard 1.5 is not in edition 2018 (did you mean "1.1"?): ${standards2018}`,
  ],
  [
    'a recommendation of an unknown domain',
    'domain: "1", place: 5',
    '▸domain: "4", place: 5',
    'domain 4 is not in edition 2018: 1, 2, 3',
  ],
  [
    'a fact without a figure',
    '{measure: total population, value: 41000,',
    '{▸measure: total population,',
    '"total population": value or percent is missing (or lost: [value])',
  ],
  [
    'a fact that is given and lost at once',
    'value: 41000,',
    '▸value: 41000, lost: [value],',
    '"total population": value is given and lost at once',
  ],
  [
    'a figure beside a fact, of nobody',
    'comparator: neighbours, comparator_percent: 33',
    '▸comparator_percent: 33',
    '"reoffending": comparator does not say whose figure stands beside it',
  ],
  [
    'two figures beside a fact',
    'comparator: neighbours, comparator_percent: 33',
    'comparator: neighbours, national_percent: 29, ▸comparator_percent: 33',
    '"reoffending": national_percent and comparator_percent are both there: give each in an entry of its own',
  ],
  [
    'a figure beside a fact that has none of its kind',
    'comparator: neighbours, comparator_percent: 33',
    '▸national_value: 33',
    '"reoffending": national_value stands beside a value, which is missing (or lost: [value])',
  ],
  [
    'somebody beside a fact, without a figure',
    'comparator: neighbours, comparator_percent: 33',
    '▸comparator: neighbours, national_percent: 33',
    '"reoffending": comparator has no figure: a national figure is that of England and Wales',
  ],
  [
    'a fact beyond all numbers',
    'value: 41000',
    '▸value: .inf',
    'context > 0 > value is Infinity: it has to be a number',
  ],
  [
    'more recommendations than there can be',
    'recommendations:\n  - {addressed_to: The management board, summary: Review the plan., domain: "1", place: 5}\n  - {number: 4, addressed_to: The service, summary: Write assessments in time.}\n',
    '▸recommendations: 40000\n',
    'recommendations is 40000: it has to be <= 1000',
  ],
  [
    'a list that no report has',
    'context:\n',
    `▸context:\n${'  - {measure: x, value: 1}\n'.repeat(1000)}`,
    'context has more than 1000 entries',
  ],
];
