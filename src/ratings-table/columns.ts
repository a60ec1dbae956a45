import { groupBy } from '../group-by.js';
import { type CsvFile, cellProblem } from '../import/files/csv/csv-file.js';
import { shapeOf } from '../import/files/shape.js';
import { YamlFile } from '../import/files/yaml-file.js';
import { plain } from '../names.js';
import { didYouMean, listed } from '../nearest.js';
import { type Problem, UserError } from '../problem.js';
import type { DateFormat } from './dates.js';
import { havingStandard, type KnownEditions } from './editions.js';

/** The columns that are no standards, with the headings under which they are met. */
const headings = {
  service: ['service', 'yot', 'yos', 'yjs', 'area', 'name of service', 'service name', 'name'],
  published: ['published', 'publication date', 'date', 'published date', 'date published', 'publication'],
  overall: ['overall', 'overall rating', 'rating'],
  score: ['score', 'total score', 'points', 'overall score'],
  score_percent: ['score percent', 'score %', 'percent', '%', 'score percentage', 'percentage'],
  out_of: ['out of', 'max score', 'maximum', 'maximum score', 'max'],
  edition: ['edition', 'framework', 'edition of the framework', 'edition hint'],
  fieldwork_start: ['fieldwork start', 'fieldwork', 'fieldwork started'],
  programme: ['programme'],
  inspection_type: ['inspection type', 'type of inspection', 'type'],
  report_url: ['report url', 'link', 'url', 'report', 'report link', 'link to report', 'web address'],
  source: ['source', 'sources'],
  certainty: ['certainty'],
};
export type Field = keyof typeof headings;
const fields = Object.keys(headings) as Field[];

/** What a user says that the columns and words of a table mean; each part may be left out. */
export interface ColumnMap {
  columns?: Partial<Record<Field, string | number>> & { standards?: Record<string, string | number> };
  ratings?: Record<string, string>;
  inspection_types?: Record<string, string>;
  date_format?: DateFormat;
  score_is?: 'points' | 'percent';
  edition?: string | number;
  ignore?: (string | number)[];
}

const check = shapeOf('ratings-columns.schema.json');

/** Reads a column map. Throws a UserError with everything that is wrong with it. */
export async function readColumnMap(file: string | undefined): Promise<ColumnMap> {
  if (file === undefined) return {};
  const yaml = await YamlFile.read(file);
  const problems = check(yaml);
  const message = `${file}: the column map is not as it has to be; nothing was loaded.`;
  if (problems.length > 0) throw new UserError(message, undefined, problems);
  return yaml.data as ColumnMap;
}

/** In which column (from 0) what stands. */
export interface Columns {
  fields: Partial<Record<Field, number>>;
  /** By the standard's code; with what the heading calls it besides that. */
  standards: Map<string, { at: number; heading: string }>;
}

/** As `plain`, but that a percent sign counts: "Score" and "Score %" are two columns. */
const comparable = (heading: string | number) => plain(String(heading).replaceAll('%', ' percent '));

const fieldOf = new Map(
  fields.flatMap((field) => headings[field].map((heading) => [comparable(heading), field] as const)),
);

/** What looks like the code of a standard: "V1.1", "5.1 Resettlement". */
const codeLike = /^(?:standard\s+)?([a-z]?\d{1,2}\.\d{1,2})(?![\d.])/i;

/** What a heading names, and what it says besides: a field, or the standard of a code such as "1.1", "s1_1" or "Standard 1.1 Governance". */
function meaningOf(cell: string, codes: readonly string[]): { name: string; heading: string } | undefined {
  const field = fieldOf.get(comparable(cell));
  if (field) return { name: field, heading: '' };
  const bare = cell
    .trim()
    .toLowerCase()
    .replace(/^(?:standard|std)[\s_.]+/, '')
    .replace(/^s?(\d)_(\d)(?!\d)/, '$1.$2');
  const name = codes.find(
    (one) => bare.startsWith(one.toLowerCase()) && !/^(?:[\p{L}\p{N}]|\.\p{N})/u.test(bare.slice(one.length)),
  );
  return name === undefined ? undefined : { name, heading: bare.slice(name.length) };
}

