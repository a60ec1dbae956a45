import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { packageFolder } from '../../../src/disk/paths.js';
import * as library from '../../../src/index.js';
import { askingFunctions } from '../../support/examples.js';
import { blocksOf } from '../../support/pages.js';

// That each runs and has an answer, test/system/bi/askers.test.ts tries, whoever asks.
const asking = askingFunctions();
const examples = asking.flatMap(({ name, example }) => (example === undefined ? [] : [{ name, example }]));
/** What is imported in a page is imported here already. */
const programs = ['README.md', 'docs/questions.md'].flatMap((page) =>
  blocksOf(page, 'ts').map((block) => block.replaceAll(/^import .*$/gm, '')),
);

test('every function of the library that asks the database has an example', () => {
  expect(asking.length).toBeGreaterThan(20);
  expect(asking.filter(({ example }) => example === undefined)).toEqual([]);
});

test('the examples, and the programs of the pages, are sound TypeScript', { timeout: 120_000 }, () => {
  const { config } = ts.readConfigFile(path.join(packageFolder, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, packageFolder);
  const name = path.join(packageFolder, 'test', 'system', 'docs', 'examples-of-docstrings.ts');
  const content = [
    `import { type Connection, ${Object.keys(library).join(', ')} } from '../../../src/index.js';`,
    'declare const db: Connection;',
    'declare const synthetic: boolean;',
    ...[...examples.map(({ example }) => example), ...programs].map(
      (body, at) => `export async function example${at}() {\n${body}\n}`,
    ),
  ].join('\n');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.getSourceFile = (file, version) =>
    file === name ? ts.createSourceFile(file, content, version) : getSourceFile(file, version);
  const program = ts.createProgram([name], options, host);
  const problems = ts
    .getPreEmitDiagnostics(program, program.getSourceFile(name))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(problems).toEqual([]);
});
