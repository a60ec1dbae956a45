import { exitCode, UserError } from '../problem.js';
import type { InspectionWhatIf, Supposed } from '../queries/what-if.js';
import { checkSupposition } from '../ratings/what-if/supposition.js';
import type { SupposedRating, SupposedStandard } from '../ratings/what-if/what-if.js';
import { plural } from '../words/plural.js';
import { fieldwork, scoreOf, shortName } from './about.js';

/** Reads the values of --as-if, each what=value in any case. Throws a UserError that says what is allowed. */
export function readSuppositions(given: readonly string[]): Supposed {
  const supposed: Record<string, string> = {};
  for (const text of given) {
    const [, what = '', value = ''] = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/s.exec(text) ?? [];
    const key = what.toLowerCase();
    if (key === '') throw wrong(`"${text}" has to be what=value, such as base=relevant.`);
    if (Object.hasOwn(supposed, key)) throw wrong(`${what} is given twice.`);
    supposed[key] = key === 'edition' ? value : value.toLowerCase().replaceAll(/[-_\s]+/g, ' ');
  }
  try {
    checkSupposition(supposed);
  } catch (error) {
    throw error instanceof RangeError ? wrong(error.message) : error;
  }
  return supposed as Supposed;
}

const wrong = (message: string) => new UserError(`--as-if: ${message}`, exitCode.call);

/** Of each inspection its overall rating as it is and as it would be, and what else changes, is not known or is left out. */
export function whatIfLines(inspections: readonly InspectionWhatIf[]): string[] {
  const changed = inspections.filter(({ changes }) => changes).length;
  return [
    ...inspections.flatMap(({ standards, overall, ...inspection }) => {
      const scores = [
        scoreOf(overall.scoreAsItIs, overall.maxScoreAsItIs),
        scoreOf(overall.scoreAsIf, overall.maxScoreAsIf),
      ];
      const lines = [
        ...standards.flatMap((standard) => line(standard.code, standard, driving(standard))),
        ...line('overall', overall),
      ];
      return [
        `${shortName(inspection.service)}, ${fieldwork(inspection)}, edition ${inspection.edition}: score ${scores.join(' -> ')}, ` +
          `overall ${overall.asItIs ?? 'not rated'} -> ${overall.standing === 'not known' ? 'not known' : (overall.asIf ?? 'not rated')}`,
        ...lines.map((one) => `  ${one}`),
        '',
      ];
    }),
    `${plural(inspections.length, 'inspection')}; ratings change in ${changed}.`,
  ];
}

/** What becomes of a rating, in a line; none where it stays and nothing is to be said. */
function line(code: string, { standing, asItIs, asIf, why }: SupposedRating, because?: string): string[] {
  if (standing === 'same') return why === null || asIf === null ? [] : [`${code}: ${asIf} as it is; ${why}`];
  if (standing !== 'changes') return [`${code} ${standing}: ${why}`];
  const change = `${code}: ${asItIs ?? 'not rated'} -> ${asIf ?? 'not rated'}`;
  return [[change, because, why].filter((part) => part != null).join('; ')];
}

/** The key question behind a standard's new rating, with its percentages. */
function driving({ drivingKeyQuestion, keyQuestions }: SupposedStandard): string | undefined {
  const question = keyQuestions.find(({ code }) => code === drivingKeyQuestion);
  if (!question) return undefined;
  const banded = (percent: number | null, rating: string | null) =>
    [percent === null ? 'no percentage' : `${percent}%`, rating].filter((part) => part !== null).join(' ');
  const before = banded(question.percentAsItIs, question.asItIs);
  const after = banded(question.percentAsIf, question.asIf);
  return `${question.code} is ${before === after ? after : `${before} -> ${after}`}`;
}

/** The same as data, with names as those of views. */
export const whatIfJson = (supposed: Supposed, inspections: readonly InspectionWhatIf[]): unknown =>
  snakeCase({ asIf: supposed, inspections });

function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCase(inner),
    ]),
  );
}
