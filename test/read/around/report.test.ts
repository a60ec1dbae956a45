import { describe, expect, test } from 'vitest';
import { datesIn, monthOf } from '../../../src/read/around/dates.js';
import { aroundReader } from './reading.js';

const around = aroundReader();

describe('dates', () => {
  test.each([
    ['between 19 October and 22 October 2020', { from: '2020-10-19', to: '2020-10-22' }],
    ['from 26 to 30 April 2021', { from: '2021-04-26', to: '2021-04-30' }],
    ['from 28 February to 4 March 2022', { from: '2022-02-28', to: '2022-03-04' }],
    ['on 18th July 2022', { from: '2022-07-18' }],
    ['in Febuary 2022', { month: '2022-02' }],
    ['October 2018', { month: '2018-10' }],
    ['Fberuary 2018', { month: '2018-02' }],
    ['between 25a nd 29 March 2019', { month: '2019-03' }],
    ['from 16 t 20 November 2020', { month: '2020-11' }],
    ['from 29 January to 2February 2018', { from: '2018-01-29', to: '2018-02-02' }],
    ['from 31 December to 4 January 2019', { from: '2018-12-31', to: '2019-01-04' }],
  ])('%s', (text, date) => {
    expect(datesIn(text)).toEqual([{ ...date, index: expect.any(Number) }]);
  });

  test.each(['31 February 2022', 'Jule 2022', 'Octobxx 2022', 'March 20222', 'between 5 and 2 May 2021'])(
    '%s is no date, or not this one',
    (text) => {
      expect(datesIn(text).filter(({ from, to }) => from !== undefined && to !== undefined)).toEqual([]);
      expect(datesIn(text).map(({ month }) => month)).not.toContain('2022-07');
    },
  );

  test('a month with a letter wrong is that month only where it can be no other', () => {
    expect([monthOf('Octobor'), monthOf('Jule'), monthOf('Mxx')]).toEqual([10, undefined, undefined]);
  });
});

describe('the service and its report', () => {
  test('by name, kind and area, with title, dates, ISBN and who led the inspection', async () => {
    const { file, values } = await around();
    expect(file.service).toEqual({ name: 'Rutland Youth Justice Service', area: 'Rutland', kind: 'YJS' });
    expect(file.report).toEqual({
      title: 'An inspection of youth offending services in Rutland',
      published: '2023-06',
      isbn: '978-0-306-40615-7',
      lead_inspector: 'Ada Nobody',
      fieldwork_month: '2023-03',
    });
    const isbn = values.find(({ path }) => path[1] === 'isbn');
    expect(isbn).toMatchObject({ confidence: 'confirmed', place: { line: 9 } });
  });

  test('goes by its own name, not by that of a neighbour that is spoken of more often', async () => {
    const { file } = await around({
      background: Array(9).fill(
        'Leicester Youth Offending Service and Rutland share a court with Rutland Youth Offending Team.',
      ),
    });
    expect(file.service).toMatchObject({ name: 'Rutland Youth Justice Service', kind: 'YJS' });
  });

  test('with a letter wrong on the title page is still of its area, which other places name', async () => {
    const { file } = await around({ title: 'An inspcetion of youth offending services in' });
    expect(file.service).toMatchObject({ area: 'Rutland' });
  });

  test('with a blank too many on the title page has the name that other places spell', async () => {
    const { file } = await around({
      title: 'An inspection of youth offending services in\n\n# Rut land\n\nRead by',
      background: ['Rutland is small. Most children of Rutland live in Oakham, and few leave Rutland.'],
    });
    expect(file.service).toMatchObject({ name: 'Rutland Youth Justice Service', area: 'Rutland' });
  });

  test('days of fieldwork are better than its month', async () => {
    const { file } = await around({ fieldwork: 'took place between 6 March and 9 March 2023' });
    expect(file.report).toMatchObject({ fieldwork_from: '2023-03-06', fieldwork_to: '2023-03-09' });
    expect(file.report).not.toHaveProperty('fieldwork_month');
  });

  test('an ISBN whose check digit is wrong is doubtful, and not in the file', async () => {
    const { file, values } = await around({ isbn: '978-0-306-40615-6' });
    expect(file.report).not.toHaveProperty('isbn');
    expect(values.find(({ path }) => path[1] === 'isbn')).toMatchObject({
      value: '978-0-306-40615-6',
      confidence: 'doubtful',
      why: 'its check digit does not go with the others',
    });
  });

  test('an ISBN with a group too few, or a sign behind it, is doubtful though its check digit be right', async () => {
    const isbnOf = async (isbn: string) =>
      (await around({ isbn })).values.find(({ path }) => path[1] === 'isbn')?.confidence;
    expect(await isbnOf('978-0-306-40615-7')).toBe('confirmed');
    expect(await isbnOf('978-0306-40615-7')).toBe('doubtful');
    expect(await isbnOf('978-0-306-40615-7-?')).toBe('doubtful');
  });

  test('a month of publication in another year than the copyright line is doubtful, with both places', async () => {
    const { file, findings } = await around({ published: 'June 2028' });
    expect(file.report).not.toHaveProperty('published');
    expect(findings).toContainEqual({
      kind: 'contradiction',
      about: 'published',
      message: 'published 2028-06, but the copyright line says 2023',
      places: [{ line: 4 }, { line: 8 }],
    });
  });

  test('a month of publication with a digit too many is that of the copyright line’s year; one that is not legible is doubtful', async () => {
    const { file } = await around({ published: 'November 22023' });
    expect(file.report).toMatchObject({ published: '2023-11' });
    const { values } = await around({ published: 'Nxvxmbxr 2023' });
    expect(values.find(({ path }) => path[1] === 'published')).toMatchObject({ confidence: 'doubtful' });
    const split = await around({ published: 'July2 023' });
    expect(split.values.find(({ path }) => path[1] === 'published')).toMatchObject({
      confidence: 'doubtful',
    });
  });

  test('its area is spelt as most places spell it, not as the title page does', async () => {
    const { file } = await around({
      area: 'Nethriccross',
      title: 'An inspection of youth offending services in Nethrriccross\n',
      background: ['Nethriccross is a town.', 'Most live in Nethriccross.'],
    });
    expect(file.service).toMatchObject({
      area: 'Nethriccross',
      name: 'Nethriccross Youth Justice Service',
    });
  });

  test('without a legible date of fieldwork says so', async () => {
    const { file, findings } = await around({ fieldwork: 'started Mxxxx 2O23' });
    expect(Object.keys(file.report).filter((key) => key.startsWith('fieldwork'))).toEqual([]);
    expect(findings.map(({ about }) => about)).toContain('fieldwork');
  });
});
