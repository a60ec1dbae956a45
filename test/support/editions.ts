/** An invented edition of two domains, as the two files of its folder: a scale of three, a question of some kinds of case. */
export const goodEdition = {
  rules: `edition: Invented 1
title: An invented edition
ratings: [Weak, Fair, Strong]
rules:
  - effective_from: "2020-01-01"
    percentage_base: {key question: relevant, prompt: inspected}
    rounding: half up
    band_on: rounded
    confidence_level: 95
    bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 40, rating: Fair}
      - {from_percent: 70, rating: Strong}
    discretion: {points_from_boundary: 3, differing_judgements: 1, small_sample: 4}
    scores: {Weak: 0, Fair: 1, Strong: 2}
    counting_standards: ["A.1", "B.1", "B.2"]
    overall_bands:
      - {from_score: 0, rating: Weak}
      - {from_score: 2, rating: Fair}
      - {from_score: 5, rating: Strong}
    limiting_judgements:
      - {standards: ["A.1"], at_or_below: Weak, overall_at_most: Fair}
    unrated_standard: overall not rated
  - effective_from: "2021-01-01"
    rounding: down
`,
  questions: `samples:
  - {sample: court, kinds: [community_sentence, {kind: referral_order, part_of: community_sentence}, custodial_sentence, other]}
  - {sample: visits, kinds: [referral_order, youth_caution]}
case_attributes:
  - {attribute: age_band, values: [10 to 14, 15 to 17]}
domains:
  - code: A
    title: Running it
    standards:
      - {code: "A.1", title: Leading, basis: qualitative, key_questions: [{code: "A.1.1", text: Does somebody lead?}]}
  - code: B
    title: The work
    sample: court
    standards:
      - code: "B.1"
        title: Assessing
        statement: It is assessed.
        basis: cases
        key_questions:
          - code: "B.1.1"
            text: Was it assessed?
            prompts:
              - {code: "B.1.1.a", text: By whom?}
              - {code: "B.1.1.b", text: When?, applies_when: in time}
          - {code: "B.1.2", text: Was it written down?, applies_to_kinds: [referral_order]}
      - code: "B.2"
        title: Reviewing
        basis: cases
        key_questions:
          - {code: "B.2.1", text: Was it reviewed?, until: "2021-01-01"}
`,
};

/** The files of an edition's folder. */
export const editionFiles = ({ rules, questions } = goodEdition) => ({
  'rules.yaml': rules,
  'questions.yaml': questions,
});

/** An invented inspection under the invented edition. */
export const underGoodEdition = `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "2020-05-04"}
edition: Invented 1
sample: {court_disposals: {cases: 8}}
standard_ratings: {"A.1": Strong, "B.1": Fair}
key_questions:
  "B.1.1": {relevant_cases: 8, yes: 5}
  "B.2.1": {relevant_cases: 6, yes: 5}
prompts:
  "B.1.1.a": {relevant_cases: 4, yes: 4}
findings:
  - {kind: strength, domain: A, standard: "B.2", summary: It is looked at again.}
`;
