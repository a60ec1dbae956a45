import { exitCode, UserError } from '../problem.js';
import type { Claim } from '../read/claim.js';
import { type Place, placeText, type Report } from '../read/report.js';

/** A value with the lines of the report that it stands on, as they are there. */
export interface ShownValue extends Pick<Claim, 'path' | 'value' | 'confidence'> {
  why: Claim['why'] | undefined;
  places: { place: Place; raw: string }[];
}

/**
 * The values that a code means: those of a standard ("2.2"), of a question and its prompts ("2.2.3"), of a prompt, or of a part of
 * the bundle ("overall", "recommendations"). Throws a UserError that says what there is, when nothing was read of it.
 */
export function valuesOf(code: string, values: readonly Claim[], { file, lines }: Report): ShownValue[] {
  const wanted = code.trim().toLowerCase();
  const entryOf = ({ path }: Claim) => path.slice(0, 2).join(' ');
  // An entry of a list is meant by its standard, and shown whole.
  const standards = new Map(
    values.filter(({ path }) => path.at(-1) === 'standard').map((one) => [entryOf(one), String(one.value)]),
  );
  const found = values.filter((one) => {
    const own = standards.get(entryOf(one)) ?? String(one.path[1] ?? '').toLowerCase();
    return one.path[0] === wanted || own === wanted || own.startsWith(`${wanted}.`);
  });
  if (wanted === '' || found.length === 0) {
    const parts = [...new Set(values.map(({ path }) => path[0]))].join(', ');
    const message = `${file}: nothing was read of "${code}": name a standard, a question or a part of what was read: ${parts}.`;
    throw new UserError(message, exitCode.call);
  }
  const rawOf = ({ line, page }: Place) =>
    lines.find(({ place: other }) => other.line === line && other.page === page)?.raw.trim() ?? '';
  return found.map(({ path, value, confidence, why, place, confirmedBy = [] }) => ({
    ...{ path, value, confidence, why },
    places: [place, ...confirmedBy].map((one) => ({ place: one, raw: rawOf(one) })),
  }));
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
      return `  ${where}: ${raw.replaceAll(/\s+/g, ' ').slice(0, longest)}`;
    }),
  ]);
}
