import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-entries.js';
import { knownEditions } from '../../src/import/edition/known-editions.js';
import { type Read, readText, type Small, smallReport } from '../support/small-report.js';

let editions: EditionFile[];
beforeAll(async () => {
  editions = await knownEditions();
});

const edition = (code: string) => editions.find((one) => String(one.edition) === code) as EditionFile;
/** Reads a small report of an edition, changed. */
const read = (small: Small = {}, code = '2021', change = (text: string) => text): Read =>
  readText(change(smallReport(edition(code), small)), editions);
const messages = ({ reading }: Read) => reading.findings.map(({ message }) => message);

describe('a sound report', () => {
  test.each(['2018', '2021'])('of %s: everything it prints, and nothing to look at', (code) => {
    const found = read({}, code);
    expect(found.value('edition')).toBe(code);
    expect(found.value('overall score')).toBe(24);
    expect(found.at('overall rating')?.confidence).toBe('confirmed');
    expect(found.value('standard_ratings 2.3 rating')).toBe('Good');
    expect(found.value(`key_questions 2.1.1 ${code === '2018' ? 'yes' : 'percent_yes'}`)).toBe(
      code === '2018' ? 6 : 75,
    );
    expect(messages(found)).toEqual([]);
  });
});

describe('the service', () => {
  const service = (found: Read) =>
    ['name', 'area', 'kind'].map((key) => found.value(`service ${key}`)).join(' | ');

  test('of a local authority, by the name that the report gives it', () => {
    expect(service(read())).toBe('Solihull Youth Justice Service | Solihull | YJS');
  });

  test.each([
    ['An inspection of youth offending services in Torbay YOT', 'Torbay Youth Offending Team | Torbay | YOT'],
    [
      'An inspection of youth justice services in Hammersmith & Fulham',
      'Hammersmith & Fulham Youth Justice Service | Hammersmith and Fulham | YJS',
    ],
    [
      'Bath and North East Somerset youth justice service: an inspection',
      'Bath and North East Somerset Youth Offending Team | Bath and North East Somerset | YOT',
    ],
  ])('%s', (title, expected) => {
    const [, area = '', kind = ''] = /^(.*) (Youth .*)$/.exec(expected.split(' | ')[0] ?? '') ?? [];
    expect(service(read({ title: [title], area, kind }))).toBe(expected);
  });

  test('that no register has is named as printed, and the message says what to do', () => {
    const found = read({
      title: ['An inspection of youth offending services in Testham YOT'],
      area: 'Testham',
      kind: 'YOT',
    });
    expect(service(found)).toBe('Testham YOT | Testham | YOT');
    expect(messages(found)).toEqual([expect.stringMatching(/"Testham YOT" is no service.*--new-service/)]);
  });
});

describe('dates', () => {
  const dates = ({ reading, value }: Read) =>
    Object.fromEntries(
      reading.values
        .filter(({ path }) => path[0] === 'report')
        .map(({ path }) => [path[1], value(path.join(' '))]),
    );

  test.each([
    ['started March 2023', { fieldwork_month: '2023-03' }],
    ['took place from 6 to 9 March 2023', { fieldwork_from: '2023-03-06', fieldwork_to: '2023-03-09' }],
    [
      'was carried out between 30 January and 2 February 2023',
      { fieldwork_from: '2023-01-30', fieldwork_to: '2023-02-02' },
    ],
    [
      'took place from 31 December to 4 January 2023',
      { fieldwork_from: '2022-12-31', fieldwork_to: '2023-01-04' },
    ],
  ])('fieldwork %s', (fieldwork, expected) => {
    expect(dates(read({ fieldwork }))).toMatchObject({
      ...expected,
      published: '2023-06',
      isbn: '978-0-306-40615-7',
      lead_inspector: 'Ada Nobody',
    });
  });

  test('a report is not published before fieldwork', () => {
    const found = read({ published: 'January 2022' });
    expect(dates(found)).toMatchObject({ published: 'contradicted' });
    expect(messages(found)).toEqual(['published 2022-01, before fieldwork in 2023-03']);
  });

  test('without fieldwork the message says what to add', () => {
    expect(messages(read({ fieldwork: 'was done' }))).toEqual([
      expect.stringContaining('add report: fieldwork_month'),
    ]);
  });
});

