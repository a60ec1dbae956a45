import { didYouMean, listed } from '../nearest.js';
import { exitCode, UserError } from '../problem.js';
import type { Claim } from '../read/claim.js';
import { type Place, placeText, type Report } from '../read/report.js';

/** A value with the lines of the report that it stands on, as they are there. */
export interface ShownValue {
  path: (string | number)[];
  value?: string | number | boolean;
  confidence: Claim['confidence'];
  why?: string;
  places: { place: Place; raw: string }[];
}

/**
 * The values that a code means: those of a standard ("2.2"), of a question and its prompts ("2.2.3"), of a prompt, or of a part of
 * the bundle ("overall", "recommendations"). Throws a UserError that says what there is, when nothing was read of it.
 */
export function valuesOf(code: string, values: readonly Claim[], document: Report): ShownValue[] {
  const wanted = code.trim().toLowerCase();
  const found = values.filter(({ path, value }) => {
    const [section, at] = path.map((step) => String(step).toLowerCase());
    const subject = path.at(-1) === 'standard' ? String(value).toLowerCase() : at;
    return section === wanted || isOf(wanted, at ?? '') || (isCode(subject) && isOf(wanted, subject));
  });
  // An entry of a list is shown whole when one of its values is meant.
  const entries = new Set(found.map(({ path }) => path.slice(0, 2).join(' ')));
  const whole = values.filter(
    (value) => found.includes(value) || (isInList(value) && entries.has(value.path.slice(0, 2).join(' '))),
  );
  if (whole.length > 0) return whole.map((value) => shown(value, document));
  const known = new Set(
    values.flatMap(({ path }) => [String(path[0]), ...(isCode(path[1]) ? [path[1]] : [])]),
  );
  throw new UserError(
    `${document.file}: nothing was read of "${code}"${didYouMean(code, known)}: there are ${listed(known, 16)}.`,
    exitCode.call,
  );
}

const isCode = (step: unknown): step is string =>
  typeof step === 'string' && /^[a-z]?\d+(?:\.\w+)*$/i.test(step);
const isOf = (wanted: string, code: string) => code === wanted || code.startsWith(`${wanted}.`);
const isInList = ({ path }: Claim) => typeof path[1] === 'number';

function shown(
  { path, value, confidence, place, confirmedBy = [], why }: Claim,
  { lines }: Report,
): ShownValue {
  const rawOf = ({ line, page }: Place) =>
    lines.find(({ place: other }) => other.line === line && other.page === page)?.raw.trim() ?? '';
  return {
    path,
    ...(value === undefined ? {} : { value }),
    confidence,
    ...(why === undefined ? {} : { why }),
    places: [place, ...confirmedBy].map((one) => ({ place: one, raw: rawOf(one) })),
  };
}

const longest = 400;

/** Lines for people: each value, and below it where it stands; a line of the report that was shown already is not repeated. */
export function shownValues(values: readonly ShownValue[]): string[] {
  const printed = new Set<string>();
  return values.flatMap(({ path, value, confidence, why, places }) => [
    `${path.join(' ')}: ${value ?? '-'} (${confidence}${why ? `: ${why}` : ''})`,
    ...places.map(({ place, raw }) => {
      const where = placeText(place);
      if (printed.has(where)) return `  ${where}`;
      printed.add(where);
      const text = raw.replaceAll(/\s+/g, ' ');
      return `  ${where}: ${text.length > longest ? `${text.slice(0, longest)} …` : text}`;
    }),
  ]);
}
