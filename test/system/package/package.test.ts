import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import PDFDocument from 'pdfkit';
import ts from 'typescript';
import { expect, test } from 'vitest';
import type { InspectionFile } from '../../../src/import/bundle/inspection-file.js';
import { packageFolder } from '../../../src/paths.js';
import { testDatabase } from '../../support/database.js';
import { editionOf, smallReport } from '../../support/small-report.js';
import { testProject } from './installed.js';

const database = testDatabase();
const project = testProject();

/** Runs Node in the project, on the test database. */
const node = (...args: string[]) =>
  promisify(execFile)(process.execPath, args, {
    cwd: project.folder,
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.url },
  });

/** What the files of the package whose names have an ending import, by the name of the package that has it. */
async function imported(ending: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const file of project.files.filter((one) => one.startsWith('dist/') && one.endsWith(ending))) {
    const text = await readFile(path.join(project.installed, file), 'utf8');
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (fileName.startsWith('.') || fileName.startsWith('node:') || builtinModules.includes(fileName))
        continue;
      names.add(
        fileName
          .split('/')
          .slice(0, fileName.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    }
  }
  return names;
}

test('the package holds what runs and what that reads, and nothing else', () => {
  const others = project.files.filter(
    (file) => !/^(dist\/.+\.(js|d\.ts|eta|css)|(db|examples)\/.+)$/.test(file),
  );
  expect(others.sort()).toEqual(['ATTRIBUTION.md', 'LICENSE', 'README.md', 'package.json']);
  const kinds = new Set(
    project.files.filter((file) => file.startsWith('db/')).map((file) => path.extname(file)),
  );
  expect(kinds).toEqual(new Set(['.md', '.sql', '.yaml', '.json', '.csv']));
  expect(project.files.filter((file) => /(^|\/)tests?\/|\.test\.|\.scratch|tsbuildinfo/.test(file))).toEqual(
    [],
  );
});

test('every path that package.json names is there', () => {
  const { bin, exports, main, types } = project.manifest;
  const named = [main, types, ...Object.values(bin), ...Object.values(exports).flatMap(pathsOf)];
  expect(named.length).toBeGreaterThan(5);
  for (const one of named)
    expect(existsSync(path.join(project.installed, one.replace('*', 'inspection.schema.json'))), one).toBe(
      true,
    );
});

const pathsOf = (target: string | Record<string, string>) =>
  typeof target === 'string' ? [target] : Object.values(target);

test('all that is imported is a dependency', async () => {
  const { dependencies, peerDependencies } = project.manifest;
  const known = Object.keys({ ...dependencies, ...peerDependencies });
  const javascript = await imported('.js');
  expect(javascript.size).toBeGreaterThan(10);
  expect([...javascript].filter((name) => !known.includes(name))).toEqual([]);
  expect([...(await imported('.d.ts'))].filter((name) => !known.includes(name))).toEqual([]);
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

test('JavaScript modules open a database, ask it and rate', async () => {
  const names = 'editions, evidence, openDatabase, rateInspection, ratings';
  const file = await project.file('ask.mjs', `import { ${names} } from 'yot-ratings';\n${program}`);
  expect(await node(file)).toEqual({ stdout: '19 19 Good\n', stderr: '' });
});

test('so do CommonJS files, by import()', async () => {
  const names = 'editions, evidence, openDatabase, rateInspection, ratings';
  const file = await project.file(
    'ask.cjs',
    `(async () => {\nconst { ${names} } = await import('yot-ratings');\n${program}})();\n`,
  );
  expect(await node(file)).toEqual({ stdout: '19 19 Good\n', stderr: '' });
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
  await project.linked('@types/node');
  await project.file('package.json', '{ "type": "module", "private": true }');
  await project.file('sound.ts', sound);
  await project.file('unsound.ts', unsound);
  const config = await project.file(
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
  const bin = path.join(project.installed, project.manifest.bin['yot-ratings'] as string);
  expect((await readFile(bin, 'utf8')).split('\n')[0]).toBe('#!/usr/bin/env node');
  const { stdout } = await node(bin, 'ratings', '--json');
  expect((JSON.parse(stdout) as unknown[]).length).toBe(5);
  const require = createRequire(pathToFileURL(path.join(project.folder, 'ask.js')));
  expect(require('yot-ratings/db/schemas/inspection.schema.json')).toHaveProperty('$schema');
  expect(() => require.resolve('yot-ratings/dist/database/connect.js')).toThrow(/not defined by "exports"/);
});

test('as installed it reads a report, as text and as PDF: the worker and the files of the PDF library are found', async () => {
  const report = smallReport(await editionOf('2021'));
  await project.file('rutland.txt', report);
  await project.file('rutland.pdf', await printed(report));
  const bin = path.join(project.installed, project.manifest.bin['yot-ratings'] as string);
  const { stdout, stderr } = await node(bin, 'read', 'rutland.txt', 'rutland.pdf', '--json');
  expect(stderr).toBe('');
  const read = JSON.parse(stdout) as { bundle: string; inspection: InspectionFile }[];
  expect(read.map(({ bundle }) => bundle)).toEqual(['./rutland', './rutland-2']);
  for (const { inspection } of read) {
    expect(inspection).toMatchObject({ edition: '2021', overall: { score: 24, rating: 'Good' } });
    expect(Object.keys(inspection.key_questions ?? {})).toHaveLength(21);
  }
  const { stdout: version } = await node(bin, '--version');
  expect(await readFile(path.join(project.folder, 'rutland-2', 'reading.json'), 'utf8')).toContain(
    version.trim(),
  );
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
