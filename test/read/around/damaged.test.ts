import { describe, expect, test } from 'vitest';
import { aroundReader } from './reading.js';
import { wornLines } from './worn.js';

const around = aroundReader();
const sources = [
  '<sup>2</sup> Youth Justice Board. (2022). First-time entrants, January to December 2021.',
  '<sup>3</sup> Office for National Statistics. (2022). UK population estimates, mid-2021.',
];

describe('where many characters are damaged', () => {
  test('a figure of a fact that nothing confirms is doubtful; a sum or another line confirms one', async () => {
    const facts = [
      '### Population information',
      '41,250\tTotal population of Rutland',
      '88\tFirst-time entrant rate per 100,000 in Rutland',
      'Gender\tMale\tFemale',
      'Rutland YJS\t71%\t29%',
    ];
    const again = 'In 2021, the population of Rutland was estimated to be 41,250.';
    const sound = await around({ facts });
    expect(sound.file.context).toMatchObject([
      { value: 41250 },
      { value: 88 },
      { percent: 71 },
      { percent: 29 },
    ]);
    const damaged = await around({ facts, background: [...wornLines, again] });
    expect(damaged.file.context).toMatchObject([
      { value: 41250 },
      { measure: 'total population', value: 41250 },
      { measure: 'first-time entrant rate', lost: ['value'] },
      { percent: 71 },
      { percent: 29 },
    ]);
  });

  test('a name or days of fieldwork that one place gives are doubtful, the month is not', async () => {
    const fieldwork = 'was carried out from 6 to 10 March 2023';
    const text = { '1.1': ['Fieldwork took place in March 2023.'] };
    const sound = await around({ fieldwork, text });
    expect(sound.file.report).toMatchObject({
      fieldwork_from: '2023-03-06',
      fieldwork_to: '2023-03-10',
      lead_inspector: 'Ada Nobody',
    });
    const { report } = (await around({ fieldwork, text, background: wornLines })).file;
    expect(report).toMatchObject({ fieldwork_month: '2023-03' });
    expect(report).not.toHaveProperty('fieldwork_from');
    expect(report).not.toHaveProperty('lead_inspector');
  });

  test('a year of fieldwork that is not one of the years before publication is doubtful', async () => {
    const fieldwork = 'was carried out in March 2032';
    const month = async (background: string[]) =>
      (await around({ fieldwork, background })).values.find(({ path }) => path[1] === 'fieldwork_month');
    expect((await month(wornLines))?.confidence).toBe('doubtful');
  });

  test('a year that its source contradicts is doubtful', async () => {
    const facts = ['41,000\tTotal population of Rutland (2019) <sup>3</sup>', ...sources];
    expect((await around({ facts })).file.context?.[0]?.year).toBe(2019);
    expect((await around({ facts, background: wornLines })).file.context?.[0]).not.toHaveProperty('year');
  });

  test('a source that is about something else is none', async () => {
    const facts = ['88\tFirst-time entrant rate per 100,000 in Rutland <sup>3</sup>', ...sources];
    expect((await around({ facts })).file.context?.[0]?.source).toContain('population estimates');
    expect((await around({ facts, background: wornLines })).file.context?.[0]).not.toHaveProperty('source');
  });

  test('a year that is not of the report’s is none', async () => {
    const facts = ['41,000\tTotal population of Rutland (2091)'];
    expect((await around({ facts })).file.context?.[0]?.year).toBe(2091);
    expect((await around({ facts, background: wornLines })).file.context?.[0]).not.toHaveProperty('year');
  });

  test('counts of a sample in digits are doubtful, and those that sum to it are not', async () => {
    const domainText = {
      '2': [
        'We inspected 18 cases managed by the YJS that had received a court disposal. These consisted of 12 referral orders and 6 youth rehabilitation orders. We also conducted 11 interviews with the case managers.',
      ],
    };
    const sound = (await around({ domainText })).file.sample?.court_disposals;
    expect(sound).toMatchObject({ referral_order: 12, case_manager_interviews: 11 });
    const damaged = (await around({ domainText, background: wornLines })).file.sample?.court_disposals;
    expect(damaged).toMatchObject({ referral_order: 12, youth_rehabilitation_order: 6 });
    // 11 is 11 in either order of its digits; 12 may be 21.
    expect(damaged).toMatchObject({ case_manager_interviews: 11 });
    const other = [
      domainText['2'][0]!.replace('18 cases', '31 cases').replace('12 ref', '25 ref').replace('11', '12'),
    ];
    const turned = await around({ domainText: { '2': other }, background: wornLines });
    expect(turned.file.sample?.court_disposals).toMatchObject({ referral_order: 25 });
    expect(turned.file.sample?.court_disposals).not.toHaveProperty('case_manager_interviews');
  });
});