describe('ratings', () => {
  test('a sentence that speaks of ratings is no overall rating', () => {
    const foreword = [
      'Overall, we found a mixed picture, with some elements of planning that could be rated as ‘Outstanding’.',
      'Overall, some elements of the service’s work were rated as ‘Outstanding’.',
    ];
    const found = read({ foreword });
    expect([found.value('overall rating'), messages(found)]).toEqual(['Good', []]);
  });

  test('a sentence that says the overall rating says it, where the page has lost it', () => {
    const found = read({}, '2021', (text) => text.replace('### Overall rating\n**Good**\n', ''));
    expect(found.value('overall rating')).toBe('Good');
  });

  test('two places that differ contradict one another: neither is taken, both are named', () => {
    const found = read({ foreword: ["Overall, Solihull Youth Justice Service is rated as 'Outstanding'."] });
    expect(found.value('overall rating')).toBe('contradicted');
    expect(found.reading.findings).toMatchObject([
      { kind: 'contradiction', about: 'overall', places: [{}, {}] },
    ]);
  });

  test('of an illegible cell nothing is guessed, though the score would tell', () => {
    const found = read({}, '2021', (text) =>
      text
        .replaceAll('2.2\tPlanning\tGood', '2.2\tPlanning\t☆')
        .replace(/(## 2\.2\. Planning\n.*\n)Good\n/, '$1'),
    );
    expect(found.value('standard_ratings 2.2 rating')).toBe('lost');
  });

  test('a title that wraps, and one with its rating and statement run together', () => {
    const title = 'Out-of-court disposal policy and provision';
    const found = read({ ratings: { '3.4': 'Outstanding' }, score: '25/36' }, '2021', (text) =>
      text
        .replace(`3.4\t${title}\tOutstanding`, '3.4 Out-of-court disposal policy\nand provision\nOutstanding')
        .replace('2.4\tReviewing\tGood', '2.4 Reviewing Good'),
    );
    expect(found.at('standard_ratings 3.4 rating')?.confidence).toBe('confirmed');
    expect(found.at('standard_ratings 2.4 rating')?.confidence).toBe('confirmed');
    expect(found.value('overall score')).toBe(25);
  });

  test('Markdown’s pictures say their rating', () => {
    const found = read({}, '2021', (text) => text.replace('**Good**', '![Overall rating: Good](banner.png)'));
    expect(found.value('overall rating')).toBe('Good');
  });
});

describe('figures', () => {
  const question = "Does planning focus sufficiently on supporting the child's desistance?";

  test.each<[string, string[], unknown[]]>([
    ['counts', ['8', '5'], [8, 5]],
    ['a lost cell is lost, and the other one stands', ['', '5'], ['lost', 5]],
    ['the tail of the question before a figure', ['ve ₂', '1'], [2, 1]],
    ['one figure where two belong: which it is can’t be told', ['5'], ['lost', 'lost']],
    ['what is no number', ['l2', '4?'], ['lost', 'lost']],
    ['a percentage among counts', ['8', '5', '63%'], [8, 5]],
    ['an empty column', ['8', '', '5'], [8, 5]],
    ['more yes than cases', ['5', '8'], ['contradicted', 'contradicted']],
    ['more than the sample', ['13', '8'], ['contradicted', 'contradicted']],
  ])('%s', (_, cells, expected) => {
    const found = read({ cells: { '2.2.1': cells } }, '2018');
    expect(['relevant_cases', 'yes'].map((key) => found.value(`key_questions 2.2.1 ${key}`))).toEqual(
      expected,
    );
    expect(found.value('key_questions 2.2.2 yes')).toBe(6);
  });

  test('N/A, N/A means that no case was relevant', () => {
    const found = read({ cells: { '2.2.1.a': ['N/A', 'N/A'] } }, '2018');
    expect(found.value('prompts 2.2.1.a not_applicable')).toBe(true);
  });

  test('a row that stands twice is read once; with other figures it contradicts itself', () => {
    const row = `${question}\t8\t6`;
    const twice = (second: string) => read({}, '2018', (text) => text.replace(row, `${row}\n${second}`));
    expect(messages(twice(row))).toEqual([]);
    expect(twice(row).value('key_questions 2.2.1 yes')).toBe(6);
    const other = twice(`${question}\t8\t7`);
    expect(other.reading.findings).toMatchObject([{ kind: 'contradiction', about: '2.2.1' }]);
  });

  test('a question without a row is named, and so is a row of no question', () => {
    const gone = read({ cells: { '2.2.3': null } }, '2018');
    expect(gone.reading.findings).toMatchObject([{ kind: 'question without row', about: '2.2.3' }]);
    expect(gone.value('key_questions 2.3.1 yes')).toBe(6);
    const strange = read({}, '2018', (text) =>
      text.replace(`${question}\t8\t6`, `Has anybody asked the cat what it thinks?\t8\t2\n${question}\t8\t6`),
    );
    expect(strange.reading.findings).toMatchObject([{ kind: 'row without question' }]);
    expect(strange.value('key_questions 2.2.1 yes')).toBe(6);
  });

  test('wording drifts, words are cut, a letter comes twice: it is the same question', () => {
    const found = read({}, '2018', (text) =>
      text.replace(
        `${question}\t8\t6`,
        "d) oes planning focus sufficiently on suporting the child or young person's desistance?\t8\t5",
      ),
    );
    expect(found.value('key_questions 2.2.1 yes')).toBe(5);
  });

  test('the figures may stand below their question, or be lost between its lines', () => {
    const found = read({}, '2018', (text) =>
      text.replace(
        `${question}\t8\t6`,
        question.replace(' on ', ' on\n').replace('desistance?', 'desistance?\n8\t5'),
      ),
    );
    expect(found.value('key_questions 2.2.1 yes')).toBe(5);
  });
});

describe('decisions of the panel', () => {
  test('a footnote’s is of the standard that cites it', () => {
    const found = read(
      {
        ratings: { '3.1': 'Outstanding' },
        score: '25/36',
        text: {
          '3.1': [
            'Outstanding<sup>17</sup>',
            '',
            '<sup>17</sup> The ratings panel applied professional discretion to raise this from ‘Good’ to ‘Outstanding’.',
          ],
        },
      },
      '2018',
    );
    expect(found.list('professional_discretion')).toMatchObject([
      { standard: '3.1', from: 'Good', to: 'Outstanding' },
    ]);
    expect(found.at('standard_ratings 3.1 rating')?.confidence).toBe('confirmed');
    expect(messages(found)).toEqual([]);
  });

  test('what a methodology says of discretion is none', () => {
    const found = read(
      {},
      '2018',
      (text) => `${text}\nProfessional discretion may raise a rating from Good to Outstanding.\n`,
    );
    expect(found.list('professional_discretion')).toEqual([]);
  });
});

describe('samples', () => {
  test('their sizes by the heads of tables, their kinds by the sentence that describes them', () => {
    const text = {
      '3': [
        'We inspected eight cases managed by the YOT that had received an out-of-court disposal. These consisted of five youth conditional cautions, two youth cautions and one community resolution. We interviewed the case managers in six cases.',
      ],
    };
    const kinds = { youth_conditional_caution: 5, youth_caution: 2, community_resolution: 1 };
    expect(read({ text }).list('samples')).toEqual([
      { cases: 8, ...kinds, case_manager_interviews: 6 },
      { cases: 12 },
    ]);
  });

  test('a kind by any name that the edition has for it', () => {
    const text = { '2': ['These consisted of nine community orders and two custodial sentences.'] };
    const [court] = read({ text })
      .list('samples')
      .filter(({ community_sentence }) => community_sentence !== undefined);
    expect(court).toMatchObject({ community_sentence: 9, custodial_sentence: 2 });
  });

  test('kinds that sum to more than the cases are impossible', () => {
    const text = { '3': ['These consisted of seven youth conditional cautions and two youth cautions.'] };
    expect(read({ text }).value('samples out of court cases')).toBe('contradicted');
  });
});

describe('recommendations', () => {
  const list = (recommendations: string[]) =>
    read({ recommendations })
      .list('recommendations')
      .map(({ addressed_to, summary }) => `${addressed_to}: ${summary}`);

  test('each with those whom it is addressed to, over lists, over lines', () => {
    expect(
      list([
        'Solihull YJS and the police should:',
        '',
        '1. see to it',
        '2. do more',
        'of it',
        '',
        '**The council should**',
        '- give money.',
      ]),
    ).toEqual([
      'Solihull YJS and the police: see to it',
      'Solihull YJS and the police: do more of it',
      'The council: give money.',
    ]);
  });

  test('whoever is addressed within it', () => {
    expect(list(['1. The chair of the board should read it.'])).toEqual(['The chair of the board: read it.']);
  });

  test('as many as the report says, or there is something to look at', () => {
    const recommendations = ['We have made four recommendations.', 'The board should:', '1. see to it'];
    expect(messages(read({ recommendations }))).toEqual([
      'the report says that there are 4 recommendations, 1 were found',
    ]);
  });
});

describe('findings', () => {
  test('of a domain; of its only standard where it has one', () => {
    const list = [
      '### Strengths',
      '- Much is done.',
      '### Areas for improvement',
      '• More could',
      'be done.',
    ];
    const found = read({ text: { '2': list, '4': list } });
    expect(found.list('findings')).toEqual([
      { domain: '2', kind: 'strength', summary: 'Much is done.' },
      { domain: '2', kind: 'area for improvement', summary: 'More could be done.' },
      { domain: '4', standard: '4.1', kind: 'strength', summary: 'Much is done.' },
      { domain: '4', standard: '4.1', kind: 'area for improvement', summary: 'More could be done.' },
    ]);
  });

  test('those of a summary are not listed again', () => {
    const found = read({}, '2021', (text) =>
      text.replace(
        '## Ratings',
        '## Executive summary\n### Court disposals\n### Strengths\n- Much is done.\n\n## Ratings',
      ),
    );
    expect(found.list('findings')).toEqual([]);
  });
});

describe('facts', () => {
  const facts = [
    '### Population information<sup>1</sup>',
    '41,000\tTotal population of Solihull (2022)',
    '127\tFirst-time entrant rate per 100,000 in Solihull',
    '167\tFirst-time entrant rate per 100,000 in England and Wales',
    '',
    '### Caseload information',
    'Gender\tMale\tFemale',
    'Solihull YJS\t8x%\t18%',
    'National average\t86%\t13%',
    '',
    '<sup>1</sup> Youth Justice Board. (2021). *First-time entrants, January to December 2020*.',
  ];

  test('of tables, with national figures beside the service’s own, units, and what footnotes say', () => {
    const source = { source: 'Youth Justice Board (2021), First-time entrants, January to December 2020' };
    expect(read({ facts }).list('context')).toEqual([
      {
        measure: 'total population (2022)',
        value: 41000,
        unit: 'people',
        year: 2022,
        ...source,
        period: 'January to December 2020',
      },
      {
        measure: 'first-time entrant rate',
        value: 127,
        national_value: 167,
        unit: 'rate per 100,000',
        ...source,
        period: 'January to December 2020',
      },
      { measure: 'caseload', breakdown: 'gender', category: 'Male', percent: 'lost', national_percent: 86 },
      { measure: 'caseload', breakdown: 'gender', category: 'Female', percent: 18, national_percent: 13 },
    ]);
  });

  test('none of sentences', () => {
    const text = {
      '1': ['Three senior social workers conducted 15 meetings, and 48.6 per cent of children came.'],
    };
    expect(read({ facts: [], text }).list('context')).toEqual([]);
  });
});
