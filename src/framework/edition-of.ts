import { mayHoldOn } from '../days.js';
import { plain } from '../words/names.js';
import { listed } from '../words/nearest.js';
import { type Framework, standardOf } from './framework.js';

/** What tells the edition of an inspection that does not name it. Dates are as exact as they are known. */
export interface EditionClues {
  /** Standards that it rates, and what it calls them besides their codes; empty where it gives the code alone. */
  standards: readonly { code: string; heading: string }[];
  /** Codes of key questions and prompts. */
  questions?: readonly string[];
  fieldwork: string | undefined;
  published: string | undefined;
  /** How its edition could be said, for messages. */
  advice: string;
}

/**
 * The edition of an inspection: by the standards and questions that it names, else by fieldwork, else by publication; and by which of them. Where more than
 * one is left it is asked for: no date alone decides between editions that were in use at one time.
 */
export function editionOf(
  known: ReadonlyMap<string, Framework>,
  { standards, questions = [], fieldwork, published, advice }: EditionClues,
): { edition: string; by: string } | { problem: string } {
  const all = [...known.values()];
  const named = [
    ...standards.map(({ code, heading }) => ({
      code,
      of: all.filter((edition) => mayBeOf(all, edition, code, plain(heading))),
    })),
    ...questions.map((code) => ({ code, of: all.filter((edition) => edition.questions.has(code)) })),
  ];
  const byContent = all.filter((edition) => named.every(({ of }) => of.includes(edition)));
  const [first, ...more] = byContent;
  if (first === undefined)
    return { problem: `no edition has all of ${listed(named.map(({ code }) => code))}: ${advice}` };
  if (more.length === 0 && all.length > 1) {
    const telling = named.filter(({ of }) => of.length < all.length).map(({ code }) => code);
    const what = telling.some((code) => questions.includes(code)) ? 'standards and questions' : 'standards';
    return { edition: first.code, by: `the ${what} it names (${listed(telling)})` };
  }
  let left = byContent;
  for (const [of, date, what] of [
    ['fieldwork', fieldwork, 'fieldwork'],
    ['reports', published, 'publication'],
  ] as const) {
    if (date === undefined) continue;
    left = left.filter(({ inUse }) => inUse.reports.from != null && mayHoldOn(inUse[of], date));
    const [one, ...others] = left;
    if (one && others.length === 0 && isBefore(date, one.inUse[of].until))
      return { edition: one.code, by: `its ${what} of ${date}` };
  }
  const dated = [fieldwork && `fieldwork of ${fieldwork}`, published && `a report published ${published}`]
    .filter(Boolean)
    .join(' and ');
  const codes = left.map(({ code }) => code);
  if (codes.length === 0) return { problem: `no edition is taken for ${dated}: ${advice}` };
  const later = codes.length === 1 ? ', or of a later one' : '';
  return { problem: `${dated} may be of edition ${codes.join(' or ')}${later}: ${advice}` };
}

/** Whether all that a date may mean is before an edition went out of use. */
const isBefore = (date: string, until: string | null | undefined): boolean =>
  until == null || `${date}-99-99`.slice(0, until.length) < until;

/** Whether a standard may be an edition's: by its code, and by the words of the heading where those are another's title. */
function mayBeOf(all: readonly Framework[], edition: Framework, code: string, words: string): boolean {
  const isTitledIn = (one: Framework) => {
    const title = plain(standardOf(one, code)?.title ?? '');
    return title !== '' && (` ${title} `.includes(` ${words} `) || ` ${words} `.includes(` ${title} `));
  };
  if (!standardOf(edition, code)) return false;
  return words === '' || isTitledIn(edition) || !all.some(isTitledIn);
}
