import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import PDFDocument from 'pdfkit';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InspectionFile } from '../../../src/import/bundle/inspection-file.js';
import { packageFolder } from '../../../src/paths.js';
import { testDatabase } from '../../support/database.js';
import { editionOf, smallReport } from '../../support/small-report.js';

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
  exports: Record<string, string | Record<string, string>>;
  main: string;
  types: string;
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

/** What the package's JavaScript and types import, by the name of the package that has it. */
async function imported(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const file of files.filter((one) => /^dist\/.*\.(js|d\.ts)$/.test(one))) {
    const text = await readFile(path.join(installed, file), 'utf8');
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (/^(\.|node:)/.test(fileName) || builtinModules.includes(fileName)) continue;
      const parts = fileName.split('/');
      names.add(parts.slice(0, fileName.startsWith('@') ? 2 : 1).join('/'));
    }
  }
  return names;
}

test('the package holds what runs and what that reads, and nothing else', () => {
  const others = files.filter((file) => !/^(dist\/.+\.(js|d\.ts|eta|css)|(db|examples)\/.+)$/.test(file));
  expect(others.sort()).toEqual(['ATTRIBUTION.md', 'LICENSE', 'README.md', 'package.json']);
  const kinds = new Set(files.filter((file) => file.startsWith('db/')).map((file) => path.extname(file)));
  expect(kinds).toEqual(new Set(['.md', '.sql', '.yaml', '.json', '.csv']));
  expect(files.filter((file) => /(^|\/)tests?\/|\.test\.|\.scratch|tsbuildinfo/.test(file))).toEqual([]);
});

test('every path that package.json names is there', () => {
  const { bin, exports, main, types } = manifest;
  const named = [main, types, ...Object.values(bin), ...Object.values(exports).flatMap(pathsOf)];
  expect(named.length).toBeGreaterThan(5);
  for (const one of named)
    expect(existsSync(path.join(installed, one.replace('*', 'inspection.schema.json'))), one).toBe(true);
});

const pathsOf = (target: string | Record<string, string>) =>
  typeof target === 'string' ? [target] : Object.values(target);

test('all that is imported is a dependency', async () => {
  const known = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const names = await imported();
  expect(names.size).toBeGreaterThan(10);
  expect([...names].filter((name) => !known.includes(name))).toEqual([]);
});

const program = `
const { db, close } = await openDatabase();
try {
  const rows = await ratings(db, { service: 'Wigan', synthetic: false });
  const known = await editions(db);
  const [found] = await evidence(db, rows.map(({ inspection_id }) => inspection_id));
  const rated = rateInspection(known.get(found.edition), found.evidence);
  console.log(rows[0].score, rated.overall.score, rated.overall.rating);
} finally {
  await close();
}
`;

const names = 'editions, evidence, openDatabase, rateInspection, ratings';
test.each([
  ['JavaScript modules open', 'ask.mjs', `import { ${names} } from 'yot-ratings';\n${program}`],
  [
    'CommonJS files, by import(), open',
    'ask.cjs',
    `(async () => {\nconst { ${names} } = await import('yot-ratings');\n${program}})();\n`,
  ],
])('%s a database, ask it and rate', async (_, name, text) => {
  expect(await node(await written(name, text))).toEqual({ stdout: '19 19 Good\n', stderr: '' });
});

test('strict TypeScript knows what is null and what is not', { timeout: 120_000 }, async () => {
  const sound = `import {
  type Connection, type DB, editions, evidence, openDatabase, rateInspection, serviceHistory, standardTrend, UserError,
} from 'yot-ratings';

export async function moves(db: Connection): Promise<string[]> {
  const rows = await serviceHistory(db, { synthetic: false });
  return rows.map(({ service, sequence, score_change }) => service + sequence.toFixed() + (score_change ?? 0).toFixed());
}

export async function main(): Promise<number> {
  const { db, close } = await openDatabase(process.env['DATABASE_URL']);
  const known = await editions(db);
  for (const { edition, evidence: found } of await evidence(db)) {
    const own = known.get(edition);
    if (own) rateInspection(own, found).overall.rating?.toUpperCase();
  }
  const yes: (number | null)[] = (await standardTrend(db)).map((row) => row.yes);
  const view: keyof DB = 'analytics.inspection';
  await db.selectFrom(view).select('service').execute().catch((error: unknown) => error instanceof UserError);
  await close();
  return yes.length;
}
`;
  const unsound = `import { openDatabase, serviceHistory } from 'yot-ratings';
const { db } = await openDatabase();
const [first] = await serviceHistory(db, { synthetic: false });
export const change: number = first!.score_change;
export const nobody = await serviceHistory(db, { year: 2021 });
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
  await linked('@types/node');
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
    expect.stringMatching(/^unsound\.ts\(5,\d+\): error TS2353: .*'year' does not exist/),
  ]);
});

test('the command runs as installed, and the schemas can be had by name', async () => {
  const bin = path.join(installed, manifest.bin['yot-ratings'] as string);
  expect((await readFile(bin, 'utf8')).split('\n')[0]).toBe('#!/usr/bin/env node');
  const { stdout } = await node(bin, 'ratings', '--json');
  expect((JSON.parse(stdout) as unknown[]).length).toBe(5);
  const require = createRequire(pathToFileURL(path.join(folder, 'ask.js')));
  expect(require('yot-ratings/db/schemas/inspection.schema.json')).toHaveProperty('$schema');
  expect(() => require.resolve('yot-ratings/dist/database/connect.js')).toThrow(/not defined by "exports"/);
});

test('as installed it reads a report, as text and as PDF: the worker and the files of the PDF library are found', async () => {
  const report = smallReport(await editionOf('2021'));
  await written('rutland.txt', report);
  await written('rutland.pdf', await printed(report));
  const bin = path.join(installed, manifest.bin['yot-ratings'] as string);
  const { stdout, stderr } = await node(bin, 'read', 'rutland.txt', 'rutland.pdf', '--json');
  expect(stderr).toBe('');
  const read = JSON.parse(stdout) as { bundle: string; inspection: InspectionFile }[];
  expect(read.map(({ bundle }) => bundle)).toEqual(['./rutland', './rutland-2']);
  for (const { inspection } of read) {
    expect(inspection).toMatchObject({ edition: '2021', overall: { score: 24, rating: 'Good' } });
    expect(Object.keys(inspection.key_questions ?? {})).toHaveLength(21);
  }
  const { stdout: version } = await node(bin, '--version');
  expect(await readFile(path.join(folder, 'rutland-2', 'reading.json'), 'utf8')).toContain(version.trim());
});

/** A report of tabs and Markdown's headings as a PDF: cells in columns, headings in larger letters. */
async function printed(report: string): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 60 });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on('end', resolve));
  for (const line of report.split('\n')) {
    const [, level = '', text = ''] = /^(#*) ?(.*)$/.exec(line) as RegExpExecArray;
    const cells = text.replaceAll('**', '').split('\t');
    pdf.fontSize(level === '' ? 11 : 22 - 3 * level.length);
    const height = pdf.heightOfString(cells[0] || ' ', { width: cells.length > 1 ? 330 : 470 });
    if (pdf.y + height > 760) pdf.addPage();
    const top = pdf.y;
    for (const [at, cell] of cells.entries())
      pdf.text(cell, at === 0 ? 60 : 330 + at * 90, top, { width: cells.length > 1 && at === 0 ? 330 : 470 });
    pdf.y = top + height + 6;
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}
