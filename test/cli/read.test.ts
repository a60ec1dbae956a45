import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { valuesOf } from '../support/asked.js';
import { testCommands } from '../support/command.js';
import { editionOf, smallReport } from '../support/small-report.js';

const { database, folder, run } = testCommands();
let report: string;

beforeAll(async () => {
  report = smallReport(await editionOf('2021'), {
    facts: ['Gender\tMale\tFemale', 'Solihull YJS\t8x%\t18%'],
    fieldwork: '13 to 17 March 2023',
    text: { '2': ['### Strengths', '- Much is done.'] },
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
    /^solihull\.txt: Solihull Youth Justice Service \(YJS\), fieldwork 2023-03-13 to 2023-03-17, published 2023-06, edition 2021\n {2}1\.1 G, 1\.2 G, .*4\.1 G; score 24\/36; overall Good\n/,
  );
  expect(stdout).toMatch(
    /\d+ read, \d+ confirmed, 1 lost; 21 key questions, 0 prompts, 2 facts, 2 recommendations, 1 strength, 0 areas for improvement/,
  );
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('  written to ./solihull');
  expect((await readdir(path.join(cwd, 'solihull'))).sort()).toEqual(['inspection.yaml', 'reading.json']);
  expect((await again(cwd, 'solihull.txt')).stdout).toContain('the same as before in ./solihull');
  // The report is also meant by the folder of what was read of it.
  expect((await again(cwd, './solihull')).stdout).toContain('the same as before in ./solihull');
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
  const rated = "select service, score, rating from analytics.overall_rating where area = 'Solihull'";
  expect(await valuesOf(database.db, rated)).toEqual([['Solihull Youth Justice Service', 24, 'Good']]);
});

test.each([
  [
    '2.2.3',
    /^key_questions 2\.2\.3 percent_yes: 75 \(\w+\)\n {2}line \d+: Does planning focus sufficiently on keeping other people safe\? 75%\n$/,
  ],
  ['context', /^context 0 percent: - \(lost: «8x%» is no number\)$/m],
])(
  '--show %s prints values with confidence, place and the line itself, and writes nothing',
  async (code, printed) => {
    const { cwd, stdout } = await read({ 'solihull.txt': report }, 'solihull.txt', '--show', code);
    expect(stdout).toMatch(printed);
    expect(await readdir(cwd)).toEqual(['solihull.txt']);
  },
);

test('a bundle that was edited is left as it is; --replace writes it again', async () => {
  const { cwd } = await read({ 'solihull.txt': report }, 'solihull.txt');
  const file = path.join(cwd, 'solihull/inspection.yaml');
  await writeFile(file, `${await readFile(file, 'utf8')}# mine\n`);
  const refused = await again(cwd, 'solihull.txt');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /^\.\/solihull has a bundle that was edited, .*, and is left as it is: .*--replace/,
  );
  expect((await again(cwd, 'solihull.txt', '--replace')).stdout).toContain('written again to ./solihull');
  expect(await readFile(file, 'utf8')).not.toContain('# mine');
});

test('two reports of one name never lie in one folder, in one run or in two', async () => {
  const other = `${report}\nMore was said of it.\n`;
  const { cwd, stdout } = await read({ 'a/r.txt': report, 'b/r.txt': other }, 'a/r.txt', 'b/r.txt');
  expect(stdout.match(/written to .*/g)).toEqual(['written to ./r', 'written to ./r-2']);
  expect((await again(cwd, 'b/r.txt')).code).toBe(2);
  expect(await readFile(path.join(cwd, 'r/reading.json'), 'utf8')).toContain('"../a/r.txt"');
});

test('a code of which nothing was read is a wrong call, and what there is is listed', async () => {
  const { code, stderr } = await read({ 'r.txt': report }, 'r.txt', '--show', '7.7');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^r\.txt: nothing was read of "7\.7": .* edition, .*\n$/);
});
