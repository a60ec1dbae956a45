import { readFileSync } from 'node:fs';

/** The text of a file of this folder. */
export const text = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** The statements of a file of this folder, each after the line of comment above it, which says what it is about. */
export const statementsOf = (file: string): [what: string, statement: string][] =>
  text(file)
    .split(/^-- /m)
    .map((block): [string, string] => {
      const [what = '', ...lines] = block.split('\n');
      return [what, lines.join('\n').trim()];
    })
    .filter(([, statement]) => statement !== '');
