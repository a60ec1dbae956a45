import { mayHoldOn } from '../days.js';
import { plain } from '../names.js';
import { listed } from '../nearest.js';
import { type Framework, standardOf } from './framework.js';

/** A standard that a source rates, and what it calls it besides its code; empty where it gives the code alone. */
export interface NamedStandard {
  code: string;
  heading: string;
}

/** What tells the edition of an inspection that does not name it. Dates are as exact as they are known. */
export interface EditionClues {
  standards: readonly NamedStandard[];
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
  const all = [...known.keys()];
  const named: { code: string; mayBeOf: (edition: string) => boolean }[] = [
    ...standards.map((one) => ({
      code: one.code,
      mayBeOf: (edition: string) => mayBeOf(known, edition, one),
    })),
    ...questions.map((code) => ({
      code,
      mayBeOf: (edition: string) => known.get(edition)?.questions.has(code) ?? false,
    })),
  ];
  const byContent = all.filter((edition) => named.every((one) => one.mayBeOf(edition)));
  const [first, ...more] = byContent;
  if (first !== undefined && more.length === 0 && all.length > 1) {
    const telling = named.filter((one) => all.some((edition) => !one.mayBeOf(edition)));
    const what = telling.some(({ code }) => questions.includes(code))
      ? 'standards and questions'
      : 'standards';
    return { edition: first, by: `the ${what} it names (${listed(telling.map(({ code }) => code))})` };
  }
  if (first === undefined)
    return {
      problem: `no edition has all of the standards ${standards.map(({ code }) => code).join(', ')}: ${advice}`,
    };
  const within = (of: 'reports' | 'fieldwork', date: string) =>
    byContent.filter((edition) => {
      const period = inUse(known, edition)?.[of];
      return period !== undefined && mayHoldOn(period, date);
    });
  const byFieldwork = fieldwork === undefined ? byContent : within('fieldwork', fieldwork);
  const certain = (of: 'reports' | 'fieldwork', date: string, [one, ...others]: string[]) =>
    one !== undefined && others.length === 0 && isWithin(inUse(known, one)?.[of].until, date)
      ? one
      : undefined;
  const told = fieldwork === undefined ? undefined : certain('fieldwork', fieldwork, byFieldwork);
  if (told !== undefined) return { edition: told, by: `its fieldwork of ${fieldwork}` };
  if (published === undefined)
    return {
      problem: `fieldwork of ${fieldwork} may have been under edition ${listed(byFieldwork)}: ${advice}`,
    };
  const byBoth = within('reports', published).filter((edition) => byFieldwork.includes(edition));
  const byPublication = certain('reports', published, byBoth);
  if (byPublication !== undefined) return { edition: byPublication, by: `its publication of ${published}` };
  return {
    problem:
      byBoth.length === 0
        ? `no edition is taken for a report published ${published}${fieldwork === undefined ? '' : ` after fieldwork of ${fieldwork}`}: ${advice}`
        : `a report published ${published} may be of edition ${byBoth.join(' or ')}${byBoth.length === 1 ? ', or of a later one' : ''}: ${advice}`,
  };
}

/** When an edition was in use; undefined where dates never tell it. */
function inUse(known: ReadonlyMap<string, Framework>, edition: string) {
  const period = known.get(edition)?.inUse;
  return period?.reports.from == null ? undefined : period;
}

/** Whether all that a date may mean is before an edition went out of use. */
const isWithin = (until: string | null | undefined, date: string): boolean =>
  until == null || `${date}-99-99`.slice(0, until.length) < until;

/** Whether a standard may be an edition's: by its code, and by the words of the heading where those are another's title. */
function mayBeOf(
  known: ReadonlyMap<string, Framework>,
  edition: string,
  { code, heading }: NamedStandard,
): boolean {
  const titleIn = (one: Framework | undefined) => one && standardOf(one, code)?.title;
  const title = titleIn(known.get(edition));
  if (title === undefined) return false;
  const words = plain(heading);
  if (words === '' || isTitle(title, words)) return true;
  return ![...known.values()].some((other) => isTitle(titleIn(other) ?? '', words));
}

const isTitle = (title: string, words: string) =>
  title !== '' && (` ${plain(title)} `.includes(` ${words} `) || ` ${words} `.includes(` ${plain(title)} `));
