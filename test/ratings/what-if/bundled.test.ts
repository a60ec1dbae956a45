import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { type Supposed, whatIf } from '../../../src/queries/what-if.js';
import type { Standing } from '../../../src/ratings/what-if/what-if.js';
import { contents, testFolder } from '../../support/bundles.js';
import { asReaderOf, rolledBack, testDatabase } from '../../support/database.js';

// What the five bundled inspections would be rated, worked by hand from the figures of their reports.

const database = testDatabase();
const files = testFolder();

const initials: Record<string, string> = {
  Inadequate: 'I',
  'Requires improvement': 'RI',
  Good: 'G',
  Outstanding: 'O',
};

/** A service's standards that do not stay the same, and its overall rating with the score. */
async function supposed(service: string, given: Supposed) {
  const [one, ...others] = await whatIf(database.db, given, { service });
  expect(others).toEqual([]);
  if (!one) throw new Error(`no inspection of ${service}`);
  const { standards, overall } = one;
  const of = (standing: Standing) => standards.filter((standard) => standard.standing === standing);
  return {
    changes: Object.fromEntries(
      of('changes').map(({ code, asItIs, asIf }) => [
        code,
        `${initials[asItIs ?? '']} ${initials[asIf ?? '']}`,
      ]),
    ),
    notKnown: of('not known').map(({ code }) => code),
    leftOut: of('left out').map(({ code }) => code),
    overall: [overall.asItIs, overall.asIf, overall.standing],
    score: `${overall.scoreAsItIs}/${overall.maxScoreAsItIs} ${overall.scoreAsIf}/${overall.maxScoreAsIf}`,
  };
}

describe('percentages of inspected cases', () => {
  // 9 court cases, 5 others. 2.2.3 and 2.3.3: 4 of 7, of 9 44%; 2.4.3: 2 of 4, of 9 22%; 3.2.3: 2 of 3, of 5 40%;
  // 3.3.3: 3 of 3, of 5 60%; 3.4.2: 1 of 1, of 5 20%. Points: 1, 2, 1, 2; 2, 0, 0, 0; 1, 0, 1, 0
  test('Wigan', async () => {
    expect(await supposed('Wigan', { base: 'inspected' })).toEqual({
      changes: { '2.2': 'RI I', '2.3': 'RI I', '2.4': 'RI I', '3.2': 'RI I', '3.3': 'O RI', '3.4': 'O I' },
      notKnown: [],
      leftOut: [],
      overall: ['Good', 'Requires improvement', 'changes'],
      score: '19/36 10/36',
    });
  });

  // 4 court cases, 3 others. 2.2.2: 2 of 3, of 4 50%; 2.3.2 and 2.4.2: 3 of 3, of 4 75%; 3.3.3 and 3.4.2: 1 of 1, of 3 33%.
  // 3.1 and 3.2 stay Inadequate by the figures, so that the panel's decisions stand. Points: 3, 3, 3, 3; 1, 1, 2, 2; 1, 1, 0, 0
  test('Kensington & Chelsea', async () => {
    expect(await supposed('Kensington', { base: 'inspected' })).toEqual({
      changes: { '2.2': 'G RI', '2.3': 'O G', '2.4': 'O G', '3.3': 'O I', '3.4': 'O I' },
      notKnown: [],
      leftOut: [],
      overall: ['Good', 'Good', 'same'],
      score: '29/36 20/36',
    });
  });

  test('Essex prints percentages of relevant cases alone', async () => {
    expect(await supposed('Essex', { base: 'inspected' })).toEqual({
      changes: {},
      notKnown: ['2.1', '2.2', '2.3', '2.4', '3.1', '3.2', '3.3', '3.4'],
      leftOut: [],
      overall: ['Outstanding', null, 'not known'],
      score: '33/36 null/null',
    });
  });

  test.each(['Barnet', 'Hammersmith'])('%s is rated on them already', async (service) => {
    expect(await supposed(service, { base: 'inspected' })).toMatchObject({ changes: {}, notKnown: [] });
  });
});

describe('percentages of relevant cases', () => {
  test('Barnet prints none, nor how many cases were relevant', async () => {
    expect(await supposed('Barnet', { base: 'relevant' })).toEqual({
      changes: {},
      notKnown: ['2.1', '2.2', '2.3', '2.4', '3.1', '3.2', '3.3'],
      leftOut: [],
      overall: ['Good', null, 'not known'],
      score: '21/36 null/null',
    });
    const [barnet] = await whatIf(database.db, { base: 'relevant' }, { service: 'Barnet' });
    expect(barnet?.standards.find(({ code }) => code === '2.3')?.why).toBe(
      '2.3.1, 2.3.2, 2.3.3: only a percentage of inspected cases is printed, and how many cases were relevant is not known',
    );
  });
});

describe('without discretion', () => {
  test.each([
    ['Barnet', { '2.1': 'RI I', '2.3': 'G RI' }, '21/36 19/36'],
    ['Essex', { '3.4': 'G RI' }, '33/36 32/36'],
    ['Hammersmith', {}, '31/36 31/36'],
    ['Kensington', { '3.1': 'RI I', '3.2': 'RI I' }, '29/36 27/36'],
    ['Wigan', {}, '19/36 19/36'],
  ])('%s', async (service, changes, score) => {
    const { overall, ...result } = await supposed(service, { discretion: 'none' });
    expect(result).toEqual({ changes, notKnown: [], leftOut: [], score });
    expect(overall[2]).toBe('same');
  });
});

