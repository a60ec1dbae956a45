import type { WrongCase } from '../../../support/bundles.js';

/** Questions that can not be, or are there twice. */
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
    'a disposal that there is not',
    'applies_to_disposals: [referral_order]',
    'applies_to_disposals: [▸referal_order]',
    'question B.1.2: no disposal "referal_order" in sample "court" (did you mean "referral_order"?): community_sentence, custodial_sentence, other, referral_order, youth_rehabilitation_order',
  ],
  [
    'a disposal of another sample',
    'applies_to_disposals: [referral_order]',
    'applies_to_disposals: [▸triage]',
    'question B.1.2: no disposal "triage" in sample "court": community_sentence, custodial_sentence, other, referral_order, youth_rehabilitation_order',
  ],
  [
    'a disposal twice',
    'applies_to_disposals: [referral_order]',
    'applies_to_disposals: [▸referral_order, referral_order]',
    'domains > 1 > standards > 0 > key_questions > 1 > applies_to_disposals: this entry stands twice',
  ],
  [
    'a disposal where no cases are asked',
    '{code: "A.1.1", text: Does somebody lead?}',
    '{code: "A.1.1", text: Does somebody lead?, applies_to_disposals: [▸other]}',
    'question A.1.1 belongs to a qualitative standard: it is asked of no cases',
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
    'sample: court',
    '▸sample: courts',
    'domains > 1 > sample is "courts" (did you mean "court"?): allowed are court, out of court, resettlement',
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
