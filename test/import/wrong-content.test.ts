import { describe, expect, test } from 'vitest';
import { changed, good2018, good2021, refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// Each case changes one thing of a good bundle; '▸' stands where the problem has to be reported.

const database = testDatabase();
const files = testFolder();

/** A case: its name, what is changed, into what, and the whole message. */
type Case = [name: string, from: string, to: string, message: string];

/** Expects of every case just this problem, at the marked place, and that nothing is loaded. */
function refuses(good: string, cases: Case[]): void {
  test.each(cases)('%s', async (_, from, to, message) => {
    expect(to).toContain('▸');
    const { text, line, column } = changed(good, from, to);
    const file = await files.bundle(text);
    const error = await refused(database.db, [file]);
    expect(error.problems).toEqual([{ file, line, column, message }]);
    expect(error.message).toBe(`${file}: 1 problem; nothing was loaded.`);
  });
}

const scale = 'Inadequate, Requires improvement, Good, Outstanding';
const standards2018 = '1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4';

describe('edition', () => {
  refuses(good2018, [
    [
      'unknown',
      'edition: "2018"',
      '▸edition: "2019"',
      'edition 2019 is not known (did you mean "2018"?): 2018, 2021. Load its folder (rules.yaml, questions.yaml) first',
    ],
    [
      'unknown and like none',
      'edition: "2018"',
      '▸edition: youth framework',
      'edition youth framework is not known: 2018, 2021. Load its folder (rules.yaml, questions.yaml) first',
    ],
    [
      'a list',
      'edition: "2018"',
      '▸edition: [2018]',
      'edition is a list: it has to be text or a whole number',
    ],
    ['nothing', 'edition: "2018"', '▸edition:', 'edition is empty: it has to be text or a whole number'],
  ]);
});

describe('questions', () => {
  refuses(good2018, [
    [
      'an unknown key question',
      '"2.1.3": {percent_yes: 67}',
      '▸"2.1.33": {percent_yes: 67}',
      'question 2.1.33 is not in edition 2018 (did you mean "2.1.3"?): 2.1.1, 2.1.2, 2.1.3',
    ],
    [
      'an unknown prompt',
      '"2.1.1.a": {',
      '▸"2.1.2.d": {',
      'question 2.1.2.d is not in edition 2018 (did you mean "2.1.1.d"?): 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, 2.1.2.a, 2.1.2.b, 2.1.2.c, 2.1.3.a, 2.1.3.b, 2.1.3.c',
    ],
    [
      'a key question that only another edition has',
      '"2.1.3": {percent_yes: 67}',
      '▸"1.2.5": {percent_yes: 67}',
      'question 1.2.5 is not in edition 2018 (did you mean "1.2.1"?): 1.2.1, 1.2.2, 1.2.3, 1.2.4',
    ],
    [
      'a key question under prompts',
      '"2.1.1.a": {',
      '▸"2.3.1": {',
      '2.3.1 is a key question, not a prompt: it belongs under key_questions',
    ],
    [
      'a prompt under key questions',
      '"2.1.3": {percent_yes: 67}',
      '▸"2.1.3.a": {percent_yes: 67}',
      '2.1.3.a is a prompt, not a key question: it belongs under prompts',
    ],
    [
      'figures for a question of a qualitative standard',
      '"2.1.3": {percent_yes: 67}',
      '▸"1.1.1": {percent_yes: 67}',
      '1.1.1 belongs to a qualitative standard: it has no figures',
    ],
    [
      'a count in prose for an unknown question',
      '"2.1.3": {yes: 6,',
      '▸"2.1.4": {yes: 6,',
      'question 2.1.4 is not in edition 2018 (did you mean "2.1.1"?): 2.1.1, 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, 2.1.2, 2.1.2.a, 2.1.2.b, 2.1.2.c, 2.1.3, 2.1.3.a, 2.1.3.b, 2.1.3.c',
    ],
    [
      'a count in prose for a question of a qualitative standard',
      '"2.1.3": {yes: 6,',
      '▸"1.1.1": {yes: 6,',
      '1.1.1 belongs to a qualitative standard: it has no counts',
    ],
  ]);
});

describe('figures', () => {
  const result = '{relevant_cases: 9, yes: 7}';
  refuses(good2018, [
    [
      'more yes than relevant cases',
      result,
      '{relevant_cases: 6, ▸yes: 7}',
      '2.1.1: yes 7 is more than relevant_cases 6',
    ],
    [
      'more relevant cases than were inspected',
      result,
      '{▸relevant_cases: 10, yes: 7}',
      '2.1.1: relevant_cases 10 is more than the 9 cases of the sample',
    ],
    [
      'more yes than were inspected, the relevant cases lost',
      result,
      '{lost: [relevant_cases], ▸yes: 10}',
      '2.1.1: yes 10 is more than the 9 cases of the sample',
    ],
    [
      'a percentage above 100',
      result,
      '{▸percent_yes: 101}',
      'key_questions > 2.1.1 > percent_yes is 101: it has to be <= 100',
    ],
    [
      'a percentage below 0',
      result,
      '{▸percent_yes: -1}',
      'key_questions > 2.1.1 > percent_yes is -1: it has to be >= 0',
    ],
    [
      'a percentage that is not whole',
      result,
      '{▸percent_yes: 45.5}',
      'key_questions > 2.1.1 > percent_yes is 45.5: it has to be a whole number',
    ],
    [
      'a percentage that is text',
      result,
      '{▸percent_yes: "45"}',
      'key_questions > 2.1.1 > percent_yes is "45": it has to be a whole number',
    ],
    [
      'a percentage that is no number',
      result,
      '{▸percent_yes: .nan}',
      'key_questions > 2.1.1 > percent_yes is NaN: it has to be a whole number',
    ],
    [
      'a count below 0',
      result,
      '{relevant_cases: 9, ▸yes: -7}',
      'key_questions > 2.1.1 > yes is -7: it has to be >= 0',
    ],
    [
      'a count beyond all measure',
      result,
      '{relevant_cases: 9, ▸yes: 70000}',
      'key_questions > 2.1.1 > yes is 70000: it has to be <= 32000',
    ],
    [
      'given and lost at once',
      result,
      '{relevant_cases: 9, ▸yes: 7, lost: [yes]}',
      '2.1.1: yes is given and lost at once',
    ],
    [
      'a count without the other',
      result,
      '{▸yes: 7}',
      '2.1.1: relevant_cases is missing (lost: [relevant_cases] where the source lost it)',
    ],
    [
      'relevant cases without yes',
      result,
      '{▸relevant_cases: 9}',
      '2.1.1: yes is missing (lost: [yes] where the source lost it)',
    ],
    [
      'not applicable, and a figure',
      result,
      '{▸not_applicable: true, yes: 0, relevant_cases: 0}',
      '2.1.1: not_applicable means that no case was relevant: leave the figures out',
    ],
    [
      'no figure',
      '"2.1.1": {relevant_cases: 9, yes: 7}',
      '▸"2.1.1": {}',
      'key_questions > 2.1.1 has nothing in it',
    ],
    [
      'a place and no figure',
      '"2.1.1": {relevant_cases: 9, yes: 7}',
      '▸"2.1.1": {place: 3}',
      '2.1.1: there is no figure: relevant_cases and yes, or percent_yes, or not_applicable, or lost',
    ],
    [
      'an unknown key',
      result,
      '{relevant_cases: 9, ▸yess: 7, yes: 7}',
      'key_questions > 2.1.1: unknown key "yess" (did you mean "yes"?); allowed are relevant_cases, yes, percent_yes, not_applicable, lost, place',
    ],
    [
      'an unknown word under lost',
      result,
      '{yes: 7, lost: [▸relevant]}',
      'key_questions > 2.1.1 > lost > 0 is "relevant": allowed are relevant_cases, yes, percent_yes',
    ],
    ['more yes than cases in prose', '{yes: 6, of: 9', '{▸yes: 10, of: 9', '2.1.3: yes 10 is more than of 9'],
  ]);
});

describe('ratings', () => {
  refuses(good2018, [
    [
      'of a standard, in other letters',
      '"3.1": Requires improvement',
      '▸"3.1": Requires Improvement',
      `rating "Requires Improvement" is not on the scale of edition 2018 (did you mean "Requires improvement"?): ${scale}`,
    ],
    [
      'of a standard, misspelt, as an object',
      '{rating: Outstanding, place: page 3}',
      '{▸rating: Excelent, place: page 3}',
      `rating "Excelent" is not on the scale of edition 2018: ${scale}`,
    ],
    [
      'overall',
      'rating: Good, score',
      '▸rating: Gud, score',
      `rating "Gud" is not on the scale of edition 2018 (did you mean "Good"?): ${scale}`,
    ],
    [
      'judged',
      '"1.4": Requires improvement',
      '▸"1.4": dreadful',
      `rating "dreadful" is not on the scale of edition 2018: ${scale}`,
    ],
    [
      'of an unknown standard',
      '"3.1": Requires improvement',
      '▸"3.5": Requires improvement',
      `standard 3.5 is not in edition 2018 (did you mean "3.1"?): ${standards2018}`,
    ],
    [
      'of a standard that only another edition has',
      '"3.1": Requires improvement',
      '▸"4.1": Requires improvement',
      `standard 4.1 is not in edition 2018 (did you mean "1.1"?): ${standards2018}`,
    ],
    [
      'judged, of a standard rated from cases',
      '"1.4": Requires improvement',
      '▸"2.4": Good',
      'standard 2.4 is rated from cases, not judged',
    ],
    [
      'given and lost at once',
      '"1.3": Good',
      '▸"1.3": {rating: Good, lost: [rating]}',
      'standard 1.3: give its rating, or lost: [rating] where the source lost it',
    ],
    [
      'neither given nor lost',
      '"1.3": Good',
      '▸"1.3": {place: 4}',
      'standard 1.3: give its rating, or lost: [rating] where the source lost it',
    ],
    [
      'overall, given and lost at once',
      'overall: {rating: Good,',
      'overall: {▸rating: Good, lost: [rating],',
      'rating is given and lost at once',
    ],
    ['a score above its maximum', 'score: 24', '▸score: 37', 'score 37 is more than out_of 36'],
    [
      'a maximum of 0',
      'score: 24, out_of: 36',
      'score: 0, ▸out_of: 0',
      'overall > out_of is 0: it has to be >= 1',
    ],
  ]);
});

describe('professional discretion', () => {
  const decision =
    '{standard: "2.2", from: Good, to: Outstanding, reason: The one case was a late referral., place: 12}';
  refuses(good2018, [
    [
      'two decisions on one standard',
      decision,
      `${decision}\n  - {▸standard: "2.2", from: Good, to: Inadequate, reason: another}`,
      'standard 2.2 has two decisions: leave one',
    ],
    [
      'on a qualitative standard',
      'standard: "2.2"',
      '▸standard: "1.2"',
      'standard 1.2 is qualitative: discretion is only for standards rated from cases',
    ],
    [
      'on an unknown standard',
      'standard: "2.2"',
      '▸standard: "2.9"',
      `standard 2.9 is not in edition 2018 (did you mean "2.1"?): ${standards2018}`,
    ],
    [
      'that changes nothing',
      'to: Outstanding',
      '▸to: Good',
      'the decision on 2.2 changes nothing: from and to are both "Good"',
    ],
    [
      'to an unknown rating',
      'to: Outstanding',
      '▸to: Better',
      `rating "Better" is not on the scale of edition 2018: ${scale}`,
    ],
    [
      'without a reason',
      '  - {standard: "2.2", from: Good, to: Outstanding, reason: The one case was a late referral., place: 12}',
      '  - ▸{standard: "2.2", from: Good, to: Outstanding}',
      'professional_discretion > 0: "reason" is missing',
    ],
    [
      'with a blank reason',
      'reason: The one case was a late referral.',
      '▸reason: " "',
      'professional_discretion > 0 > reason is " ": it has to be text, not blank',
    ],
  ]);
});

describe('samples', () => {
  refuses(good2018, [
    [
      'that the edition does not have',
      '  out_of_court_disposals: {',
      '  ▸resettlement: {cases: 2}\n  out_of_court_disposals: {',
      'edition 2018 has no sample "resettlement": court, out of court',
    ],
    [
      'unknown',
      '  out_of_court_disposals: {',
      '  ▸out_of_court: {',
      'sample: unknown key "out_of_court"; allowed are court_disposals, out_of_court_disposals, resettlement',
    ],
    [
      'disposals that sum to more than the cases',
      '{cases: 9, community_sentence: 7,',
      '{▸cases: 9, community_sentence: 8,',
      'court_disposals: the disposals sum to 10, but cases is 9',
    ],
    [
      'fewer eligible cases than were inspected',
      'eligible_cases: 12',
      '▸eligible_cases: 8',
      'court_disposals: eligible_cases is 8, but 9 were inspected',
    ],
    [
      'parts of a disposal that sum to more than it',
      'community_sentence: 7, referral_order: 4',
      '▸community_sentence: 7, referral_order: 4, youth_rehabilitation_order: 4',
      'court_disposals: community_sentence is 7, but its parts sum to 8',
    ],
    [
      'an unknown disposal',
      'youth_caution: 2',
      '▸youth_cautoin: 2',
      'out_of_court_disposals: unknown disposal "youth_cautoin" (did you mean "youth_caution"?): community_resolution, other, triage, youth_caution, youth_conditional_caution',
    ],
    [
      'a disposal of another sample',
      'youth_caution: 2',
      '▸referral_order: 2',
      'out_of_court_disposals: unknown disposal "referral_order": community_resolution, other, triage, youth_caution, youth_conditional_caution',
    ],
    [
      'a number of cases that is text',
      '{cases: 9, community',
      '{▸cases: nine, community',
      'sample > court_disposals > cases is "nine": it has to be a whole number',
    ],
  ]);
});

describe('dates', () => {
  refuses(good2018, [
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
      'report: fieldwork_from (a day) or fieldwork_month (a month) is missing',
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
  ]);
});

describe('what else a report holds', () => {
  refuses(good2018, [
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
  ]);
});

describe('the frame', () => {
  refuses(good2018, [
    [
      'no service',
      'about: Invented for a test; no such inspection took place.\nsynthetic: true\nservice: {name: Rutland Youth Justice Service, area: Rutland, region: East Midlands, kind: YJS}\n',
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
    [
      'words for true',
      'synthetic: true',
      '▸synthetic: yes',
      'synthetic is "yes": it has to be true or false',
    ],
    [
      'an unknown key of the report',
      'lead_inspector: Nobody',
      '▸lead_inspektor: Nobody',
      'report: unknown key "lead_inspektor" (did you mean "lead_inspector"?); allowed are title, published, isbn, lead_inspector, fieldwork_from, fieldwork_to, fieldwork_month',
    ],
  ]);

  test('no report, and no edition: both are told', async () => {
    const file = await files.bundle('service: Wigan YOT\n');
    const { problems } = await refused(database.db, [file]);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [1, 'the file: "report" is missing'],
      [1, 'the file: "edition" is missing'],
    ]);
  });

  test('every problem of a file is told, each with its line', async () => {
    const one = changed(good2018, '"3.1": Requires improvement', '▸"3.9": Good');
    const other = changed(one.text, 'score: 24', '▸score: 37');
    const file = await files.bundle(other.text);
    const error = await refused(database.db, [file]);
    expect(error.message).toBe(`${file}: 2 problems; nothing was loaded.`);
    expect(error.problems.map(({ line }) => line)).toEqual([other.line, one.line]);
  });
});

describe('under the 2021 edition', () => {
  refuses(good2021, [
    [
      'a key question of 3.4, which is judged there',
      '"2.1.1": {percent_yes: 91}',
      '▸"3.4.1": {percent_yes: 91}',
      '3.4.1 belongs to a qualitative standard: it has no figures',
    ],
    [
      'discretion on 4.1',
      'recommendations: 5',
      'professional_discretion: [{▸standard: "4.1", from: Good, to: Outstanding, reason: x}]',
      'standard 4.1 is qualitative: discretion is only for standards rated from cases',
    ],
    [
      'more cases of a disposal than of the sample',
      'resettlement: {cases: 2,',
      'resettlement: {▸cases: 1,',
      'resettlement: the disposals sum to 2, but cases is 1',
    ],
  ]);
});
