import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { checkCounts } from '../../src/read/checks/counts.js';
import { damagedFrom, damagedShare } from '../../src/read/checks/damage.js';
import type { QuestionValues } from '../../src/read/checks/figures.js';
import { readDocument } from '../../src/read/read-report.js';
import type { ReadValue } from '../../src/read/reading.js';
import { knownEditions } from '../../src/read/structure/known-editions.js';
import { figuresOf, type Invented, inventedReport, reportOf, valueAtPath } from './report-of.js';

let editions: EditionFile[];
let counts: EditionFile;
let percentages: EditionFile;
beforeAll(async () => {
  editions = await knownEditions();
  [counts, percentages] = ['2018', '2021'].map((code) => editions.find((each) => each.edition === code)) as [
    EditionFile,
    EditionFile,
  ];
});

const read = (invented: Invented) => readDocument(reportOf(inventedReport(invented)), editions);
const ratingOf = (report: ReturnType<typeof read>, code: string) =>
  valueAtPath(report, `standard_ratings ${code} rating`);
const contradictions = (report: ReturnType<typeof read>) =>
  report.reading.findings.filter(({ kind }) => kind === 'contradiction');

/** Ratings page only: the first time that a standard's rating is printed. */
const onPage = (code: string, rating: string) => (text: string) =>
  text.replace(new RegExp(`^(${code.replace('.', '\\.')}\\t[^\\t]+\\t)Good`, 'm'), `$1${rating}`);

describe('ratings', () => {
  test('all of them, confirmed by headings, figures and score', () => {
    const report = read({ edition: percentages });
    const ratings = percentages.domains.flatMap(({ standards }) =>
      standards.map(({ code }) => ratingOf(report, code)),
    );
    expect(ratings.map((value) => [value?.value, value?.confidence])).toEqual(
      Array(13).fill(['Good', 'confirmed']),
    );
    expect(valueAtPath(report, 'overall score')).toMatchObject({ value: 24, confidence: 'confirmed' });
    expect(valueAtPath(report, 'overall out_of')).toMatchObject({ value: 36, confidence: 'confirmed' });
    expect(valueAtPath(report, 'overall rating')).toMatchObject({ value: 'Good', confidence: 'confirmed' });
    expect(contradictions(report)).toEqual([]);
  });

  test('the page against heading, figures and score: a finding with both places', () => {
    const report = read({ edition: counts, change: onPage('2.2', 'Outstanding') });
    expect(ratingOf(report, '2.2')?.confidence).toBe('doubtful');
    expect(contradictions(report)).toContainEqual(
      expect.objectContaining({ about: '2.2', places: [expect.anything(), expect.anything()] }),
    );
  });

  test.each([
    ['a damaged word', 'Goodd', 'Good'],
    ['a word of the scale in another case', 'GOOD', 'Good'],
    ['a word in quotes, with a star', "'Good' ☆", 'Good'],
  ])('%s', (_, printed, rating) => {
    const report = read({ edition: counts, change: onPage('1.2', printed) });
    expect(ratingOf(report, '1.2')).toMatchObject({ value: rating, confidence: 'confirmed' });
  });

  test('one item a line', () => {
    const report = read({
      edition: percentages,
      ratings: { '1.3': 'Outstanding', '4.1': 'Requires improvement' },
      score: '25/36',
      change: (text) => text.replaceAll(/^(\d\.\d)\t([^\t]+)\t([A-Z][\w ]+)\t☆$/gm, '$1 $2\n\n**$3**\n'),
    });
    expect(['1.2', '1.3', '3.4', '4.1'].map((code) => ratingOf(report, code)?.value)).toEqual([
      'Good',
      'Outstanding',
      'Good',
      'Requires improvement',
    ]);
  });

  test('a standard that is not rated has no rating', () => {
    const report = read({ edition: percentages, ratings: { '4.1': 'Not rated' } });
    expect(ratingOf(report, '4.1')).toBeUndefined();
    expect(ratingOf(report, '3.4')?.value).toBe('Good');
  });

  test('an overall rating that only the prose says', () => {
    const report = read({
      edition: counts,
      change: (text) =>
        text
          .replace('Overall rating\tGood', 'Overall rating\t')
          .replace('Meet every week.', '')
          .replace(
            'their partners meet',
            "their partners meet. We have given Waterbeck an overall rating of 'Good'. They meet",
          ),
    });
    expect(valueAtPath(report, 'overall rating')).toMatchObject({ value: 'Good', confidence: 'confirmed' });
  });
});

