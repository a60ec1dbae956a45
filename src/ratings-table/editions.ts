import type { Connection } from '../database/connect.js';
import { mayHoldOn, type Period } from '../days.js';
import { plain } from '../names.js';
import { listed } from '../nearest.js';
import { editions } from '../queries/editions.js';
import type { Edition } from '../ratings/rules.js';

/** The editions that a row may be of. */
export interface KnownEditions {
  byCode: Map<string, Edition>;
  /** When reports of an edition were published, and its fieldwork was; of those that dates may tell. */
  inUse: Map<string, { reports: Period; fieldwork: Period }>;
  /** Titles of standards by edition and code. */
  titles: Map<string, Map<string, string>>;
  /** Codes of all standards, in order. */
  standards: string[];
}

export async function readEditions(db: Connection): Promise<KnownEditions> {
  const byCode = await editions(db);
  const dated = await db
    .selectFrom('core.edition')
    .select(['edition_code', 'reports_from', 'reports_until', 'fieldwork_from', 'fieldwork_until'])
    .where('reports_from', 'is not', null)
    .execute();
  const standards = await db
    .selectFrom('core.standard')
    .select(['edition_code', 'standard_code', 'title'])
    .execute();
  const titles = new Map<string, Map<string, string>>();
  for (const { edition_code, standard_code, title } of standards) {
    const own = titles.get(edition_code) ?? new Map<string, string>();
    titles.set(edition_code, own.set(standard_code, title));
  }
  return {
    byCode,
    inUse: new Map(
      dated.map((row) => [
        row.edition_code,
        {
          reports: { from: row.reports_from, until: row.reports_until },
          fieldwork: { from: row.fieldwork_from, until: row.fieldwork_until },
        },
      ]),
    ),
    titles,
    standards: [...new Set(standards.map(({ standard_code }) => standard_code))].sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    ),
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
export function havingStandard({ byCode, titles }: KnownEditions, standard: string): string {
  const having = [...titles].filter(([, own]) => own.has(standard)).map(([code]) => code);
  return having.length > 0
    ? `${having.join(', ')} ${having.length === 1 ? 'has' : 'have'} it`
    : `none of the editions that are loaded has it (${listed(byCode.keys())})`;
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
      const period = known.inUse.get(edition)?.[of];
      return period !== undefined && mayHoldOn(period, date);
    });
  const byFieldwork = fieldwork === undefined ? byStandards : within('fieldwork', fieldwork);
  const certain = (of: 'reports' | 'fieldwork', date: string, [one, ...others]: string[]) =>
    one !== undefined && others.length === 0 && isWithin(known.inUse.get(one)?.[of].until, date)
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

/** Whether all that a date may mean is before an edition went out of use. */
const isWithin = (until: string | null | undefined, date: string): boolean =>
  until == null || `${date}-99-99`.slice(0, until.length) < until;

/** Whether a standard may be an edition's: by its code, and by the words of the heading where those are another's title. */
function mayBeOf({ titles }: KnownEditions, edition: string, { code, heading }: NamedStandard): boolean {
  const title = titles.get(edition)?.get(code);
  if (title === undefined) return false;
  const words = plain(heading);
  if (words === '' || isTitle(title, words)) return true;
  return ![...titles.values()].some((own) => own.has(code) && isTitle(own.get(code) as string, words));
}

const isTitle = (title: string, words: string) =>
  ` ${plain(title)} `.includes(` ${words} `) || ` ${words} `.includes(` ${plain(title)} `);
