import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const { db, run } = (() => {
  const database = testDatabase();
  const folder = temporaryFolders();
  let home: string;
  beforeAll(async () => {
    home = await folder();
  });
  return {
    db: () => database.db,
    run: (...args: string[]) =>
      command(args, { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } }),
  };
})();

describe('ratings', () => {
  test('prints a line for each inspection, in order of service', async () => {
    const { code, stdout, stderr } = await run('ratings');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^service +fieldwork +edition +1\.1 .* 3\.4 +4\.1 +score +overall +published$/);
    expect(lines.slice(2, 7).map((line) => line.slice(0, 8))).toEqual([
      'Barnet Y',
      'Essex YO',
      'Hammersm',
      'Kensingt',
      'Wigan YO',
    ]);
    expect(stdout).toMatch(
      /^Wigan YOT +2021-04-26 +2018 +RI +G +RI +G +G +RI +RI +RI +RI +RI +O +O +19\/36 +Good +agrees$/m,
    );
    expect(stdout).toContain(
      'G Good, O Outstanding, RI Requires improvement; * a ratings panel used its discretion',
    );
  });

  test('of a service are found by a part of its name, in any case', async () => {
    const { code, stdout } = await run('ratings', 'bARn');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Barnet YOS +2022-02 +2021 .* RI\* +G +G\* .* 21\/36 +Good +agrees, 2 by discretion$/m,
    );
    expect(stdout).not.toContain('Wigan');
  });

  test.each([['--json'], []])(
    'of a service that is not there end with 2 and a message (%s)',
    async (...json) => {
      expect(await run('ratings', 'Nowhere', ...json)).toEqual({
        code: 2,
        stdout: '',
        stderr: 'No inspection of a service whose name has "Nowhere". yot-ratings ratings lists all.\n',
      });
    },
  );

  test('--json prints the same as data', async () => {
    const { code, stdout } = await run('ratings', 'Wigan', '--json');
    expect(code).toBe(0);
    const [wigan, ...others] = JSON.parse(stdout);
    expect(others).toEqual([]);
    expect(wigan).toMatchObject({
      fieldwork_start: '2021-04-26',
      edition: '2018',
      score: 19,
      max_score: 36,
      rating: 'Good',
      published_score: 19,
    });
    expect(wigan.standards).toHaveLength(12);
    expect(wigan.standards[4]).toMatchObject({ standard: '2.1', rating: 'Good', published_rating: 'Good' });
  });
});

describe('reconcile', () => {
  test('ends with 0 on the bundled inspections: nothing disagrees, and SQL and TypeScript say the same', async () => {
    const { code, stdout, stderr } = await run('reconcile');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^agrees +5 +4 +57 +111 +274$/m);
    expect(stdout).toMatch(/^SQL and TypeScript: \d{4,} cells compared, 0 differ\.$/m);
  });

  test('--json prints every figure', async () => {
    const { code, stdout } = await run('reconcile', '--json');
    expect(code).toBe(0);
    const { figures, cells, differences } = JSON.parse(stdout);
    expect(figures.filter(({ level }: { level: string }) => level === 'overall')).toHaveLength(5);
    expect(cells).toBeGreaterThan(1000);
    expect(differences).toEqual([]);
  });

  describe('when the report of Wigan is said to print Outstanding for 2.1', () => {
    const publish = (rating: string) =>
      db()
        .updateTable('core.published_standard_rating as published')
        .set({ rating })
        .from('core.inspection')
        .whereRef('core.inspection.inspection_id', '=', 'published.inspection_id')
        .where('core.inspection.fieldwork_start', '=', '2021-04-26')
        .where('published.standard_code', '=', '2.1')
        .execute();
    beforeAll(() => publish('Outstanding'));
    afterAll(() => publish('Good'));

    test('ends with 1 and says which figure disagrees', async () => {
      const { code, stdout } = await run('reconcile');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^Wigan .* standard 2\.1 +Outstanding +Good +disagrees/m);
    });

    test('--json ends with 1 as well, and start --once, which still prints everything', async () => {
      const json = await run('reconcile', '--json');
      expect(json.code).toBe(1);
      const disagreeing = JSON.parse(json.stdout).figures.filter(
        ({ status }: { status: string }) => status === 'disagrees',
      );
      expect(disagreeing).toEqual([
        expect.objectContaining({
          level: 'standard',
          code: '2.1',
          published: 'Outstanding',
          computed: 'Good',
        }),
      ]);
      const start = await run('start', '--once');
      expect(start.code).toBe(1);
      expect(start.stdout).toMatch(/^Wigan YOT .* 19\/36 +Good +1 differ$/m);
      expect(start.stdout).toContain('Read-only URL');
    });
  });
});
