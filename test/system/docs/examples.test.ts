import path from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageFolder } from '../../../src/disk/paths.js';
import * as library from '../../../src/index.js';
import { testDatabase } from '../../support/database.js';
import { askingFunctions, runExample } from '../../support/examples.js';
import { blocksOf } from '../../support/pages.js';
import { loadProgramme } from '../../support/programme.js';

const database = testDatabase();
const asking = askingFunctions();
const examples = asking.flatMap(({ name, example }) => (example === undefined ? [] : [{ name, example }]));
/** What is imported in a page is imported here already. */
const programs = ['README.md', 'docs/questions.md'].flatMap((page) =>
  blocksOf(page, 'ts').map((block) => block.replaceAll(/^import .*$/gm, '')),
);

beforeAll(() => loadProgramme(database, { inspections: 6 }));

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

describe('the example of', () => {
  test.each(examples)('$name runs and has an answer', async (one) => {
    const { variables, answers } = await runExample(database.db, one);
    expect(answers.length).toBeGreaterThan(0);
    for (const [name, value] of Object.entries(variables)) expect(value, name).toBeDefined();
    const answer = variables[answers[0] as string];
    const size = Array.isArray(answer) ? answer.length : answer instanceof Map ? answer.size : Number(answer);
    // what is neither rows nor a number is one row
    expect(size, `${answers[0]}`).not.toBe(0);
  });
});
