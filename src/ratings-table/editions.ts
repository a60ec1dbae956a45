import type { Connection } from '../database/connect.js';
import { type Framework, standardOf } from '../framework/framework.js';
import { listed } from '../nearest.js';
import { editions } from '../queries/editions.js';

/** The editions that a row may be of. */
export interface KnownEditions {
  byCode: ReadonlyMap<string, Framework>;
  /** Codes of all standards, in order. */
  standards: string[];
}

export async function readEditions(db: Connection): Promise<KnownEditions> {
  const byCode = await editions(db);
  const codes = [...byCode.values()].flatMap(({ standards }) => standards.map(({ code }) => code));
  return {
    byCode,
    standards: [...new Set(codes)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  };
}

/** An edition by its code, also in "2018 edition" and "edition 2018"; else what is wrong. */
export function editionNamed({ byCode }: KnownEditions, text: string): string | { problem: string } {
  const wanted = text
    .trim()
    .toLowerCase()
    .replace(/^edition | edition$/, '');
  const found = [...byCode.keys()].find((code) => code.toLowerCase() === wanted);
  // No other is offered in its place: a year is not a misspelt one.
  return (
    found ?? { problem: `unknown edition "${text}": those that are loaded are ${listed(byCode.keys())}` }
  );
}

/** Which editions have a standard, in words. */
export function havingStandard({ byCode }: KnownEditions, standard: string): string {
  const having = [...byCode.values()]
    .filter((edition) => standardOf(edition, standard))
    .map(({ code }) => code);
  for (const { code, questions } of having.length > 0 ? [] : byCode.values()) {
    const question = questions.get(standard);
    if (question)
      return `it is ${question.level} ${standard} of standard ${question.standard} of edition ${code}; where the column has that standard's rating, say so in a column map (columns: {standards: {"${question.standard}": "${standard}"}})`;
  }
  return having.length > 0
    ? `${having.join(', ')} ${having.length === 1 ? 'has' : 'have'} it`
    : `none of the editions that are loaded has a standard ${standard} (${listed(byCode.keys())}); load its edition first`;
}
