import type { WrongCase } from '../../../support/bundles.js';

/** Samples, attributes of cases and questions that can not be, or are there twice. */
export const wrongQuestions: WrongCase[] = [
  [
    'a prompt that is a key question too',
    '{code: "B.1.1.b"',
    '▸{code: "A.1.1"',
    'question A.1.1 stands twice',
  ],
  [
    'a standard that is called as the overall rating is',
    '- code: "B.2"',
    '- ▸code: Overall\n        title: All of it\n        basis: qualitative\n      - code: "B.2"',
    'standard Overall: overall and score are no codes of standards',
  ],
  [
    'a standard that is judged on cases, without key questions',
    `- code: "B.2"
        title: Reviewing
        basis: cases
        key_questions:
          - {code: "B.2.1", text: Was it reviewed?, until: "2021-01-01"}`,
    `- ▸code: "B.2"
        title: Reviewing
        basis: cases`,
    'standard B.2 is judged on cases, but has no key questions to rate it from',
  ],
  ['a prompt twice', '{code: "B.1.1.b"', '▸{code: "B.1.1.a"', 'question B.1.1.a stands twice'],
  ['a domain twice', '- code: B\n', '- ▸code: A\n', 'domain A stands twice'],
  [
    'a kind of case that there is not',
    'applies_to_kinds: [referral_order]',
    'applies_to_kinds: [▸referal_order]',
    'question B.1.2: no kind of case "referal_order" in sample "court" (did you mean "referral_order"?): community_sentence, referral_order, custodial_sentence, other',
  ],
  [
    'a kind of case of another sample',
    'applies_to_kinds: [referral_order]',
    'applies_to_kinds: [▸youth_caution]',
    'question B.1.2: no kind of case "youth_caution" in sample "court": community_sentence, referral_order, custodial_sentence, other',
  ],
  [
    'a kind of case twice',
    'applies_to_kinds: [referral_order]',
    'applies_to_kinds: [▸referral_order, referral_order]',
    'domains > 1 > standards > 0 > key_questions > 1 > applies_to_kinds: this entry stands twice',
  ],
  [
    'a kind of case where no cases are asked',
    '{code: "A.1.1", text: Does somebody lead?}',
    '▸{code: "A.1.1", text: Does somebody lead?, applies_to_kinds: [other]}',
    'question A.1.1 is judged: it is asked of no cases',
  ],
  [
    'a value of an attribute where no cases are asked',
    '{code: "B.1.2", text: Was it written down?',
    '▸{code: "B.1.2", basis: qualitative, not_asked_where: {age_band: [10 to 14]}, text: Was it written down?',
    'question B.1.2 is judged: it is asked of no cases',
  ],
  [
    'a value that an attribute does not have',
    'applies_to_kinds: [referral_order]',
    'not_asked_where: {▸age_band: [10-14, 15 to 17]}',
    'question B.1.2: "10-14" is no value of age_band: 10 to 14, 15 to 17',
  ],
  [
    'a value of an attribute that there is not',
    'applies_to_kinds: [referral_order]',
    'not_asked_where: {▸age: [10 to 14]}',
    'question B.1.2: "age" is no attribute of a case',
  ],
  [
    'a question of cases in a judged standard',
    '{code: "A.1.1", text: Does somebody lead?}',
    '▸{code: "A.1.1", basis: cases, text: Does somebody lead?}',
    'question A.1.1 is asked of cases, but standard A.1 is qualitative',
  ],
  [
    'a standard that is rated from what nobody knows',
    'title: Reviewing\n        basis: cases',
    'title: Reviewing\n        ▸rated_from: the best\n        basis: cases',
    'domains > 1 > standards > 1 > rated_from is "the best": allowed are all key questions, counted key questions, judged key questions',
  ],
  [
    'a sample twice',
    'case_attributes:\n',
    '  - ▸{sample: visits}\ncase_attributes:\n',
    'sample visits stands twice',
  ],
  [
    'a kind of case twice in a sample',
    'custodial_sentence, other]',
    'custodial_sentence, ▸custodial_sentence]',
    'kind of case in sample court custodial_sentence stands twice',
  ],
  [
    'a kind that is part of one that is not there',
    '{kind: referral_order, part_of: community_sentence}',
    '▸{kind: referral_order, part_of: sentence}',
    'referral_order is part of sentence, which does not stand before it',
  ],
  [
    'a kind that is part of itself',
    '{kind: referral_order, part_of: community_sentence}',
    '▸{kind: referral_order, part_of: referral_order}',
    'referral_order is part of referral_order, which does not stand before it',
  ],
  [
    'an attribute that is a column already',
    '{attribute: age_band',
    '▸{attribute: sample',
    '"sample" is a column of cases.csv already',
  ],
  [
    'an attribute that is called as kinds of case are',
    '{attribute: age_band',
    '▸{attribute: disposal',
    '"disposal" is a column of cases.csv already',
  ],
  [
    'a kind of case that is also called as another is',
    'custodial_sentence, other]',
    '▸{kind: custodial_sentence, also: [Referral-Order]}, other]',
    'kind of case in sample court custodial_sentence: "Referral-Order" means referral_order already',
  ],
  [
    'an attribute twice',
    '{attribute: age_band, values: [10 to 14, 15 to 17]}',
    '{attribute: age_band, values: [10 to 14]}\n  - ▸{attribute: age_band, values: [15 to 17]}',
    'attribute age_band stands twice',
  ],
  [
    'a value twice',
    'values: [10 to 14, 15 to 17]',
    'values: [10 to 14, ▸10 to 14]',
    'value of age_band 10 to 14 stands twice',
  ],
  [
    'a value that is also written as another is',
    'values: [10 to 14, 15 to 17]',
    'values: [10 to 14, ▸{value: 15 to 17, also: [10-14]}]',
    'value of age_band 15 to 17: "10-14" means 10 to 14 already',
  ],
  [
    'a value that is also written as one that is not known',
    'values: [10 to 14, 15 to 17]',
    'values: [10 to 14, ▸{value: 15 to 17, also: [Not recorded]}]',
    'value of age_band 15 to 17: "Not recorded" means not known already',
  ],
  [
    'a value that says that none is known',
    'values: [10 to 14, 15 to 17]',
    'values: [10 to 14, ▸not known]',
    '"not known" is understood of every attribute: leave it out',
  ],
  [
    'a question that ends before it begins',
    'until: "2021-01-01"',
    'from: "2021-06-01", ▸until: "2021-01-01"',
    'question B.2.1 ends on 2021-01-01, before it begins on 2021-06-01',
  ],
  [
    'a question that ends as it begins',
    'until: "2021-01-01"',
    'from: "2021-01-01", ▸until: "2021-01-01"',
    'question B.2.1 ends on 2021-01-01, before it begins on 2021-01-01',
  ],
  [
    'a sample that there is not',
    '    sample: court\n',
    '    ▸sample: courts\n',
    '"courts" is no sample of this edition (did you mean "court"?): court, visits',
  ],
  [
    'a basis that there is not',
    'title: Reviewing\n        basis: cases',
    'title: Reviewing\n        ▸basis: case',
    'domains > 1 > standards > 1 > basis is "case" (did you mean "cases"?): allowed are cases, qualitative',
  ],
  [
    'a code that is no code',
    '{code: "B.1.1.b"',
    '{▸code: "B 1 1 b"',
    'domains > 1 > standards > 0 > key_questions > 0 > prompts > 1 > code is "B 1 1 b": it has to be letters and digits, with points or dashes between them: 2.1.1.a',
  ],
  [
    'a blank text',
    'text: By whom?',
    '▸text: ""',
    'domains > 1 > standards > 0 > key_questions > 0 > prompts > 0 > text is "": it has to be text, not blank',
  ],
];
