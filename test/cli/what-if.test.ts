import { beforeAll, describe, expect, test } from 'vitest';
import { readSuppositions } from '../../src/cli/what-if.js';
import { UserError } from '../../src/problem.js';
import { contents } from '../support/bundles.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const { db, ratings } = (() => {
  const database = testDatabase();
  const folder = temporaryFolders();
  let home: string;
  beforeAll(async () => {
    home = await folder();
  });
  return {
    db: () => database.db,
    ratings: (...args: string[]) =>
      command(['ratings', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } }),
  };
})();

describe('ratings --as-if', () => {
  test('prints ratings as they are and as they would be, and marks and explains what changes', async () => {
    const { code, stdout, stderr } = await ratings('wigan', '--as-if', 'base=inspected');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^service +fieldwork +edition +rated +1\.1 .* 3\.4 +score +overall$/);
    expect(lines[2]).toMatch(
      /^Wigan YOT +2021-04-26 +2018 +as it is +RI +G +RI +G +G +RI +RI +RI +RI +RI +O +O +19\/36 +Good$/,
    );
    expect(lines[3]).toMatch(
      /^ +as if +RI +G +RI +G +G +I! +I! +I! +RI +I! +RI! +I! +10\/36 +Requires improvement!$/,
    );
    expect(lines[5]).toBe(
      'G Good, I Inadequate, O Outstanding, RI Requires improvement; * a ratings panel used its discretion; ! changes, ? not known, x left out, - not rated',
    );
    expect(lines.slice(7)).toEqual([
      'Wigan YOT, 2021-04-26',
      '  2.2: Requires improvement -> Inadequate; 2.2.3 is 57% Requires improvement -> 44% Inadequate',
      '  2.3: Requires improvement -> Inadequate; 2.3.3 is 57% Requires improvement -> 44% Inadequate',
      '  2.4: Requires improvement -> Inadequate; 2.4.3 is 50% Requires improvement -> 22% Inadequate',
      '  3.2: Requires improvement -> Inadequate; 3.2.3 is 67% Good -> 40% Inadequate',
      '  3.3: Outstanding -> Requires improvement; 3.3.3 is 100% Outstanding -> 60% Requires improvement',
      '  3.4: Outstanding -> Inadequate; 3.4.2 is 100% Outstanding -> 20% Inadequate',
      '  overall: Good -> Requires improvement',
      '',
      '1 inspection; ratings change in 1.',
      '',
    ]);
  });

  test('says what is not known, and why', async () => {
    const { code, stdout } = await ratings('Barnet', '--as-if', 'base=relevant');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +as if +G +G +O +RI +\? +\? +\? +\? +\? +\? +\? +G +G +- +\?$/m);
    expect(stdout).toContain(
      '\n  2.1 not known: 2.1.1, 2.1.2, 2.1.3: only a percentage of inspected cases is printed, and how many cases were relevant is not known\n',
    );
    expect(stdout).toContain(
      '\n  overall not known: no rating is known for 2.1, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3\n\n1 inspection; ratings change in 0.\n',
    );
  });

  test('takes several, for all inspections, and leaves out what does not correspond', async () => {
    const { code, stdout } = await ratings('--as-if', 'edition=2021', '--as-if', 'Base=Relevant');
    expect(code).toBe(0);
    expect(stdout.match(/^ +as if /gm)).toHaveLength(5);
    expect(stdout).toMatch(/^ +as if +RI +G +RI +G +G +RI +RI +RI +RI +RI +O +x +16\/33 +\?$/m);
    expect(stdout).toContain(
      [
        'Wigan YOT, 2021-04-26',
        '  3.4 left out: the 2021 edition has nothing that continues it',
        '  overall not known: 3.4 of the 2021 edition, which counts there, would decide: 16 to 19 of 36 points, Requires improvement or Good',
      ].join('\n'),
    );
  });

  test('--json prints the same as data', async () => {
    const { code, stdout } = await ratings(
      'Barnet',
      '--as-if',
      'discretion=none',
      '--as-if',
      'rounding=half-up',
      '--json',
    );
    expect(code).toBe(0);
    const { as_if, inspections } = JSON.parse(stdout);
    expect(as_if).toEqual({ discretion: 'none', rounding: 'half up' });
    expect(inspections).toHaveLength(1);
    const [{ standards, ...barnet }] = inspections;
    expect(barnet).toMatchObject({
      edition: '2021',
      changes: true,
      overall: {
        as_it_is: 'Good',
        as_if: 'Good',
        standing: 'same',
        score_as_it_is: 21,
        max_score_as_it_is: 36,
        score_as_if: 19,
        max_score_as_if: 36,
      },
    });
    expect(standards[4]).toMatchObject({
      code: '2.1',
      as_it_is: 'Requires improvement',
      as_if: 'Inadequate',
      standing: 'changes',
      discretion_as_it_is: true,
      discretion_as_if: false,
      driving_key_question: '2.1.3',
    });
    expect(standards[4].key_questions[2]).toEqual({
      code: '2.1.3',
      as_it_is: 'Inadequate',
      as_if: 'Inadequate',
      standing: 'same',
      why: null,
      percent_as_it_is: 45,
      percent_as_if: 45,
    });
  });

  test('of a service that is not there ends as without it', async () => {
    expect(await ratings('Nowhere', '--as-if', 'base=relevant')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'No inspection of a service whose name has "Nowhere". yot-ratings ratings lists all.\n',
    });
  });

  test('changes nothing in the database', async () => {
    const both = async () => [await contents(db()), await contents(db(), 'result')];
    const before = await both();
    for (const given of ['base=inspected', 'edition=2021', 'discretion=none'])
      expect((await ratings('--as-if', given, '--json')).code).toBe(0);
    expect(await both()).toEqual(before);
  });
});

