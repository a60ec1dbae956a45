import { didYouMean, listed } from '../nearest.js';
import { exitCode, UserError } from '../problem.js';
import type { InspectionWhatIf, Supposed } from '../queries/what-if.js';
import { supposable as values } from '../ratings/what-if/supposition.js';
import type { SupposedRating, SupposedStandard } from '../ratings/what-if/what-if.js';
import { initials, initialsLegend } from '../words/initials.js';
import { plural } from '../words/plural.js';
import { fieldwork } from './fieldwork.js';
import { standardCodes } from './rating-columns.js';
import { shortName } from './short-name.js';
import { type Column, table } from './table.js';

/** What can be supposed, by the name that --as-if has for it, with its values; an edition's are those of the database. */
const supposable: Record<string, { key: keyof Supposed; values?: readonly string[] }> = {
  base: { key: 'base', values: values.base },
  rounding: { key: 'rounding', values: values.rounding },
  'band-on': { key: 'bandOn', values: values.bandOn },
  edition: { key: 'edition' },
  discretion: { key: 'discretion', values: values.discretion },
  limits: { key: 'limits', values: values.limits },
};

export const asIfHelp = `
What --as-if can suppose, each once:
  base=relevant|inspected             what percentages are taken of
  rounding=half-up|half-even|down|up  how they become whole numbers
  band-on=rounded|exact               whether bands see the rounded percentage or the exact fraction
  edition=<edition>                   that edition's rules; the questions stay the inspection's own
  discretion=none                     no ratings panel has decided anything
  limits=none                         no standard limits the overall rating
Nothing that is stored changes. What the evidence cannot answer is said to be not known.`;

/**
 * Reads the values of --as-if, each what=value in any case, with - or a blank between words. Throws a UserError that says
 * what is allowed.
 */
export function readSuppositions(given: readonly string[]): Supposed {
  const supposed: Record<string, string> = {};
  for (const text of given) {
    const [, what = '', value = ''] = text.match(/^([^=]*)=(.*)$/s) ?? [];
    if (what.trim() === '' || value.trim() === '')
      throw wrong(`--as-if "${text}" has to be what=value, such as base=relevant.`);
    const name = what.trim().toLowerCase();
    const known = supposable[name];
    if (!known || !Object.hasOwn(supposable, name)) {
      const names = Object.keys(supposable);
      throw wrong(
        `--as-if "${text}": there is no "${what.trim()}"${didYouMean(name, names)}. It can be ${listed(names)}.`,
      );
    }
    if (known.key in supposed) throw wrong(`--as-if "${text}": ${name} is given twice.`);
    const plain = value
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ' ');
    if (known.values && !known.values.includes(plain)) {
      const near = didYouMean(plain, known.values);
      throw wrong(
        `--as-if "${text}": ${name} can't be "${value.trim()}"${near}. It can be ${listed(known.values)}.`,
      );
    }
    supposed[known.key] = known.values ? plain : value.trim();
  }
  return supposed as Supposed;
}

const wrong = (message: string) => new UserError(message, exitCode.call);

/** Ratings as they are and as they would be, two lines an inspection, and below them what changes and what is not known. */
export function whatIfTable(inspections: readonly InspectionWhatIf[]): string[] {
  const codes = standardCodes(inspections.flatMap(({ standards }) => standards.map(({ code }) => code)));
  const columns: Column[] = [
    { title: 'service' },
    { title: 'fieldwork' },
    { title: 'edition' },
    { title: 'rated' },
    ...codes.map((title) => ({ title })),
    { title: 'score', align: 'right' },
    { title: 'overall' },
  ];
  const rows = inspections.flatMap(({ standards, overall, ...inspection }) => {
    const cells = (cell: (standard: SupposedStandard) => string) =>
      codes.map((code) => {
        const standard = standards.find((one) => one.code === code);
        return standard ? cell(standard) : '';
      });
    return [
      [
        shortName(inspection.service),
        fieldwork(inspection),
        inspection.edition,
        'as it is',
        ...cells(({ asItIs, discretionAsItIs }) => short(asItIs) + (discretionAsItIs ? '*' : '')),
        score(overall.scoreAsItIs, overall.maxScoreAsItIs),
        overall.asItIs ?? '-',
      ],
      [
        '',
        '',
        '',
        'as if',
        ...cells((one) => marked(one, short(one.asIf) + (one.discretionAsIf ? '*' : ''))),
        score(overall.scoreAsIf, overall.maxScoreAsIf),
        marked(overall, overall.asIf ?? '-'),
      ],
    ];
  });
  const ratings = inspections.flatMap(({ standards }) =>
    standards.flatMap(({ asItIs, asIf }) => [asItIs, asIf].filter((rating) => rating !== null)),
  );
  const changed = inspections.filter(({ changes }) => changes).length;
  return [
    ...table(columns, rows),
    '',
    `${initialsLegend(ratings)}; * a ratings panel used its discretion; ! changes, ? not known, x left out, - not rated`,
    ...inspections.flatMap(explanation),
    '',
    `${plural(inspections.length, 'inspection')}; ratings change in ${changed}.`,
  ];
}

const short = (rating: string | null): string => (rating === null ? '-' : initials(rating));

function marked({ standing }: SupposedRating, rating: string): string {
  return { same: rating, changes: `${rating}!`, 'not known': '?', 'left out': 'x' }[standing];
}

const score = (points: number | null, most: number | null): string =>
  points === null ? '-' : `${points}/${most}`;

/** What changes in an inspection, what is not known and what is left out, a line each, below its name; nothing where all stays. */
function explanation(inspection: InspectionWhatIf): string[] {
  const { standards, overall } = inspection;
  const lines = [
    ...standards.flatMap((standard) => line(standard.code, standard, driving(standard))),
    ...line('overall', overall),
  ];
  return lines.length === 0
    ? []
    : ['', `${shortName(inspection.service)}, ${fieldwork(inspection)}`, ...lines.map((one) => `  ${one}`)];
}

function line(code: string, { standing, asItIs, asIf, why }: SupposedRating, because?: string): string[] {
  const reasons = [because, why].filter((reason) => reason !== undefined && reason !== null).join('; ');
  switch (standing) {
    case 'same':
      return why === null || asIf === null ? [] : [`${code}: ${asIf} as it is; ${why}`];
    case 'changes':
      return [`${code}: ${asItIs ?? 'not rated'} -> ${asIf ?? 'not rated'}${reasons && `; ${reasons}`}`];
    default:
      return [`${code} ${standing}: ${why}`];
  }
}

/** The key question behind a standard's new rating, with its percentages. */
function driving({ drivingKeyQuestion, keyQuestions }: SupposedStandard): string | undefined {
  const question = keyQuestions.find(({ code }) => code === drivingKeyQuestion);
  if (!question) return undefined;
  const percent = (whole: number | null) => (whole === null ? 'no percentage' : `${whole}%`);
  const { code, percentAsItIs, percentAsIf, asItIs, asIf } = question;
  return percentAsItIs === percentAsIf && asItIs === asIf
    ? `${code} is ${percent(percentAsIf)}`
    : `${code} is ${percent(percentAsItIs)} ${asItIs ?? ''} -> ${percent(percentAsIf)} ${asIf ?? ''}`
        .replaceAll('  ', ' ')
        .trim();
}

/** The same as data, with names as those of views. */
export const whatIfJson = (supposed: Supposed) => (inspections: readonly InspectionWhatIf[]) =>
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
