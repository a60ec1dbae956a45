import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSuppositions } from '../../src/cli/what-if.js';
import { load } from '../../src/import/load.js';
import { contents, figuresOf, testFolder, withCounts } from '../support/bundles.js';
import { testCommands } from '../support/command.js';

const { database, run, printed } = testCommands();
const files = testFolder();

describe('ratings', () => {
  test('of a service are found by a part of its name, in any case', async () => {
    const stdout = await printed('ratings', 'bARn');
    expect(stdout).toMatch(
      /^Barnet YOS +2022-02 +2021 .* RI\* +G +G\* .* 21\/36 +Good +agrees, 2 by discretion$/m,
    );
    expect(stdout).not.toContain('Wigan');
  });

  test('--json prints the same as data', async () => {
    const [wigan] = JSON.parse(await printed('ratings', 'Wigan', '--json'));
    expect(wigan).toMatchObject({ fieldwork_start: '2021-04-26', score: 19, max_score: 36, rating: 'Good' });
    expect(wigan.standards[4]).toMatchObject({ standard: '2.1', rating: 'Good', published_rating: 'Good' });
  });

  test('--csv prints a row an inspection and standard, overall first', async () => {
    const [heading, ...rows] = (await printed('ratings', '--csv')).trimEnd().split('\n');
    expect(heading).toBe(
      'inspection_id,service,area,edition,fieldwork_start,year,published,is_synthetic,standard,rating,score,computed_rating,discretion,published_rating,evidence',
    );
    // three of the 2018 edition, two of 2021, which has one standard more; each with an overall row
    expect(rows).toHaveLength(3 * 13 + 2 * 14);
    const [overall, judged] = rows.filter((row) => row.includes('Kensington'));
    const key = ',Kensington and Chelsea,2018,2020-10-19,2020,2021-03-01,false,';
    expect(overall).toContain(`${key}overall,Good,29,Good,,Good,published counts`);
    // judged, so never computed
    expect(judged).toContain(`${key}1.1,Outstanding,3,,false,Outstanding,published counts`);
  });
});

describe('ratings --as-of', () => {
  const moments: string[] = [];
  beforeAll(async () => {
    for (const yes of [7, 4]) {
      const service = { name: 'Barset Youth Justice Service', area: 'Barset' };
      const figures = figuresOf('2.1', ...Array(3).fill([yes, 10]));
      await load(database.db, [await files.bundle(withCounts(service, '2019-05', '2018', figures))]);
      const { rows } = await sql<{ now: string }>`
        select to_char(clock_timestamp() at time zone 'UTC' + interval '2 ms', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now, pg_sleep(0.005)`.execute(
        database.db,
      );
      moments.push(rows[0]?.now as string);
    }
    await database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
  });

  test('prints what stood then, of an inspection that was removed since, and whether it had been revised', async () => {
    const [first, second] = moments as [string, string];
    const before = await printed('ratings', 'barset', '--synthetic', '--as-of', first);
    expect(before).toMatch(/^Barset YJS +2019-05-01 +2018 .* G .*$/m);
    expect(before).not.toMatch(/^Barset.*\[r\]/m);
    const after = await printed('ratings', '--synthetic', '--as-of', second);
    expect(after).toMatch(/^Barset YJS +2019-05-01 +2018 .* I\[r\] .*$/m);
  });
});

