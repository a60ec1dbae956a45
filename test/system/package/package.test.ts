import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageFolder } from '../../../src/disk/paths.js';
import type { InspectionFile } from '../../../src/import/bundle/inspection-file.js';
import { laidOut } from '../../invented-reports/measure.js';
import { testDatabase } from '../../support/database.js';
import { editionOf } from '../../support/small-report.js';

// The package as packed and unpacked by the usual tools in an empty project; its dependencies are linked from the repository, so that no
// registry is asked.

const database = testDatabase();
const run = promisify(execFile);
let folder: string;
let installed: string;
/** Paths of the package's files, with slashes. */
let files: string[];
/** The fields of package.json that an installation goes by. */
let manifest: {
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-package-'));
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await run('npm', packing, { cwd: packageFolder, maxBuffer: 16 * 1024 * 1024 });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map((file) => file.path);
  await run('tar', ['-xzf', packed.filename], { cwd: folder });
  installed = path.join(folder, 'node_modules', 'yot-ratings');
  await mkdir(path.dirname(installed));
  await rename(path.join(folder, 'package'), installed);
  manifest = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  // of the optional ones only those for this platform are there
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
    if (existsSync(path.join(packageFolder, 'node_modules', name))) await linked(name);
  await linked('@types/node');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function linked(name: string): Promise<void> {
  const target = path.join(folder, 'node_modules', name);
  await mkdir(path.dirname(target), { recursive: true });
  await symlink(path.join(packageFolder, 'node_modules', name), target, 'junction');
}

/** Writes a file into the project and gives its path. */
async function written(name: string, content: string | Buffer): Promise<string> {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
}

/** Runs Node in the project, on the test database. */
const node = (...args: string[]) =>
  run(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.url },
  });

test('the package holds what runs and what that reads, and nothing else', () => {
  const others = files.filter((file) => !/^(dist\/.+\.(js|d\.ts|eta|css)|(db|examples)\/.+)$/.test(file));
  expect(others.sort()).toEqual(['ATTRIBUTION.md', 'LICENSE', 'README.md', 'package.json']);
  const kinds = new Set(files.filter((file) => file.startsWith('db/')).map((file) => path.extname(file)));
  expect(kinds).toEqual(new Set(['.md', '.sql', '.yaml', '.json', '.csv']));
  expect(files.filter((file) => /(^|\/)tests?\/|\.test\.|\.scratch|tsbuildinfo/.test(file))).toEqual([]);
});

test.each([
  ['JavaScript modules open', 'ask.mjs', (body: string) => `import * as y from 'yot-ratings';\n${body}`],
  [
    'CommonJS files, by import(), open',
    'ask.cjs',
    (body: string) => `(async () => {\nconst y = await import('yot-ratings');\n${body}})();\n`,
  ],
])('%s a database, ask it and rate', async (_, name, file) => {
  const text = file(`const { db, close } = await y.openDatabase();
const rows = await y.ratings(db, { service: 'Wigan', synthetic: false });
const known = await y.editions(db);
const [found] = await y.evidence(db, rows.map(({ inspection_id }) => inspection_id));
const rated = y.rateInspection(known.get(found.edition), found.evidence);
console.log(rows[0].score, rated.overall.score, rated.overall.rating);
await close();
`);
  expect(await node(await written(name, text))).toEqual({ stdout: '19 19 Good\n', stderr: '' });
});

test('strict TypeScript knows what is null and what is not', { timeout: 120_000 }, async () => {
  const sound = `import { type Connection, type DB, serviceHistory, standardTrend } from 'yot-ratings';
export async function moves(db: Connection): Promise<string[]> {
  const rows = await serviceHistory(db, { synthetic: false });
  return rows.map(({ service, sequence, score_change }) => service + sequence.toFixed() + (score_change ?? 0).toFixed());
}
export async function answered(db: Connection): Promise<(number | null)[]> {
  const view: keyof DB = 'analytics.inspection';
  await db.selectFrom(view).select('service').execute();
  return (await standardTrend(db)).map((row) => row.yes);
}
`;
  const unsound = `import { openDatabase, serviceHistory } from 'yot-ratings';
const { db } = await openDatabase();
const [first] = await serviceHistory(db, { synthetic: false });
export const change: number = first!.score_change;
export const nobody = await serviceHistory(db, { yaer: 2021 });
`;
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    module: 'nodenext',
    moduleResolution: 'nodenext',
    target: 'es2023',
    noEmit: true,
    types: ['node'],
  };
  await written('package.json', '{ "type": "module", "private": true }');
  await written('sound.ts', sound);
  await written('unsound.ts', unsound);
  const config = await written(
    'tsconfig.json',
    JSON.stringify({ compilerOptions, files: ['sound.ts', 'unsound.ts'] }),
  );
  const compiler = path.join(packageFolder, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await node(compiler, '-p', config).catch((error: { stdout: string }) => error);
  const said = stdout.split('\n').filter((line) => /error/.test(line));
  expect(said).toEqual([
    expect.stringMatching(/^unsound\.ts\(4,14\): error TS2322: Type 'number \| null' is not assignable/),
    expect.stringMatching(/^unsound\.ts\(5,\d+\): error TS2353: .*'yaer' does not exist/),
  ]);
});

test('the command runs as installed, and the schemas can be had by name', async () => {
  const bin = path.join(installed, manifest.bin['yot-ratings'] as string);
  expect((await readFile(bin, 'utf8')).split('\n')[0]).toBe('#!/usr/bin/env node');
  const { stdout } = await node(bin, 'ratings', '--json');
  expect((JSON.parse(stdout) as unknown[]).length).toBe(5);
  const wrong = {
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^No service is called "Nowhere"/),
  };
  await expect(node(bin, 'ratings', 'Nowhere')).rejects.toMatchObject(wrong);
  const require = createRequire(pathToFileURL(path.join(folder, 'ask.js')));
  expect(require('yot-ratings/db/schemas/inspection.schema.json')).toHaveProperty('$schema');
  expect(() => require.resolve('yot-ratings/dist/database/connect.js')).toThrow(/not defined by "exports"/);
});

test('as installed it reads a report as PDF: the worker and the files of the PDF library are found', async () => {
  const { bytes, truth } = await laidOut('PDF', await editionOf('2021'), 1);
  await written('invented.pdf', bytes);
  const bin = path.join(installed, manifest.bin['yot-ratings'] as string);
  const { stdout, stderr } = await node(bin, 'read', 'invented.pdf', '--json');
  expect(stderr).toBe('');
  const [read] = JSON.parse(stdout) as { bundle: string; inspection: InspectionFile }[];
  expect(read).toMatchObject({
    bundle: './invented',
    inspection: { edition: '2021', overall: { rating: truth.get('overall rating') } },
  });
  expect(Object.keys(read?.inspection.key_questions ?? {})).toHaveLength(21);
  const { stdout: version } = await node(bin, '--version');
  expect(await readFile(path.join(folder, 'invented', 'reading.json'), 'utf8')).toContain(version.trim());
});
