import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Kysely } from 'kysely';
import ts from 'typescript';
import type { DB } from '../../src/database/schema.js';
import { packageFolder } from '../../src/disk/paths.js';
import * as library from '../../src/index.js';

/** A function that asks the database, and the example in its docstring. */
export interface Asking {
  name: string;
  example: string | undefined;
}

/** The functions of a file that the library exports and whose first parameter is `db`: declared, or made by `asking`. */
function functionsIn(file: string): Asking[] {
  const text = readFileSync(path.join(packageFolder, file), 'utf8');
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return statements.flatMap((statement) => {
    const [made] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const isAsking = ts.isFunctionDeclaration(statement)
      ? statement.parameters[0]?.name.getText() === 'db'
      : made?.initializer?.getText().startsWith('asking(');
    const name = (ts.isFunctionDeclaration(statement) ? statement : made)?.name?.getText() ?? '';
    if (!isAsking || !(name in library)) return [];
    const tag = ts.getJSDocTags(statement).find(({ tagName }) => tagName.text === 'example');
    return [{ name, example: ts.getTextOfJSDocComment(tag?.comment) }];
  });
}

/** Every function of the library that asks the database. */
export const askingFunctions = (): Asking[] =>
  ['src/queries', 'src/reconcile'].flatMap((folder) =>
    readdirSync(path.join(packageFolder, folder)).flatMap((file) => functionsIn(path.join(folder, file))),
  );

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

/** Runs an example on a database; gives what its variables hold then, and the names of those that its question filled. */
export async function runExample(db: Kysely<DB>, { name, example }: { name: string; example: string }) {
  const { statements } = ts.createSourceFile('example.ts', example, ts.ScriptTarget.Latest, true);
  const answering = statements.find((one) => one.getText().includes(`${name}(`));
  const names = statements.flatMap(namesIn);
  const { outputText } = ts.transpileModule(
    `return async ({ db, ${Object.keys(library).join(', ')} }) => { ${example}\n return { ${names.join(', ')} }; };`,
    { compilerOptions: { target: ts.ScriptTarget.ES2023 } },
  );
  const variables: Record<string, unknown> = await new Function(outputText)()({
    ...library,
    db,
  });
  return { variables, answers: answering ? namesIn(answering) : [] };
}