describe('score', () => {
  test('that the ratings do not add up to is doubtful, and so is a rating that nothing else says', () => {
    const report = read({ edition: counts, score: '27/36' });
    expect(valueAtPath(report, 'overall score')).toMatchObject({
      confidence: 'doubtful',
      why: 'the ratings add up to 24',
    });
    expect(contradictions(report).map(({ about }) => about)).toContain('score');
  });

  test.each(['2l/36', '24/3b', '24', '2 4/36'])('printed "%s" is no number', (score) => {
    const report = read({ edition: counts, score });
    const value = valueAtPath(report, 'overall score');
    expect(value?.confidence ?? 'none').toMatch(/doubtful|none/);
  });

  test('whose band is another overall rating', () => {
    const report = read({ edition: counts, overall: 'Outstanding' });
    expect(valueAtPath(report, 'overall rating')?.confidence).toBe('doubtful');
    expect(contradictions(report).map(({ about }) => about)).toContain('overall');
  });
});

describe('figures', () => {
  test('that give another rating than is printed are doubtful, the others stay', () => {
    const report = read({ edition: counts, cells: { '2.1.2': ['10', '4'] } });
    // The relevant cases stay: the heads of tables say the same.
    expect(figuresOf(report, '2.1.2')).toEqual([10, 'doubtful']);
    expect(figuresOf(report, '2.1.1')).toEqual([10, 7]);
    expect(ratingOf(report, '2.1')).toMatchObject({ value: 'Good', confidence: 'confirmed' });
  });

  test('that are too good for the printed rating: any of them may be wrong', () => {
    const cells = { '2.1.1': ['10', '9'], '2.1.2': ['10', '9'], '2.1.3': ['10', '9'] };
    const report = read({ edition: counts, cells });
    expect(contradictions(report)[0]).toMatchObject({ about: '2.1', message: /give 'Outstanding'/ as never });
  });

  test('a lost figure may be the lowest: nothing is contradicted', () => {
    const cells = { '2.1.1': ['10', '9'], '2.1.2': ['10', ''], '2.1.3': ['10', '9'] };
    expect(contradictions(read({ edition: counts, cells }))).toEqual([]);
  });

  test('more relevant cases than the head of the table has', () => {
    const report = read({
      edition: counts,
      cells: { '2.2.3': ['8', '6'], '2.2.3.a': ['9', '7'], '2.2.3.b': ['8', '6'], '2.2.3.c': ['8', '7'] },
      change: (text) =>
        text.replace(
          /(keeping other people safe\?\n\nOf the )10 cases inspected/,
          '$18 cases with factors related to keeping other people safe',
        ),
    });
    expect(valueAtPath(report, 'key_questions 2.2.3 relevant_cases')?.confidence).toBe('confirmed');
    expect(contradictions(report).map(({ about }) => about)).toContain('2.2.3.a');
  });

  test('beside relevant cases that the head of a damaged table has not, yes is no surer', () => {
    const place = { line: 7 };
    const value = (field: string, count: number): ReadValue => ({
      path: ['prompts', '2.2.3.b', field],
      value: count,
      confidence: 'read',
      place,
    });
    const head = { cases: 5, place: { line: 5 }, isOfSample: false };
    const question = {
      level: 'prompt',
      code: '2.2.3.b',
      standard: '2.2',
      printed: [
        {
          head,
          cells: {
            relevant: { kind: 'number', value: 8, isPercent: false },
            yes: { kind: 'number', value: 6, isPercent: false },
          },
        },
      ],
      relevant: value('relevant_cases', 8),
      yes: value('yes', 6),
    } as unknown as QuestionValues;
    checkCounts({ values: [], findings: [] }, [question], {
      edition: counts,
      samples: new Map(),
      isDamaged: true,
    });
    expect([question.relevant?.confidence, question.yes?.confidence]).toEqual(['doubtful', 'doubtful']);
  });

  test('percentages that the prose repeats are confirmed, one that it contradicts is doubtful', () => {
    const say = (...percents: number[]) =>
      `Work supported desistance in ${percents[0]} per cent of cases, kept the child safe in ${percents[1]} per cent and others in ${percents[2]} per cent.`;
    const with_ = (sentence: string) =>
      read({
        edition: percentages,
        cells: { '3.2.1': ['80%'] },
        change: (text) =>
          text.replace(/(^3\.2\. Planning\n[\s\S]*?)Much was found/m, `$1${sentence}\n\nMuch was found`),
      });
    expect(valueAtPath(with_(say(80, 70, 70)), 'key_questions 3.2.1 percent_yes')).toMatchObject({
      value: 80,
      confidence: 'confirmed',
    });
    const against = with_(say(90, 70, 70));
    expect(figuresOf(against, '3.2.1')).toEqual(['doubtful']);
    expect(figuresOf(against, '3.2.2')).toEqual([70]);
  });

  describe('counts in running text below a key question', () => {
    const with_ = (sentence: string) => {
      const next = counts.domains[1]?.standards[0]?.key_questions?.[2]?.text as string;
      return read({
        edition: counts,
        change: (text) => text.replace(`\n\n${next}\n\n`, `\n\n${sentence}\n\n${next}\n\n`),
      });
    };
    const told = ({ reading }: ReturnType<typeof read>) =>
      reading.values
        .filter(({ path }) => path[0] === 'prose_counts')
        .map(({ path, value }) => [...path, value]);
    const risks = 'risks to the safety and wellbeing of the child were clearly identified and analysed';

    test('confirm the figures of the prompt that they are worded like', () => {
      const report = with_(`In seven of the 10 cases inspected, ${risks}.`);
      expect(told(report)).toEqual([
        ['prose_counts', '2.1.2.a', 'yes', 7],
        ['prose_counts', '2.1.2.a', 'of', 10],
      ]);
      expect(valueAtPath(report, 'prompts 2.1.2.a yes')?.confidence).toBe('confirmed');
      expect(valueAtPath(report, 'prompts 2.1.2.b yes')?.confidence).toBe('read');
      expect(contradictions(report)).toEqual([]);
    });

    test('contradict them, with both places; a sound report keeps what its table prints', () => {
      const report = with_(`The ${risks} in six out of 10 cases.`);
      const [found, ...more] = contradictions(report);
      expect(found).toMatchObject({
        about: '2.1.2.a',
        message: '2.1.2.a: the table prints 7 of 10, the text 6 of 10',
        places: [{ line: expect.any(Number) }, { line: expect.any(Number) }],
      });
      expect([more, figuresOf(report, '2.1.2.a')]).toEqual([[], [10, 7]]);
    });

    test.each([
      ['what was not done', `In three of the 10 cases, not all ${risks}.`],
      [
        'two counts in one sentence',
        `The ${risks} in seven of the 10 cases and recorded in six of the 10 cases.`,
      ],
      ['something else', 'A parent came along to the first meeting in seven of the 10 cases inspected.'],
      ['more than there are', `The ${risks} in seven of the 19 cases.`],
    ])('say nothing: %s', (_, sentence) => {
      const report = with_(sentence);
      expect([told(report), contradictions(report)]).toEqual([[], []]);
      expect(valueAtPath(report, 'prompts 2.1.2.a yes')?.confidence).toBe('read');
    });
  });

  test('a percentage that no whole number of cases gives is told, and kept in a sound report', () => {
    const report = read({
      edition: percentages,
      cells: { '3.3.1.b': ['73%'] },
      change: (text) =>
        text.replace(
          '3. Out-of-court disposals\n\nA sample',
          '3. Out-of-court disposals\n\nWe inspected 10 cases managed by the YOS that had received an out-of-court disposal. A sample',
        ),
    });
    expect(figuresOf(report, '3.3.1.b')).toEqual([73]);
    expect(contradictions(report)).toEqual([expect.objectContaining({ about: '3.3.1.b' })]);
  });
});