describe("another edition's rules", () => {
  // 2021 takes percentages of inspected cases; 3.4 was joint working and ended. 10 points of 33, and 3.4 could add 3: below 19
  test('Wigan under those of 2021', async () => {
    expect(await supposed('Wigan', { edition: '2021' })).toEqual({
      changes: { '2.2': 'RI I', '2.3': 'RI I', '2.4': 'RI I', '3.2': 'RI I', '3.3': 'O RI' },
      notKnown: [],
      leftOut: ['3.4'],
      overall: ['Good', 'Requires improvement', 'changes'],
      score: '19/36 10/33',
    });
  });

  // on relevant cases as before, 16 points of 33: with 3.4 16 to 19, and 19 is Good
  test('Wigan under those of 2021, but on relevant cases, hangs on what is left out', async () => {
    const given = { edition: '2021', base: 'relevant' } as const;
    expect(await supposed('Wigan', given)).toEqual({
      changes: {},
      notKnown: [],
      leftOut: ['3.4'],
      overall: ['Good', null, 'not known'],
      score: '19/36 16/33',
    });
    const [wigan] = await whatIf(database.db, given, { service: 'Wigan' });
    expect(wigan?.overall.why).toBe(
      '3.4 of the 2021 edition, which counts there, would decide: 16 to 19 of 36 points, Requires improvement or Good',
    );
  });

  // 31 points without the 2 of 3.4, and Outstanding begins at 31
  test('Essex under those of 2021, but on relevant cases, stays Outstanding unless 4.1 limits it', async () => {
    expect(await supposed('Essex', { edition: '2021', base: 'relevant' })).toMatchObject({
      changes: {},
      overall: ['Outstanding', 'Outstanding', 'same'],
      score: '33/36 31/33',
    });
    const [essex] = await whatIf(database.db, { edition: '2021', base: 'relevant' }, { service: 'Essex' });
    expect(essex?.overall.why).toBe('4.1 of the 2021 edition, which can limit it, is left out');
  });

  test('Hammersmith and Fulham under those of 2018, but on inspected cases: 3.4 and 4.1 are left out', async () => {
    // 31 points less 2 of 3.4: 29 of 33, and 3.4 of 2018 could add 3
    expect(await supposed('Hammersmith', { edition: '2018', base: 'inspected' })).toEqual({
      changes: {},
      notKnown: [],
      leftOut: ['3.4', '4.1'],
      overall: ['Outstanding', null, 'not known'],
      score: '31/36 29/33',
    });
  });

  test('its own change nothing', async () => {
    for (const [service, edition] of [
      ['Barnet', '2021'],
      ['Essex', '2018'],
      ['Hammersmith', '2021'],
      ['Kensington', '2018'],
      ['Wigan', '2018'],
    ] as const)
      expect(await supposed(service, { edition })).toMatchObject({ changes: {}, notKnown: [], leftOut: [] });
  });

  test('an edition that is not there is a call that is wrong', async () => {
    await expect(whatIf(database.db, { edition: '2012' })).rejects.toThrow(
      'There is no edition "2012" (did you mean "2018"?). It has to be one of 2018, 2021, 2025.',
    );
  });
});

test('as they are, ratings are those of the views', async () => {
  const { rows } = await sql<{
    inspection_id: number;
    standard: string;
    rating: string | null;
    discretion: boolean;
  }>`
    select inspection_id, standard, rating, discretion from analytics.standard_rating order by 1, 2`.execute(
    database.db,
  );
  const told = (await whatIf(database.db, { rounding: 'down' })).flatMap(({ inspection_id, standards }) =>
    standards.map(({ code, asItIs, discretionAsItIs }) => ({
      inspection_id,
      standard: code,
      rating: asItIs,
      discretion: discretionAsItIs,
    })),
  );
  const inOrder = (a: { inspection_id: number; standard: string }, b: typeof a) =>
    a.inspection_id - b.inspection_id || a.standard.localeCompare(b.standard);
  expect(told.sort(inOrder)).toEqual(rows);
});

test('invented inspections are told apart, and a transaction of the caller is used', async () => {
  await load(database.db, [
    await files.bundle(`synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_month: "2021-05"}
edition: "2018"
sample: {court_disposals: {cases: 12}}
key_questions: {"2.1.1": {relevant_cases: 4, yes: 4}, "2.1.2": {relevant_cases: 4, yes: 4}, "2.1.3": {relevant_cases: 4, yes: 4}}
`),
  ]);
  expect(await whatIf(database.db, {}, { synthetic: false })).toHaveLength(5);
  await rolledBack(database.db, async (trx) => {
    const [invented, ...others] = await whatIf(trx, { base: 'inspected' }, { synthetic: true });
    expect(others).toEqual([]);
    // 4 of 12 is 33%
    expect(invented?.standards.filter(({ standing }) => standing === 'changes')).toMatchObject([
      { code: '2.1', asItIs: 'Outstanding', asIf: 'Inadequate' },
    ]);
  });
});

test('nothing in the database changes', async () => {
  const before = [await contents(database.db), await contents(database.db, 'kept')];
  for (const given of [
    { base: 'inspected', rounding: 'down', bandOn: 'exact' },
    { edition: '2021', limits: 'none' },
    { edition: '2018', discretion: 'none' },
  ] satisfies Supposed[])
    await whatIf(database.db, given);
  expect([await contents(database.db), await contents(database.db, 'kept')]).toEqual(before);
  expect(Object.keys(before[1] ?? {})).toContain('standard_result');
});

test('the role that reads the views alone may not read the evidence', async () => {
  await asReaderOf(database, (reader) => expect(whatIf(reader, {})).rejects.toThrow(/permission denied/));
});