/** The name under which the map has columns that are passed over. */
const ignored = 'ignore';

/** What a map says of headings. */
const mappedBy = ({ columns: { standards = {}, ...ofFields } = {}, ignore = [] }: ColumnMap) =>
  [
    ...Object.entries(ofFields),
    ...Object.entries(standards),
    ...ignore.map((one) => [ignored, one] as const),
  ].map(([name, heading]) => ({ name, heading: String(heading) }));

/** Tells whether a cell names a column: by itself, or by the user's map. */
export function columnTeller(map: ColumnMap, { standards }: KnownEditions): (cell: string) => boolean {
  const named = new Set(mappedBy(map).map(({ heading }) => comparable(heading)));
  return (cell) =>
    named.has(comparable(cell)) || codeLike.test(cell) || meaningOf(cell, standards) !== undefined;
}

/** Recognises the columns of a table by the user's map and by their headings. Problems are of unknown, doubled and missing columns. */
export function recogniseColumns(
  csv: CsvFile,
  map: ColumnMap,
  editions: KnownEditions,
): { columns: Columns; problems: Problem[] } {
  const { header } = csv;
  const problems: Problem[] = [];
  const say = (at: number | undefined, message: string) =>
    problems.push(cellProblem(csv, csv.headerLine, at === undefined ? undefined : at + 1, message));
  const claims = mappedBy(map).flatMap(({ name, heading }) => {
    const at = header.findIndex((one) => one !== '' && comparable(one) === comparable(heading));
    if (at < 0 && name !== ignored)
      say(undefined, `by the column map ${name} is "${heading}", which is no heading: ${listed(header, 20)}`);
    return at < 0 ? [] : [{ name, at, heading: '' }];
  });
  const told = new Set(claims.map(({ at }) => at));
  for (const [at, heading] of header.entries()) {
    // without a heading there are no cells either
    if (told.has(at) || heading === '') continue;
    const meant = meaningOf(heading, editions.standards);
    if (meant) claims.push({ ...meant, at });
    else {
      const code = codeLike.exec(heading)?.[1];
      const known = [...fields.map((field) => field.replaceAll('_', ' ')), ...editions.standards];
      const what = code
        ? `the column "${heading}" is of no standard: ${havingStandard(editions, code)}`
        : `unknown column "${heading}"${didYouMean(heading, known)}: known are ${listed(known, 30)}`;
      say(at, `${what}. Say in a column map what it is, or name it under ignore there`);
    }
  }
  for (const [, ...others] of groupBy(claims, ({ at }) => at).values())
    for (const { at } of others)
      say(
        at,
        `the column "${header[at]}" can't be ${listed(claims.flatMap((one) => (one.at === at ? one.name : [])))}: name it once`,
      );
  const columns: Columns = { fields: {}, standards: new Map() };
  for (const [name, [first, second]] of groupBy(claims, ({ name }) => name)) {
    const { at, heading } = first as (typeof claims)[number];
    const field = fields.find((one) => one === name);
    if (name === ignored) continue;
    if (second)
      say(
        second.at,
        `heading "${header[second.at]}" and heading "${header[at]}" both are ${name}: name one under ignore in the column map`,
      );
    if (field) columns.fields[field] = at;
    else columns.standards.set(name, { at, heading });
    if (!field && !editions.standards.includes(name))
      say(at, `no edition has a standard "${name}": ${havingStandard(editions, name)}`);
  }
  const { service, published } = columns.fields;
  const missing = [service === undefined && 'the service', published === undefined && 'the publication date'];
  const needed = missing.filter(Boolean);
  if (needed.length > 0)
    say(undefined, `no column says ${needed.join(' or ')}: the heading is ${listed(header, 20)}`);
  // Where neither is there it is another table, and no more is to be said of it.
  return { columns, problems: needed.length > 1 ? problems.slice(-1) : problems };
}