describe('ratings --as-if', () => {
  test('says how ratings would change and why, and changes nothing in the database', async () => {
    const before = await contents(database.db);
    expect(
      await printed('ratings', 'wigan', '--as-if', 'base=inspected'),
    ).toBe(`Wigan YOT, 2021-04-26, edition 2018: score 19/36 -> 10/36, overall Good -> Requires improvement
  2.2: Requires improvement -> Inadequate; 2.2.3 is 57% Requires improvement -> 44% Inadequate
  2.3: Requires improvement -> Inadequate; 2.3.3 is 57% Requires improvement -> 44% Inadequate
  2.4: Requires improvement -> Inadequate; 2.4.3 is 50% Requires improvement -> 22% Inadequate
  3.2: Requires improvement -> Inadequate; 3.2.3 is 67% Good -> 40% Inadequate
  3.3: Outstanding -> Requires improvement; 3.3.3 is 100% Outstanding -> 60% Requires improvement
  3.4: Outstanding -> Inadequate; 3.4.2 is 100% Outstanding -> 20% Inadequate
  overall: Good -> Requires improvement

1 inspection; ratings change in 1.
`);
    expect(await contents(database.db)).toEqual(before);
  });

  test('takes several, for all inspections; says what is not known, why, and what does not correspond', async () => {
    const stdout = await printed('ratings', '--as-if', 'edition=2021', '--as-if', 'Base=Relevant');
    expect(stdout.match(/^\S.* -> .*, overall .* -> /gm)).toHaveLength(5);
    expect(stdout).toContain(
      '\n  2.1 not known: 2.1.1, 2.1.2, 2.1.3: only a percentage of inspected cases is printed, and how many cases were relevant is not known\n',
    );
    expect(stdout).toContain('\n  3.4 left out: the 2021 edition has nothing that continues it\n');
    expect(stdout).toMatch(/^ {2}overall not known: nothing stands for 3\.4, 4\.1 of the 2021 edition: /m);
  });

  test('--json prints the same as data', async () => {
    const supposed = ['--as-if', 'discretion=none', '--as-if', 'rounding=half-up'];
    const { as_if, inspections } = JSON.parse(await printed('ratings', 'Barnet', ...supposed, '--json'));
    expect(as_if).toEqual({ discretion: 'none', rounding: 'half up' });
    const [{ standards, overall, changes }] = inspections;
    expect({ changes, ...overall }).toMatchObject({
      changes: true,
      as_if: 'Good',
      score_as_it_is: 21,
      score_as_if: 19,
    });
    expect(standards[4]).toMatchObject({ code: '2.1', as_if: 'Inadequate', standing: 'changes' });
    expect(standards[4].key_questions[2]).toMatchObject({ code: '2.1.3', percent_as_it_is: 45 });
  });

  test('values are read in any case, with blanks, hyphens or underscores between words', () => {
    expect(readSuppositions(['Rounding=Half_Even', 'BASE= Inspected ', 'edition=2021'])).toEqual({
      rounding: 'half even',
      base: 'inspected',
      edition: '2021',
    });
  });

  test.each([
    [
      ['bse=relevant'],
      /^--as-if: "bse" can't be supposed \(did you mean "base"\?\): it can be base, rounding, discretion, /,
    ],
    [['constructor=1'], /^--as-if: "constructor" can't be supposed: it can be base, /],
    [
      ['base=relevnt'],
      /^--as-if: base can't be "relevnt" \(did you mean "relevant"\?\): it can be relevant, inspected\.$/,
    ],
    [['base='], /^--as-if: "base=" has to be what=value, such as base=relevant\.$/],
    [['base=relevant', 'Base=inspected'], /^--as-if: Base is given twice\.$/],
  ])('%j is refused', (given, message) => {
    expect(() => readSuppositions(given)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), exit: 2 }),
    );
  });
});

describe('reconcile', () => {
  test('ends with 0 on the bundled inspections: nothing disagrees, and SQL and TypeScript say the same', async () => {
    const stdout = await printed('reconcile');
    expect(stdout).toMatch(/^agrees +5 +4 +57 +111 +274$/m);
    expect(stdout).toMatch(/^SQL and TypeScript: \d{4,} cells compared, 0 differ\.$/m);
    expect(await printed('reconcile', '--synthetic')).toMatch(/^No figure is published\.$/m);
  });

  test('and start --once end with 1 where the report of Wigan is said to print Outstanding for 2.1', async () => {
    await database.db
      .updateTable('core.published_standard_rating as published')
      .set({ rating: 'Outstanding' })
      .from('core.inspection')
      .whereRef('core.inspection.inspection_id', '=', 'published.inspection_id')
      .where('core.inspection.fieldwork_start', '=', '2021-04-26')
      .where('published.standard_code', '=', '2.1')
      .execute();
    const { code, stdout } = await run(['reconcile']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Wigan .* standard 2\.1 +Outstanding +Good +disagrees/m);
    const json = await run(['reconcile', '--json']);
    expect(json.code).toBe(1);
    const { figures, differences } = JSON.parse(json.stdout);
    expect(figures).toContainEqual(
      expect.objectContaining({ code: '2.1', status: 'disagrees', computed: 'Good' }),
    );
    expect(differences).toEqual([]);
    const start = await run(['start', '--once']);
    expect(start.code).toBe(1);
    expect(start.stdout).toMatch(/^Wigan YOT .* 19\/36 +Good +1 differ$/m);
    expect(start.stdout).toContain('Read-only URL');
  });
});

test('db check says what is kept otherwise than computed, and makes it anew', async () => {
  const agrees = 'What is kept of counts and ratings is what is computed from the evidence.\n';
  await run(['db', 'check', '--repair']);
  expect(await printed('db', 'check')).toBe(agrees);
  await sql`
    update kept.standard_result set score = 3
    where standard_code = '2.2' and inspection_id = (select inspection_id from core.inspection where inspection_code like 'wigan%')`.execute(
    database.db,
  );
  const found = await run(['db', 'check']);
  expect(found.code).toBe(1);
  // Wigan 2.2 is Requires improvement: 1 point
  expect(found.stdout).toMatch(
    /^3 kept rows of 1 inspection not what is computed from the evidence .*:\n {2}inspection \d+, overall result overall: .*, not .* \(by its standards as they are kept\)\n {2}inspection \d+, recorded rating 2\.2: .*\n {2}inspection \d+, standard result 2\.2: is .*, 3, not .*, 1\n$/,
  );
  const repaired = JSON.parse(await printed('db', 'check', '--repair', '--json'));
  expect(repaired).toMatchObject({ repaired: true, differences: { length: 3 } });
  expect(await printed('db', 'check')).toBe(agrees);
});
