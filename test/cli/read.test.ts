import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { testCommands } from '../support/command.js';
import { editionOf, smallReport } from '../support/small-report.js';

const { database, folder, run } = testCommands();
let report: string;

beforeAll(async () => {
  report = smallReport(await editionOf('2021'), {
    facts: ['Gender\tMale\tFemale', 'Solihull YJS\t8x%\t18%'],
  });
});

/** Runs read in a folder of its own, with these files in it. */
async function read(files: Record<string, string>, ...args: string[]) {
  const cwd = await folder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
    await writeFile(path.join(cwd, name), text);
  }
  return { cwd, ...(await again(cwd, ...args)) };
}

const again = (cwd: string, ...args: string[]) => run(['read', ...args], { cwd });

test('writes a bundle beside, and prints what it found', async () => {
  const { cwd, code, stdout, stderr } = await read({ 'solihull.txt': report }, 'solihull.txt');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^solihull\.txt: Solihull Youth Justice Service \(YJS\), fieldwork 2023-03, published 2023-06, edition 2021\n {2}1\.1 G, 1\.2 G, .*4\.1 G; score 24\/36; overall Good\n/,
  );
  expect(stdout).toMatch(
    /\d+ read, \d+ confirmed, 1 lost; 21 key questions, 0 prompts, 2 facts, 2 recommendations/,
  );
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('  written to ./solihull');
  expect((await readdir(path.join(cwd, 'solihull'))).sort()).toEqual(['inspection.yaml', 'reading.json']);
  expect((await again(cwd, 'solihull.txt')).stdout).toContain('the same as before in ./solihull');
});

test('a folder of reports, each in a folder named after it; those that can’t be read do not keep the others from it', async () => {
  const { cwd, code, stdout, stderr } = await read(
    {
      'all/b.txt': report,
      'all/a.txt': 'A letter to the board.\n',
      'all/notes.csv': 'x',
      'all/sub/c.txt': report,
    },
    'all',
    'nowhere.pdf',
    '--to',
    'out/bundles',
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^nowhere\.pdf can't be read: there is no such file.*\nall\/a\.txt: .+\n$/);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 report read, 2 refused');
  expect(await readdir(path.join(cwd, 'out/bundles'))).toEqual(['b']);
});

test('--load loads what was read; --json has the bundle as written, counts and findings', async () => {
  const { code, stdout, stderr } = await read({ 'solihull.txt': report }, 'solihull.txt', '--load', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject([
    {
      file: 'solihull.txt',
      bundle: './solihull',
      outcome: 'written',
      counts: { lost: 1, contradicted: 0 },
      findings: expect.any(Array),
      inspection: { edition: '2021', overall: { score: 24 } },
    },
  ]);
  const rows = await database.db
    .selectFrom('analytics.overall_rating')
    .select(['service', 'score', 'rating'])
    .where('area', '=', 'Solihull')
    .execute();
  expect(rows).toEqual([{ service: 'Solihull Youth Justice Service', score: 24, rating: 'Good' }]);
});

describe('--show', () => {
  test('prints values with confidence, place and the line itself, and writes nothing', async () => {
    const { cwd, code, stdout } = await read({ 'solihull.txt': report }, 'solihull.txt', '--show', '2.2.3');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^key_questions 2\.2\.3 percent_yes: 75 \(\w+\)\n {2}line \d+: Does planning focus sufficiently on keeping other people safe\? 75%\n$/,
    );
    expect(await readdir(cwd)).toEqual(['solihull.txt']);
  });

  test.each([
    ['overall', /^overall rating: Good \(confirmed\)\n {2}line \d+: \*\*Good\*\*\n/m],
    ['2.2', /^standard_ratings 2\.2 rating: Good \(\w+\)\n/m],
    [
      'recommendations',
      /^recommendations 1 addressed_to: The management board \(read\)\n {2}line \d+: ### The management board should:$/m,
    ],
    ['context', /^context 0 percent: - \(lost: «8x%» is no number\)$/m],
  ])('%s', async (code, printed) => {
    const { stdout } = await read({ 'solihull.txt': report }, 'solihull.txt', '--show', code);
    expect(stdout).toMatch(printed);
  });

  test('reads the report of a bundle’s folder again, unless it has changed or gone', async () => {
    const { cwd } = await read({ 'reports/solihull.txt': report }, 'reports');
    const shown = await again(cwd, 'solihull', '--show', 'overall', '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject([
      { file: 'reports/solihull.txt', values: expect.any(Array) },
    ]);
    await writeFile(path.join(cwd, 'reports/solihull.txt'), `${report}\n`);
    expect(await again(cwd, 'solihull', '--show', 'overall')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'solihull was read from reports/solihull.txt, which has changed since: read the report itself, into another folder with --to, or over this one with --replace.\n',
    });
    await rm(path.join(cwd, 'reports'), { recursive: true });
    expect((await again(cwd, 'solihull', '--show', 'overall')).stderr).toBe(
      'solihull was read from reports/solihull.txt, which is not there any more: name the report where it is now.\n',
    );
  });
});

test('a bundle that was edited is left as it is; --replace writes it again', async () => {
  const { cwd } = await read({ 'solihull.txt': report }, 'solihull.txt');
  const file = path.join(cwd, 'solihull/inspection.yaml');
  await writeFile(file, `${await readFile(file, 'utf8')}# mine\n`);
  const refused = await again(cwd, 'solihull.txt');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /^solihull\/inspection\.yaml was edited since it was read, and is left as it is: .*--replace/,
  );
  expect((await again(cwd, 'solihull.txt', '--replace')).stdout).toContain('written again to ./solihull');
  expect(await readFile(file, 'utf8')).not.toContain('# mine');
});

test('two reports of one name never lie in one folder, in one run or in two', async () => {
  const other = `${report}\nMore was said of it.\n`;
  const { cwd, stdout } = await read({ 'a/r.txt': report, 'b/r.txt': other }, 'a/r.txt', 'b/r.txt');
  expect(stdout.match(/written to .*/g)).toEqual(['written to ./r', 'written to ./r-2']);
  const { code, stderr } = await again(cwd, 'b/r.txt');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      './r has the bundle of another report (a/r.txt), and is left as it is: name another folder with --to, or add --replace to lose what it says.\n',
  });
  expect(await readFile(path.join(cwd, 'r/reading.json'), 'utf8')).toContain('"../a/r.txt"');
  // The folder that is named goes back to where it is, and the other report beside it.
  const both = await again(cwd, 'b/r.txt', 'r');
  expect(both.stdout.match(/the same as before in .*/g)).toEqual([
    'the same as before in ./r-2',
    'the same as before in r',
  ]);
});

test('a code of which nothing was read is a wrong call, and what there is is listed', async () => {
  const { code, stderr } = await read({ 'r.txt': report }, 'r.txt', '--show', '7.7');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^r\.txt: nothing was read of "7\.7".*: there are .*\n$/);
});