describe('discretion', () => {
  const cells = { '2.3.3': ['10', '4'] };
  const cited =
    (note: string, mark = '⁷') =>
    (text: string) =>
      text.replace(/(^2\.3\. Implementation and delivery\n\n.*\n\nGood)/m, `$1${mark}\n\n⁷ ${note}\n`);

  test.each([
    "The panel made use of professional discretion: from 'Inadequate' to 'Good', when it had looked at all of it.",
    "The panel decided by professional discretion to lift the rating to 'Good' from Inadequate.",
    'The panel has used its professional discretion to rate this as good rather than inadequate following a review of cases.',
    "One case set it. The panel decided by professional discretion to lift the rating to 'Good'.",
  ])('%s', (note) => {
    const report = read({ edition: counts, cells, change: cited(note) });
    const said = ['standard', 'from', 'to', 'reason'].map(
      (field) => valueAtPath(report, `professional_discretion 0 ${field}`)?.value,
    );
    expect(said).toEqual(['2.3', 'Inadequate', 'Good', note]);
    expect(contradictions(report)).toEqual([]);
    expect(figuresOf(report, '2.3.3')).toEqual([10, 4]);
  });

  test('without a mark, it is of the one standard whose figures call for it', () => {
    const note = "The panel made use of professional discretion: from 'Inadequate' to 'Good'.";
    const report = read({ edition: counts, cells, change: cited(note, '') });
    expect(valueAtPath(report, 'professional_discretion 0 standard')?.value).toBe('2.3');
  });

  test('a mark that leads to a standard which the decision cannot be of', () => {
    const note = "The panel made use of professional discretion: from 'Inadequate' to 'Good'.";
    const astray = (text: string) =>
      text
        .replace(/(^2\.3\. Implementation and delivery\n\n.*\n\nGood)/m, `$1\n\n⁷ ${note}\n`)
        .replace(/(^2\.2\. Planning\n\n.*\n\nGood)/m, '$1⁷');
    const report = read({ edition: counts, cells, change: astray });
    expect(valueAtPath(report, 'professional_discretion 0 standard')?.value).toBe('2.3');
  });

  test('without a mark, and with no standard whose figures call for it, it is of none', () => {
    const note = "The panel made use of professional discretion: from 'Inadequate' to 'Good'.";
    const report = read({ edition: counts, change: cited(note, '') });
    expect(valueAtPath(report, 'professional_discretion 0 standard')).toBeUndefined();
    expect(report.reading.findings.map(({ about }) => about)).toContain('professional discretion');
  });

  test('a footnote whose mark is plain, and cites nothing, stands at its page’s end and is of no section', () => {
    const of = (note: string) => {
      const change = (text: string) =>
        text.replace(/(^2\.3\. Implementation and delivery\n\n.*\n\nGood)/m, `$1\n\n${note}\n`);
      return valueAtPath(read({ edition: counts, change }), 'professional_discretion 0 standard')?.value;
    };
    const note = "The panel used its professional discretion to raise the rating to 'Good'.";
    expect([of(note), of(`7 ${note}`)]).toEqual(['2.3', undefined]);
  });

  test('what a methodology says of discretion in general is no decision', () => {
    expect(valueAtPath(read({ edition: counts }), 'professional_discretion 0 to')).toBeUndefined();
  });
});