describe('in a damaged report', () => {
  test('the service is called what most of the report calls it', async () => {
    const { file } = await around({
      title: 'An inspection of youth offending services in\n\nRvtlan\n\nRead by',
      background: [...wornLines, 'Rutland is small. Rutland has one court, and most of Rutland is green.'],
    });
    expect(file.service).toMatchObject({ name: 'Rutland Youth Justice Service', area: 'Rutland' });
  });

  test('a count that its types do not sum to is doubtful, however often it is said', async () => {
    const domainText = {
      '2': [
        'We inspected 118 cases managed by the YJS that had received a court disposal. These consisted of 12 referral orders and 6 youth rehabilitation orders.',
      ],
      '3': ['In all we examined 118 court cases.'],
    };
    const cases = async (background: string[]) =>
      (await around({ domainText, background })).file.sample?.court_disposals?.cases;
    expect(await cases([])).toBe(118);
    expect(await cases(wornLines)).toBeUndefined();
  });

  test('a category that is a word, and none of the usual ones, is doubtful', async () => {
    const facts = ['Gender\taMle:\tFemale', 'Rutland YJS\t71%\t29%'];
    const categories = async (background: string[]) =>
      (await around({ facts, background })).file.context?.map(({ category }) => category);
    expect(await categories([])).toEqual(['aMle:', 'Female']);
    expect(await categories(wornLines)).toEqual([undefined, 'Female']);
  });
});

describe('whatever the damage', () => {
  const figures = async (facts: string[]) =>
    (await around({ facts })).file.context?.map(({ place, ...fact }) => fact);

  test('a page’s number is no figure beside one', async () => {
    expect(
      await figures(['Reoffending rates', '41%', 'Rutland YJS', '37%', '3', 'Average for England and Wales']),
    ).toMatchObject([{ percent: 41, national_percent: 37 }]);
  });

  test('digits that no figure has are lost', async () => {
    const lost = await figures(['03%\tReoffending rate in Rutland', '53.428\tTotal population of Rutland']);
    expect(lost).toMatchObject([{ lost: ['percent'] }, { lost: ['value'] }]);
  });

  test('a digit behind the figure of a row cites nothing', async () => {
    const [fact] =
      (await figures(['Gender\tMale\tFemale', 'Rutland YJS\t71%<sup>2</sup>\t29%', ...sources])) ?? [];
    expect(fact).not.toHaveProperty('source');
  });

  test('rows of a table whose head is not legible are not those of the table above', async () => {
    const facts = [
      'Ethnicity\tWhite\tBlack\tUnknown',
      'Rutland YJS\t44%\t9%\t47%',
      'Rutland YJS\t87%\t13%',
      'National average\t80%\t20%',
    ];
    expect((await figures(facts))?.map(({ category, percent }) => [category, percent])).toEqual([
      ['White', 44],
      ['Black', 9],
      ['Unknown', 47],
    ]);
  });

  test('nor are rows below another head, which its own rule keeps from being one', async () => {
    const facts = [
      'Ethnicity  White\tBlack\tUnknown',
      'Rutland YJS\t44%\t9%\t47%',
      'Gender\tMale\tFemale',
      '---\t--.\t---',
      'Rutland YJS\t87%\t13%',
    ];
    expect((await figures(facts))?.map(({ category }) => category) ?? []).not.toContain('Black');
  });

  test('figures of a table are of one unit, and a damaged national average is one', async () => {
    const facts = ['Age\t10–14 years\t15–17 years', 'Rutland YJS\t69\t%31%', 'Natinoala verage\t57%\t43%'];
    expect(await figures(facts)).toMatchObject([
      { category: '10–14 years', percent: 69, national_percent: 57 },
      { category: '15–17 years', lost: ['percent'], national_percent: 43 },
    ]);
  });

  test('the definition of a footnote whose tag is damaged is no measure', async () => {
    const facts = [
      '<sup>>1</sup> Office for National Statistics. (2022). UK population estimates, mid-2021.',
      '37%',
      'Rutland YJS',
      '31%',
      'National average',
    ];
    expect(JSON.stringify((await figures(facts))?.map(({ measure }) => measure))).not.toContain('Office');
  });

  test('nor is it the head of a table, nor is a caseload per manager counted in posts', async () => {
    const facts = [
      's<up>2</sup> Youth Justice Board. (2022).\tFirst-time entrants, January to December 2021.',
      'Avreagecseload per case manager (FTE)\t14',
      'Averagec aselad peer casemanager (FTE)\t9',
    ];
    expect(await figures(facts)).toMatchObject([
      { unit: 'cases', value: 14 },
      { unit: 'cases', value: 9 },
    ]);
  });

  test('a publisher without its first words is that publisher', async () => {
    const source = async (printed: string, background: string[] = []) => {
      const facts = [
        '41,000\tTotal population of Rutland <sup>3</sup>',
        `<sup>3</sup> ${printed}. (2022). UK population estimates, mid-2021.`,
      ];
      return (await around({ facts, background })).file.context?.[0]?.source;
    };
    for (const printed of ['National Statistics', 'Offic efoorN ational Statistics', 'NationalStatistics'])
      expect(await source(printed)).toMatch(/^Office for National Statistics \(2022\)/);
    expect(await source('Rutland Statistics')).toMatch(/^Rutland Statistics/);
    expect(await source('Rutland Statistics', wornLines)).toBeUndefined();
  });

  test('the end of a range that began in another month says no month', async () => {
    const { file } = await around({ fieldwork: 'was carried out from 2 6February to 2 March 2023' });
    expect(file.report).not.toHaveProperty('fieldwork_month');
    expect(file.report).not.toHaveProperty('fieldwork_from');
    const illegible = await around({ fieldwork: 'was carried out from 26 February to Z March 2023' });
    expect(illegible.file.report).not.toHaveProperty('fieldwork_month');
  });
});
