import type { Connection } from '../database/connect.js';
import { mayHoldOn } from '../days.js';
import { type Framework, standardOf } from '../framework/framework.js';
import { plain } from '../names.js';
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

/** A standard that a row rates, and what the table's heading calls it besides its code. */
export interface NamedStandard {
  code: string;
  heading: string;
}

/** What tells the edition of a row that does not name it. */
export interface RowClues {
  standards: readonly NamedStandard[];
  fieldwork: string | undefined;
  published: string;
}

/**
 * The edition of a row: by the standards that it names, else by fieldwork, else by publication; and by which of them. Where more than
 * one is left it is asked for: no date alone decides between editions that were in use at one time.
 */
export function editionOf(
  known: KnownEditions,
  { standards, fieldwork, published }: RowClues,
): { edition: string; by: string } | { problem: string } {
  const all = [...known.byCode.keys()];
  const byStandards = all.filter((edition) =>
    standards.every((standard) => mayBeOf(known, edition, standard)),
  );
  const [first, ...more] = byStandards;
  if (first !== undefined && more.length === 0 && all.length > 1) {
    const telling = standards.filter((one) => all.some((edition) => !mayBeOf(known, edition, one)));
    return { edition: first, by: `the standards it names (${telling.map(({ code }) => code).join(', ')})` };
  }
  if (first === undefined)
    return { problem: `no edition has all of the standards ${standards.map(({ code }) => code).join(', ')}` };
  const within = (of: 'reports' | 'fieldwork', date: string) =>
    byStandards.filter((edition) => {
      const period = inUse(known, edition)?.[of];
      return period !== undefined && mayHoldOn(period, date);
    });
  const byFieldwork = fieldwork === undefined ? byStandards : within('fieldwork', fieldwork);
  const certain = (of: 'reports' | 'fieldwork', date: string, [one, ...others]: string[]) =>
    one !== undefined && others.length === 0 && isWithin(inUse(known, one)?.[of].until, date)
      ? one
      : undefined;
  const told = fieldwork === undefined ? undefined : certain('fieldwork', fieldwork, byFieldwork);
  if (told !== undefined) return { edition: told, by: `its fieldwork of ${fieldwork}` };
  const byBoth = within('reports', published).filter((edition) => byFieldwork.includes(edition));
  const byPublication = certain('reports', published, byBoth);
  if (byPublication !== undefined) return { edition: byPublication, by: `its publication of ${published}` };
  const advice = 'say the edition in a column, or with --edition';
  return {
    problem:
      byBoth.length === 0
        ? `no edition is taken for a report published ${published}${fieldwork === undefined ? '' : ` after fieldwork of ${fieldwork}`}: ${advice}`
        : `a report published ${published} may be of edition ${byBoth.join(' or ')}${byBoth.length === 1 ? ', or of a later one' : ''}: ${advice}`,
  };
}

/** When an edition was in use; undefined where dates never tell it. */
function inUse({ byCode }: KnownEditions, edition: string) {
  const period = byCode.get(edition)?.inUse;
  return period?.reports.from == null ? undefined : period;
}

/** Whether all that a date may mean is before an edition went out of use. */
const isWithin = (until: string | null | undefined, date: string): boolean =>
  until == null || `${date}-99-99`.slice(0, until.length) < until;

/** Whether a standard may be an edition's: by its code, and by the words of the heading where those are another's title. */
function mayBeOf({ byCode }: KnownEditions, edition: string, { code, heading }: NamedStandard): boolean {
  const titleIn = (one: Framework | undefined) => one && standardOf(one, code)?.title;
  const title = titleIn(byCode.get(edition));
  if (title === undefined) return false;
  const words = plain(heading);
  if (words === '' || isTitle(title, words)) return true;
  return ![...byCode.values()].some((other) => isTitle(titleIn(other) ?? '', words));
}

const isTitle = (title: string, words: string) =>
  title !== '' && (` ${plain(title)} `.includes(` ${words} `) || ` ${words} `.includes(` ${plain(title)} `));