describe('signs of damage', () => {
  /** One character in two hundred replaced, from a fixed sequence. */
  const damaged = (text: string) => {
    let state = 7;
    return [...text]
      .map((character) => {
        state = (state * 48271) % 2147483647;
        return /[a-z]/.test(character) && state % 200 === 0 ? 'x' : character;
      })
      .join('');
  };

  test('are seen in a damaged report, and not in a sound one', () => {
    const text = inventedReport({ edition: counts });
    expect(damagedShare(reportOf(text).lines)).toBeLessThan(damagedFrom / 4);
    expect(damagedShare(reportOf(damaged(text)).lines)).toBeGreaterThan(damagedFrom);
  });

  test('make a figure doubtful that is far from those around it', () => {
    const cells = { '3.1.1.c': ['10', '1'] };
    expect(figuresOf(read({ edition: counts, cells }), '3.1.1.c')).toEqual([10, 1]);
    expect(figuresOf(read({ edition: counts, cells, change: damaged }), '3.1.1.c')).toEqual([10, 'doubtful']);
  });

  test('make relevant cases doubtful that do not go with the yes beside them: 9 of 9 that has become 99', () => {
    // Of questions with 90 to 99 relevant cases and seven in ten yes.
    const others = { '3.1.1.a': ['99', '70'], '3.1.1.b': ['98', '69'], '3.1.1.d': ['99', '71'] };
    const change = (text: string) =>
      damaged(text.replaceAll('Of the 10 cases', 'Of the 101 cases').replaceAll('\t10\t7', '\t99\t70'));
    const of = (own: string[]) =>
      figuresOf(read({ edition: counts, cells: { ...others, '3.1.1.c': own }, change }), '3.1.1.c')[0];
    expect([of(['99', '70']), of(['99', '7'])]).toEqual([99, 'doubtful']);
  });

  test('leave nothing sure beside an empty cell: the sign between the two may have moved', () => {
    const cells = { '3.1.1.c': ['', '2'] };
    expect(figuresOf(read({ edition: counts, cells }), '3.1.1.c')).toEqual(['lost', 2]);
    expect(figuresOf(read({ edition: counts, cells, change: damaged }), '3.1.1.c')).toEqual([
      'lost',
      'doubtful',
    ]);
  });
});
