import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import * as library from '../../src/index.js';
import { packageFolder } from '../../src/paths.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

/** A function that asks the database, and the example in its docstring. */
interface Asking {
  name: string;
  example: string | undefined;
}

const database = testDatabase();
const asking = ['src/queries', 'src/reconcile'].flatMap((folder) =>
  readdirSync(path.join(packageFolder, folder)).flatMap((file) => functionsIn(path.join(folder, file))),
);
const examples = asking.flatMap(({ name, example }) => (example === undefined ? [] : [{ name, example }]));

/** The functions of a file that the library exports and whose first parameter is `db`. */
function functionsIn(file: string): Asking[] {
  const text = readFileSync(path.join(packageFolder, file), 'utf8');
  return ts
    .createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    .statements.filter(ts.isFunctionDeclaration)
    .filter(({ name, parameters }) => name && name.text in library && parameters[0]?.name.getText() === 'db')
    .map((declaration) => {
      const tag = ts.getJSDocTags(declaration).find(({ tagName }) => tagName.text === 'example');
      return { name: declaration.name?.text as string, example: ts.getTextOfJSDocComment(tag?.comment) };
    });
}

/** The names that a statement of an example declares. */
function namesIn(statement: ts.Statement): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name))
      found.push(node.name.text);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

/** Runs an example; gives what its variables hold then, and the names of those that its question filled. */
async function run({ name, example }: { name: string; example: string }) {
  const { statements } = ts.createSourceFile('example.ts', example, ts.ScriptTarget.Latest, true);
  const answering = statements.find((one) => one.getText().includes(`${name}(`));
  const names = statements.flatMap(namesIn);
  const { outputText } = ts.transpileModule(
    `return async ({ db, ${Object.keys(library).join(', ')} }) => { ${example}\n return { ${names.join(', ')} }; };`,
    { compilerOptions: { target: ts.ScriptTarget.ES2023 } },
  );
  const variables: Record<string, unknown> = await new Function(outputText)()({
    ...library,
    db: database.db,
  });
  return { variables, answers: answering ? namesIn(answering) : [] };
}

beforeAll(() => loadProgramme(database, { inspections: 6 }));

test('every function of the library that asks the database has an example', () => {
  expect(asking.length).toBeGreaterThan(20);
  expect(asking.filter(({ example }) => example === undefined)).toEqual([]);
});

test('the examples are sound TypeScript', { timeout: 120_000 }, () => {
  const { config } = ts.readConfigFile(path.join(packageFolder, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, packageFolder);
  const name = path.join(packageFolder, 'test', 'docs', 'examples-of-docstrings.ts');
  const content = [
    `import { type Connection, ${Object.keys(library).join(', ')} } from '../../src/index.js';`,
    'declare const db: Connection;',
    ...examples.map(({ example }, at) => `export async function example${at}() {\n${example}\n}`),
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
    const { variables, answers } = await run(one);
    expect(answers.length).toBeGreaterThan(0);
    for (const [name, value] of Object.entries(variables)) expect(value, name).toBeDefined();
    const answer = variables[answers[0] as string];
    const size = Array.isArray(answer) ? answer.length : answer instanceof Map ? answer.size : Number(answer);
    // what is neither rows nor a number is one row
    expect(size, `${answers[0]}`).not.toBe(0);
  });
});
