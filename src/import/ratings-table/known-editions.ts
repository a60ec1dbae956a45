import type { Connection } from '../../database/connect.js';
import { didYouMean, listed } from '../../nearest.js';
import { editions } from '../../queries/editions.js';
import type { Edition, Rules } from '../../ratings/rules.js';
import { firstDay, type KnownDate } from './date.js';

/** The editions that a row may be of. */
export interface KnownEditions {
  byCode: Map<string, Edition>;
  /** Days (ISO) from which reports are taken to be of an edition, newest first. */
  reportsFrom: { code: string; from: string }[];
  /** Codes of all standards, in order. */
  standards: string[];
}

export async function readEditions(db: Connection): Promise<KnownEditions> {
  const byCode = await editions(db);
  const dated = await db
    .selectFrom('core.edition')
    .select(['edition_code as code', 'reports_from as from'])
    .where('reports_from', 'is not', null)
    .orderBy('reports_from', 'desc')
    .execute();
  const codes = new Set([...byCode.values()].flatMap(({ standards }) => standards.map(({ code }) => code)));
  return {
    byCode,
    reportsFrom: dated.map(({ code, from }) => ({ code, from: from as string })),
    standards: [...codes].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  };
}

/** An edition by its code, also in "2018 edition" and "edition 2018"; else what is wrong. */
export function editionNamed({ byCode }: KnownEditions, text: string): string | { problem: string } {
  const wanted = text
    .trim()
    .toLowerCase()
    .replace(/^edition | edition$/, '');
  const found = [...byCode.keys()].find((code) => code.toLowerCase() === wanted);
  return (
    found ?? {
      problem: `unknown edition "${text}"${didYouMean(wanted, byCode.keys())}: ${listed(byCode.keys())}`,
    }
  );
}

/** The edition that alone has some standard; undefined when none of the standards is of one edition only. */
export function editionOfStandards(
  { byCode }: KnownEditions,
  standards: Iterable<string>,
): string | undefined {
  for (const standard of standards) {
    const having = [...byCode.values()].filter((edition) =>
      edition.standards.some(({ code }) => code === standard),
    );
    if (having.length === 1) return having[0]?.code;
  }
  return undefined;
}

/** The edition of which a report is taken to be by its publication; undefined when it is before all of them. */
export const editionOfPublication = (
  { reportsFrom }: KnownEditions,
  published: KnownDate,
): string | undefined => reportsFrom.find(({ from }) => from <= firstDay(published))?.code;

/** The most points that an inspection can have when every standard that counts is rated. */
export const fullScore = (rules: Rules): number =>
  rules.countingStandards.length * Math.max(...Object.values(rules.scores));
