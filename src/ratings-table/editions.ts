import type { Connection } from '../database/connect.js';
import { type Framework, standardOf } from '../framework/framework.js';
import { editions } from '../queries/editions.js';
import { listed } from '../words/nearest.js';

/** The editions that a row may be of. */
export interface KnownEditions {
  byCode: ReadonlyMap<string, Framework>;
  /** Codes of all standards, in order. */
  standards: string[];
  /** Words of all scales. */
  ratings: string[];
}

export async function readEditions(db: Connection): Promise<KnownEditions> {
  const byCode = await editions(db);
  const all = [...byCode.values()];
  const codes = new Set(all.flatMap(({ standards }) => standards.map(({ code }) => code)));
  return {
    byCode,
    standards: [...codes].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    ratings: [...new Set(all.flatMap(({ ratings }) => ratings))],
  };
}

/** An edition by its code, also in "2018 edition" and "edition 2018"; undefined where that is not loaded. */
export function editionNamed({ byCode }: KnownEditions, text: string): string | undefined {
  const wanted = text
    .trim()
    .toLowerCase()
    .replace(/^edition | edition$/, '');
  return [...byCode.keys()].find((code) => code.toLowerCase() === wanted);
}

/** For messages. No other edition is offered in its place: a year is not a misspelt one. */
export const unknownEdition = ({ byCode }: KnownEditions, named: string): string =>
  `unknown edition "${named}": those that are loaded are ${listed(byCode.keys())}`;

/** Which editions have a standard, in words; of a question's code, which standard it belongs to. */
export function havingStandard({ byCode }: KnownEditions, code: string): string {
  const all = [...byCode.values()];
  const having = all.filter((edition) => standardOf(edition, code)).map((edition) => edition.code);
  if (having.length > 0) return `${having.join(', ')} ${having.length === 1 ? 'has' : 'have'} it`;
  const asking = all.find(({ questions }) => questions.has(code));
  const question = asking?.questions.get(code);
  return asking && question
    ? `it is ${question.level} ${code} of standard ${question.standard} of edition ${asking.code}`
    : `none of the editions that are loaded has a standard ${code} (${listed(byCode.keys())}); load its edition first`;
}
