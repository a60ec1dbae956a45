import { describe, expect, test } from 'vitest';
import { type Invented, inventedReport } from './invented.js';
import { aroundReader, editionOf } from './reading.js';

const around = aroundReader();
const factsOf = async (invented: Invented) =>
  ((await around({ facts: [], ...invented })).file.context ?? []).map(({ place, ...fact }) => fact);

const sources = [
  '<sup>6</sup> Office for National Statistics. (June 2022). *UK population estimates, mid-2021*.',
  '<sup>7</sup> Youth Justice Board. (2022). *First-time entrants, January to December 2021*.',
  '<sup>9</sup> Data supplied by the YJS, reflecting the caseload at the time of the inspection announcement.',
];

describe('in tables', () => {
  test('a rate beside that of England and Wales, with its source and time', async () => {
    expect(
      await factsOf({
        facts: [
          '### Population information<sup>6</sup>',
          '<b>88</b>\tFirst-time entrant rate per 100,000 in Rutland <sup>7</sup>',
          '<b>146</b>\tFirst-time entrant rate per 100,000 in England and Wales',
          '<b>41,000</b>\tTotal population of Rutland',
          ...sources,
        ],
      }),
    ).toEqual([
      {
        measure: 'first-time entrant rate',
        value: 88,
        national_value: 146,
        unit: 'rate per 100,000',
        period: 'January to December 2021',
        source: 'Youth Justice Board (2022), First-time entrants, January to December 2021',
      },
      {
        measure: 'total population',
        value: 41000,
        unit: 'people',
        year: 2021,
        source: 'Office for National Statistics (June 2022), UK population estimates, mid-2021',
      },
    ]);
  });

  test('shares by category beside the national average, or beside somebody else’s', async () => {
    const facts = await factsOf({
      facts: [
        '### Caseload information',
        'Age\t10–14 years\t15–17 years',
        'Rutland YJS\t21%\t79%',
        'National average\t22%\t78%',
        'Race/ethnicity\tWhite\tBlack and minority ethnic\tUnknown',
        'Rutland YJS\t91%\t7%\t2%',
        'Youth population of Rutland\t94%\t6%\t0%',
      ],
    });
    expect(facts).toMatchObject([
      { breakdown: 'age', category: '10–14 years', percent: 21, national_percent: 22 },
      { breakdown: 'age', category: '15–17 years', percent: 79, national_percent: 78 },
      {
        breakdown: 'ethnicity',
        category: 'White',
        percent: 91,
        comparator: 'Youth population of Rutland',
        comparator_percent: 94,
      },
      { breakdown: 'ethnicity', category: 'Black and minority ethnic', percent: 7, comparator_percent: 6 },
      { breakdown: 'ethnicity', category: 'Unknown', percent: 2, comparator_percent: 0 },
    ]);
  });

  test('figures on lines of their own above the names that they are of', async () => {
    const facts = await factsOf({
      facts: [
        'First-time entrant rate<sup>7</sup> per 100,000',
        '345',
        'Rutland YJS',
        '247',
        'Average for England and Wales',
        'Reoffending rates',
        '27%',
        'Rutland YJS',
        '37%',
        'Average for England and Wales',
        ...sources,
      ],
    });
    expect(facts).toMatchObject([
      { measure: 'first-time entrant rate', value: 345, national_value: 247 },
      { measure: 'reoffending rates', percent: 27, national_percent: 37 },
    ]);
    expect(facts).toHaveLength(2);
  });

  test('a table that goes on over a page’s end with its head again; marks that have become plain digits', async () => {
    const facts = await factsOf({
      facts: [
        'Gender\tMale\tFemale',
        'Rutland YJS\t71%\t29%',
        '17',
        'Inspecton of youth ofending services: Rutland YJS',
        'Gender\tMale\tFemale',
        'National average\t88%\t12%',
        '88\tFirst-time entrant rate per 100,000 in Rutland 2',
        '2 Youth Justice Board. (2022). First-time entrants, January to December 2021.',
      ],
    });
    expect(facts).toMatchObject([
      { category: 'Male', percent: 71, national_percent: 88 },
      { category: 'Female', percent: 29, national_percent: 12 },
      { measure: 'first-time entrant rate', value: 88, period: 'January to December 2021' },
    ]);
  });

  test('a publisher with letters wrong is spelt right', async () => {
    const facts = await factsOf({
      facts: [
        '88\tFirst-time entrant rate per 100,000 in Rutland <sup>7</sup>',
        '<sup>7</sup> Youth Jusitce Boad. (2022). First-time entrants, January to December 2021.',
      ],
    });
    expect(facts[0]?.source).toBe(
      'Youth Justice Board (2022), First-time entrants, January to December 2021',
    );
  });

  test('lists of one column, over a page’s end; sums of money; figures behind their labels', async () => {
    const facts = await factsOf({
      facts: [
        '### Additional caseload data<sup>9</sup>',
        '31\tTotal current caseload, of which:',
        '12\tCourt disposals',
        'Offence types\t%',
        'Burglary\t13%',
        ...sources,
        'Robbery\t31%',
      ],
      text: {
        '1.1': ['#### Key data', 'Total spend in previous financial year\t£960,480'],
        '1.2': ['Total staff headcount (full-time equivalent (FTE))\t14'],
      },
    });
    expect(facts).toMatchObject([
      {
        measure: 'total current caseload',
        value: 31,
        source: 'Supplied by the service',
        period: 'at the time of the inspection announcement',
      },
      { measure: 'court disposals', value: 12 },
      { breakdown: 'offence type', category: 'Burglary', percent: 13 },
      { breakdown: 'offence type', category: 'Robbery', percent: 31 },
      { value: 960480, unit: 'pounds', standard: '1.1' },
      { value: 14, unit: 'full-time equivalent', standard: '1.2' },
    ]);
  });

  test('a cell that is not legible is lost, and stays out of the file', async () => {
    const facts = await factsOf({
      facts: [
        '88\tFirst-time entrant rate per 100,000 in Rutland',
        '1§6\tFirst-time entrant rate per 100,000 in England and Wales',
        'Gender\tMale\tFemale',
        'Rutland YJS\t8x%\t18%',
        'National average\t86%\t14%',
      ],
    });
    expect(facts).toMatchObject([
      { value: 88, lost: ['national_value'] },
      { category: 'Male', lost: ['percent'], national_percent: 86 },
      { category: 'Female', percent: 18, national_percent: 14 },
    ]);
  });

  test('a measure above names without figures is lost, with its national figure', async () => {
    const facts = await factsOf({
      facts: [
        'First-time entrant rate<sup>7</sup> per 100,000',
        'Rutland YJS',
        'Average for England and Wales',
        ...sources,
      ],
    });
    expect(facts).toMatchObject([
      { measure: 'first-time entrant rate', unit: 'rate per 100,000', lost: ['value', 'national_value'] },
    ]);
  });

  test('percentages of a row that do not sum to a hundred are doubtful, those that do are confirmed', async () => {
    const { file, values, findings } = await around({
      facts: ['Gender\tMale\tFemale', 'Rutland YJS\t82%\t78%', 'National average\t86%\t14%'],
    });
    expect(file.context?.[0]).toMatchObject({ lost: ['percent'], national_percent: 86 });
    const own = values.filter(({ path }) => path[0] === 'context' && String(path[2]).endsWith('percent'));
    expect(own.map(({ confidence }) => confidence)).toEqual([
      'doubtful',
      'confirmed',
      'doubtful',
      'confirmed',
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({ message: 'the percentages of this row sum to 160' }),
    );
  });
});

describe('in damaged tables', () => {
  test.each(['Naitonal averge', 'Nadionla average'])(
    'a row is that of the service or of England and Wales with letters of its label wrong: %s',
    async (national) => {
      const facts = await factsOf({
        facts: ['Gender\tMale\tFemale', 'Rtuland YJS\t71%\t29%', `${national}\t88%\t12%`],
      });
      expect(facts).toMatchObject([
        { category: 'Male', percent: 71, national_percent: 88 },
        { category: 'Female', percent: 29, national_percent: 12 },
      ]);
    },
  );

  test('a row with fewer cells than its head does not say which is missing', async () => {
    const facts = await factsOf({
      facts: [
        'Race/ethnicity\tWhite\tBlack and minority ethnic\tUnknown',
        'Rutland YJS\t91%\t7%\t2%',
        'National average\t17%\t24%',
      ],
    });
    expect(facts).toMatchObject([
      { percent: 91, lost: ['national_percent'] },
      { percent: 7, lost: ['national_percent'] },
      { percent: 2, lost: ['national_percent'] },
    ]);
  });

  test('what the service supplied, and a source whose mark is lost, are known by their words', async () => {
    const facts = await factsOf({
      facts: [
        '88\tFirst-tme entrant rate per 100,000 in Rutland <sup>x</sup>',
        '### Additional caseload data<sup>9</sup>',
        '31\tTotal current caseload on licence',
        '<sup>7</sup> Youth Justice Board. (2022). First-time entrants, January to December 2021.',
        '<sup>9</sup> Data suppliedb y the YJS, reflecting the caseload at the time of the inspection.',
      ],
    });
    expect(facts).toMatchObject([
      { value: 88, period: 'January to December 2021' },
      { value: 31, source: 'Supplied by the service' },
    ]);
  });
});

describe('in running text', () => {
  test('a share whose "per cent" has a letter wrong is still a share', async () => {
    const facts = await factsOf({ text: { '1.2': ['Twenty-seven per centt of staff said so.'] } });
    expect(facts).toMatchObject([{ percent: 27 }]);
  });

  const told = async (sentence: string, standard = '1.3') =>
    (await factsOf({ text: { [standard]: [sentence] } })).map(({ value, percent, unit }) =>
      percent === undefined ? `${value} ${unit}` : `${percent}%`,
    );

  test.each([
    ['Ninety-six per cent of staff said so.', ['96%']],
    [
      'In the year, 15 families of children open to the service had help, and two mentors left.',
      ['15 families', '2 mentors'],
    ],
    ['The service works from three hubs in the county.', ['3 hubs']],
    ['Of the 17 children who answered, more than 90 per cent were happy.', ['17 children', '90%']],
    ['All case managers said that they had time enough.', ['100%']],
    ['A fifth of young people live in poverty.', ['20%']],
    ['It has the fifth highest volume of cases in England.', ['5 rank']],
    ['The mentor works with a child for up to a year.', ['1 years']],
    ['Both rated the service well (8/10).', ['8 out of 10']],
    ['Three of the 10 staff who worked with such cases had no training.', ['3 staff', '10 staff']],
  ])('%s', async (sentence, facts) => {
    expect(await told(sentence)).toEqual(facts);
  });

  test.each([
    'For this judgement we looked at the answers to the following three questions:',
    'Children aged 10 to 17 years are seen, and those who turn 18 move on.',
    'The Crime and Disorder Act 1998 set out what was to come in 2023 and 2024.',
    'Outcome 22 and tier 2 work began in the last 12 months, within six weeks.',
    'We interviewed five children and three parents.',
    'The two boroughs share one court.',
    'Work was rated as Good where 65 per cent or more of cases were sufficient.',
  ])('no fact: %s', async (sentence) => {
    expect(await told(sentence)).toEqual([]);
  });

  test('results of inspected cases are not facts of the service; what is said of the children is', async () => {
    expect(
      await told('Planning was sufficient in nine of the 12 cases, or 75 per cent of cases.', '2.2'),
    ).toEqual([]);
    expect(await told('Nine children had plans that were sufficient.', '2.2')).toEqual([]);
    expect(await told('Three of the children had committed violent offences.', '2.2')).toEqual([
      '3 children',
    ]);
    expect(await told('Lifestyle was a desistance factor in nine of the cases.', '2.1')).toEqual(['9 cases']);
  });

  test('a sentence that a page’s end divides is one, and its figure stands where it stands', async () => {
    const wrapped = {
      facts: [],
      background: ['Many children, 60 per', 'cent of the caseload, live in town.'],
    };
    const { file } = await around(wrapped);
    const lines = inventedReport(await editionOf('2021'), wrapped).split('\n');
    const line = lines.findIndex((text) => text.startsWith('Many')) + 1;
    expect(file.context).toMatchObject([{ percent: 60, place: `line ${line}` }]);
  });

  test('a time is that of the figure beside it', async () => {
    const facts = await factsOf({
      background: [
        'In the year to end of March 2022, 35 per cent of offences were thefts. Now 40 per cent are.',
      ],
    });
    expect(facts).toMatchObject([
      { percent: 35, period: expect.stringMatching(/March 2022/) },
      { percent: 40 },
    ]);
    expect(facts[1]).not.toHaveProperty('period');
  });
});
