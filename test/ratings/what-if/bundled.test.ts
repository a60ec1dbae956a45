import { describe, expect, test } from 'vitest';
import { type Supposed, whatIf } from '../../../src/queries/what-if.js';
import { initials } from '../../../src/words/initials.js';
import { contents } from '../../support/bundles.js';
import { asReaderOf, testDatabase } from '../../support/database.js';

// What the five bundled inspections would be rated, worked by hand from the figures of their reports.

const database = testDatabase();

const inspected = { base: 'inspected' } as const;
const relevant = { base: 'relevant' } as const;
const without = { discretion: 'none' } as const;
const onInspected =
  'only a percentage of inspected cases is printed, and how many cases were relevant is not known';

describe('the bundled inspections', () => {
  test.each<
    [service: string, given: Supposed, changes: string, unknown: string, overall: string, why?: string]
  >([
    // 9 court cases, 5 others. 2.2.3 and 2.3.3: 4 of 7, of 9 44%; 2.4.3: 2 of 4, of 9 22%; 3.2.3: 2 of 3, of 5 40%;
    // 3.3.3: 3 of 3, of 5 60%; 3.4.2: 1 of 1, of 5 20%. Points: 1, 2, 1, 2; 2, 0, 0, 0; 1, 0, 1, 0
    ['Wigan', inspected, '2.2 RI I, 2.3 RI I, 2.4 RI I, 3.2 RI I, 3.3 O RI, 3.4 O I', '', 'G RI 19/36 10/36'],
    // 4 court cases, 3 others. 2.2.2: 2 of 3, of 4 50%; 2.3.2 and 2.4.2: 3 of 3, of 4 75%; 3.3.3 and 3.4.2: 1 of 1, of 3 33%.
    // 3.1 and 3.2 stay Inadequate by the figures, so that the panel's decisions stand. Points: 3, 3, 3, 3; 1, 1, 2, 2; 1, 1, 0, 0
    ['Kensington', inspected, '2.2 G RI, 2.3 O G, 2.4 O G, 3.3 O I, 3.4 O I', '', 'G G 29/36 20/36'],
    // Essex prints percentages of relevant cases alone, Barnet and Hammersmith and Fulham of inspected ones
    ['Essex', inspected, '', '2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4', 'O ? 33/36 null/null'],
    ['Barnet', inspected, '', '', 'G G 21/36 21/36'],
    ['Hammersmith', inspected, '', '', 'O O 31/36 31/36'],
    [
      ...(['Barnet', relevant, '', '2.1 2.2 2.3 2.4 3.1 3.2 3.3', 'G ? 21/36 null/null'] as const),
      `2.3.1, 2.3.2, 2.3.3: ${onInspected}`,
    ],
    ['Barnet', without, '2.1 RI I, 2.3 G RI', '', 'G G 21/36 19/36'],
    ['Essex', without, '3.4 G RI', '', 'O O 33/36 32/36'],
    ['Hammersmith', without, '', '', 'O O 31/36 31/36'],
    ['Kensington', without, '3.1 RI I, 3.2 RI I', '', 'G G 29/36 27/36'],
    ['Wigan', without, '', '', 'G G 19/36 19/36'],
    // 2021 takes percentages of inspected cases; 3.4 was joint working and ended. 10 points of 33, and 3.4 could add 3: below 19
    [
      ...(['Wigan', { edition: '2021' }, '2.2 RI I, 2.3 RI I, 2.4 RI I, 3.2 RI I, 3.3 O RI'] as const),
      ...(['-3.4', 'G RI 19/36 10/33'] as const),
    ],
    // on relevant cases as before, 16 points of 33: with 3.4 16 to 19, and 19 is Good
    [
      ...(['Wigan', { edition: '2021', ...relevant }, '', '-3.4', 'G ? 19/36 16/33'] as const),
      'nothing stands for 3.4, 4.1 of the 2021 edition: 16 to 19 of 36 points, Requires improvement or Good',
    ],
    // 31 points without the 2 of 3.4, and Outstanding begins at 31; an Inadequate 4.1 would limit it
    [
      ...(['Essex', { edition: '2021', ...relevant }, '', '-3.4', 'O ? 33/36 31/33'] as const),
      'nothing stands for 3.4, 4.1 of the 2021 edition: 31 to 34 of 36 points, Good or Outstanding',
    ],
    // 31 points less 2 of 3.4: 29 of 33, and 3.4 of 2018 could add 3
    ['Hammersmith', { edition: '2018', ...inspected }, '', '-3.4 -4.1', 'O ? 31/36 29/33'],
    ['Barnet', { edition: '2021' }, '', '', 'G G 21/36 21/36'],
    ['Kensington', { edition: '2018' }, '', '', 'G G 29/36 29/36'],
  ])('%s under %j', async (service, given, changes, unknown, told, why) => {
    const [one, ...others] = await whatIf(database.db, given, { service });
    if (!one) throw new Error(`no inspection of ${service}`);
    expect(others).toEqual([]);
    const short = (rating: string | null) => (rating === null ? '?' : initials(rating));
    const { standards, overall } = one;
    const changed = standards.filter(({ standing }) => standing === 'changes');
    const open = standards.filter(({ asIf }) => asIf === null);
    expect(
      changed.map(({ code, asItIs, asIf }) => `${code} ${short(asItIs)} ${short(asIf)}`).join(', '),
    ).toBe(changes);
    expect(open.map(({ code, standing }) => (standing === 'left out' ? `-${code}` : code)).join(' ')).toBe(
      unknown,
    );
    const { scoreAsItIs, maxScoreAsItIs, scoreAsIf, maxScoreAsIf } = overall;
    const scores = `${scoreAsItIs}/${maxScoreAsItIs} ${scoreAsIf}/${maxScoreAsIf}`;
    expect(`${short(overall.asItIs)} ${short(overall.asIf)} ${scores}`).toBe(told);
    if (why) expect([overall, ...standards].map((of) => of.why)).toContain(why);
  });
});

test('nothing in the database changes, and a role that reads the views alone may not read the evidence', async () => {
  const before = [await contents(database.db), await contents(database.db, 'kept')];
  for (const given of [
    { base: 'inspected', rounding: 'down' },
    { edition: '2021' },
    { edition: '2018', discretion: 'none' },
  ] satisfies Supposed[])
    await whatIf(database.db, given);
  expect([await contents(database.db), await contents(database.db, 'kept')]).toEqual(before);
  await asReaderOf(database, (reader) => expect(whatIf(reader, {})).rejects.toThrow(/permission denied/));
});
