import { describe, expect, test } from 'vitest';
import { bundledRegister } from '../../src/import/register/files.js';
import { registerOf, resolve } from '../../src/services/resolve.js';

// A service by its name, as every part of the project finds it: against the register of the package, without a database.

const register = bundledRegister();

/** The area of the service that a name leads to on a day; a question mark where it was not there then. */
function areaOf(name: string, day?: string): string {
  const resolved = resolve(register, name, day);
  if ('found' in resolved) return `${resolved.found.area}${resolved.held ? '' : '?'}`;
  if ('several' in resolved) return `several: ${resolved.several.map(({ area }) => area).join(', ')}`;
  return `none${resolved.nearest[0] ? `, near ${resolved.nearest[0].name}` : ''}`;
}

test.each([
  ['London Borough of Barnet', 'Barnet'],
  ['Royal Borough of Kensington & Chelsea', 'Kensington and Chelsea'],
  ['Leeds City Council Youth Justice Service', 'Leeds'],
  ['Durham County Council', 'County Durham'],
  ['Rhondda Cynon Taf County Borough Council', 'Cwm Taf'],
  ['City and County of Swansea', 'Swansea'],
  ['City of London', 'Tower Hamlets and the City of London'],
  ['Herefordshire, County of', 'West Mercia'],
  ['Conwy & Denbighshire – JI', 'Conwy and Denbighshire'],
  ['An inspection of youth offending services in Leeds', 'Leeds'],
  ['A joint inspection of youth offending services in Suffolk', 'Suffolk'],
  ['Leeds YJS', 'Leeds'],
  ['Leeds Youth Justice Service', 'Leeds'],
  ['Leeds Youth Justice and Early Help Service', 'Leeds'],
  ['Leicestershire Youth & Justice Service', 'Leicestershire'],
  ['  Leeds\u00a0YJS ', 'Leeds'],
  ['Gwynedd and Ynys Mon', 'Gwynedd and Ynys Môn'],
  ['St Helen’s', 'St Helens'],
  ['Hull', 'Kingston upon Hull'],
  ['Leicester City', 'Leicester'],
  ['K&C Youth Offending Service', 'Kensington and Chelsea'],
])('"%s" is the service of %s', (name, area) => {
  expect(areaOf(name)).toBe(area);
});

test.each([
  ['Barnett', 'none, near Barnet'],
  ['Leed', 'none, near Leeds'],
  ['Wigan Youth Ofending Team', 'none, near Wigan Youth Offending Team'],
  ['Narnia', 'none'],
  ['London', 'none'],
  ['', 'none'],
  ['An inspection of', 'none'],
])('"%s" is none: it is never taken for one that is only like it', (name, none) => {
  expect(areaOf(name)).toMatch(none === 'none' ? /^none/ : new RegExp(`^${none}$`));
});

describe('on a day', () => {
  test.each([
    ['Swansea', '2018-05-01', 'Western Bay'],
    ['Swansea', '2020-05-01', 'Swansea'],
    ['Neath Port Talbot YJS', '2018-12-31', 'Western Bay'],
    // known to have ended in 2019, not on which day
    ['Western Bay', '2019-03-28', 'Western Bay'],
    ['Western Bay', '2020-01-01', 'Western Bay?'],
    ['Cumbria', '2023-03-31', 'Cumbria'],
    ['Cumbria', '2023-04-01', 'Cumbria?'],
    ['Westminster', '2016-05-01', 'West London tri-borough'],
    ['Bournemouth', '2021-01-01', 'Dorset?'],
    ['Dorset', '2021-01-01', 'Dorset'],
    ['Rutland YOT', '2021-01-01', 'Leicestershire'],
  ])('"%s" of %s is that of %s', (name, day, area) => {
    expect(areaOf(name, day)).toBe(area);
  });

  test.each([
    ['Northamptonshire County Council', '2021-03-31', undefined],
    [
      'Northamptonshire County Council',
      '2022-12-12',
      'is not the name of a local authority on 2022-12-12: it is taken to be the service of Northamptonshire',
    ],
    [
      'Cumbria',
      '2024-01-01',
      'is not the name of a service on 2024-01-01: it is taken to be the service of Cumbria',
    ],
    [
      'Swansea',
      '2018-05-01',
      'is the name of a local authority: it is taken to be the service of Western Bay, which worked for it on 2018-05-01',
    ],
    [
      'Poole Council',
      '2021-01-01',
      'is the name of a local authority: it is taken to be the service of Dorset, which did not work for it on 2021-01-01',
    ],
    ['Leeds', '2021-01-01', undefined],
  ])('there is something to say of "%s" on %s', (name, day, remark) => {
    const resolved = resolve(register, name, day);
    if (!('found' in resolved)) throw new Error('not found');
    expect(resolved.remark).toBe(remark && `"${name}" ${remark}`);
  });
});

test('a name in full that one service had before another goes by the day; a place that two have is none’s', () => {
  const two = registerOf([
    { code: 'a', area: 'North', names: [{ name: 'Vale YOT', until: '2020' }], authorities: [] },
    {
      code: 'b',
      area: 'South',
      names: [{ name: 'Vale YOT', from: '2020' }, { name: 'Dale' }],
      authorities: [],
    },
    { code: 'c', area: 'Dale', names: [], authorities: [] },
    { code: 'd', area: 'West', names: [], authorities: [{ names: ['Hill'] }] },
    { code: 'e', area: 'East', names: [], authorities: [{ names: ['Hill'] }] },
  ]);
  const found = (name: string, day: string) => {
    const resolved = resolve(two, name, day);
    return 'found' in resolved
      ? resolved.found.area
      : 'several' in resolved && resolved.several.map(({ area }) => area);
  };
  expect(found('Vale YOT', '2019-12-31')).toBe('North');
  expect(found('Vale YOT', '2020-01-01')).toBe('South');
  // its own name goes before another's area
  expect(found('Dale', '2021-01-01')).toBe('South');
  expect(found('Hill', '2021-01-01')).toEqual(['West', 'East']);
});
