import { readFileSync } from 'node:fs';

/** A statement of a file of SQL, with the line of comment above it, which says what it is about. */
export interface Statement {
  what: string;
  statement: string;
}

/** The text of a file of this folder. */
export const text = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** The statements of a file of this folder. */
export const statementsOf = (file: string): Statement[] =>
  text(file)
    .split(/^-- /m)
    .map((block) => {
      const [what = '', ...lines] = block.split('\n');
      return { what, statement: lines.join('\n').trim() };
    })
    .filter(({ statement }) => statement !== '');