describe('a value that is wrong is one message, with what is allowed and the nearest match', () => {
  const what = 'It can be base, rounding, band-on, edition, discretion, limits.';
  test.each([
    [['bse=relevant'], `--as-if "bse=relevant": there is no "bse" (did you mean "base"?). ${what}`],
    [['constructor=1'], `--as-if "constructor=1": there is no "constructor". ${what}`],
    [
      ['base=relevnt'],
      '--as-if "base=relevnt": base can\'t be "relevnt" (did you mean "relevant"?). It can be relevant, inspected.',
    ],
    [
      ['rounding=halfup'],
      '--as-if "rounding=halfup": rounding can\'t be "halfup" (did you mean "half up"?). It can be half up, half even, down, up.',
    ],
    [
      ['band-on=fraction'],
      '--as-if "band-on=fraction": band-on can\'t be "fraction". It can be rounded, exact.',
    ],
    [['limits=all'], '--as-if "limits=all": limits can\'t be "all". It can be none.'],
    [['base'], '--as-if "base" has to be what=value, such as base=relevant.'],
    [['base='], '--as-if "base=" has to be what=value, such as base=relevant.'],
    [['=relevant'], '--as-if "=relevant" has to be what=value, such as base=relevant.'],
    [['base=relevant', 'Base=inspected'], '--as-if "Base=inspected": base is given twice.'],
  ])('%s', (given, message) => {
    const error = (() => {
      try {
        return readSuppositions(given);
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message, exit: 2 });
  });

  test.each([
    [['base=oops'], '--as-if "base=oops": base can\'t be "oops". It can be relevant, inspected.\n'],
    [
      ['edition=2020'],
      'There is no edition "2020" (did you mean "2021"?). It has to be one of 2018, 2021, 2025.\n',
    ],
  ])('and ends the command with 2: %s', async (given, stderr) => {
    expect(await ratings('--as-if', ...given)).toEqual({ code: 2, stdout: '', stderr });
  });

  test('as does one that is missing', async () => {
    const { code, stderr } = await ratings('--as-if');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: option '--as-if <what=value>' argument missing\n/);
  });

  test('values are read in any case, with blanks, hyphens or underscores between words', () => {
    expect(readSuppositions(['Rounding=Half_Even', 'BAND-ON= exact ', 'edition=2021'])).toEqual({
      rounding: 'half even',
      bandOn: 'exact',
      edition: '2021',
    });
  });
});
