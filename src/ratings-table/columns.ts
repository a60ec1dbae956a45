import type { CsvFile } from '../import/files/csv/csv-file.js';
import { cellProblem } from '../import/files/csv/csv-file.js';
import type { ColumnMap } from '../import/files/file-schema.js';
import { refuse } from '../import/files/refuse.js';
import { shapeOf } from '../import/files/shape.js';
import { YamlFile } from '../import/files/yaml-file.js';
import type { Problem } from '../problem.js';
import { plain } from '../words/names.js';
import { didYouMean, listed } from '../words/nearest.js';
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

const check = shapeOf('ratings-columns.schema.json');

/** Reads a column map. Throws a UserError with everything that is wrong with it. */
export async function readColumnMap(file: string | undefined): Promise<ColumnMap> {
  if (file === undefined) return {};
  const yaml = await YamlFile.read(file);
  refuse(`${file}: the column map is not as it has to be; nothing was loaded.`, check(yaml));
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

const fieldOf = new Map<string, string>(
  fields.flatMap((field) => headings[field].map((heading) => [comparable(heading), field] as const)),
);

/**
 * The standard with whose code a heading begins ("1.1", "s1_1", "Standard 1.1 Governance"), and what it says besides; what only looks like a
 * code, as it is.
 */
function codeIn(title: string, codes: readonly string[]): { code?: string | undefined; rest: string } {
  const bare = title.replace(/^(?:standard|std)[\s_.]+/i, '').replace(/^s?(\d)_(\d)(?!\d)/i, '$1.$2');
  const code = codes.find(
    (one) =>
      bare.toLowerCase().startsWith(one.toLowerCase()) &&
      !/^(?:[\p{L}\p{N}]|\.\p{N})/u.test(bare.slice(one.length)),
  );
  if (code !== undefined) return { code, rest: bare.slice(code.length) };
  return { code: /^[a-z]?\d{1,2}\.\d{1,2}(?![\d.])/i.exec(bare)?.[0], rest: '' };
}

/** What headings mean by the map: the name of a field, the code of a standard, or that they are passed over. */
const passedOver = 'ignore';
const namedBy = ({ columns: { standards = {}, ...ofFields } = {}, ignore = [] }: ColumnMap) =>
  [
    ...Object.entries(ofFields),
    ...Object.entries(standards),
    ...ignore.map((one) => [passedOver, one] as const),
  ].map(([name, heading]) => ({ name, heading: String(heading) }));

/** Tells whether a cell names a column: by itself, or by the user's map. */
export function columnTeller(map: ColumnMap, { standards }: KnownEditions): (cell: string) => boolean {
  const named = new Set(namedBy(map).map(({ heading }) => comparable(heading)));
  return (cell) =>
    named.has(comparable(cell)) ||
    fieldOf.has(comparable(cell)) ||
    codeIn(cell, standards).code !== undefined;
}

/** Recognises the columns of a table by the user's map and by their headings. Problems are of unknown, doubled and missing columns. */
export function recogniseColumns(
  { header, headerLine, ...csv }: CsvFile,
  map: ColumnMap,
  editions: KnownEditions,
): { columns: Columns; problems: Problem[] } {
  const columns: Columns = { fields: {}, standards: new Map() };
  const problems: Problem[] = [];
  const say = (at: number | undefined, message: string) =>
    problems.push(cellProblem(csv, headerLine, at === undefined ? undefined : at + 1, message));
  const isHeading = (one: string) => header.some((heading) => comparable(heading) === comparable(one));
  const named = namedBy(map);
  for (const { name, heading } of named)
    if (name !== passedOver && !isHeading(heading))
      say(undefined, `by the column map ${name} is "${heading}", which is no heading: ${listed(header, 20)}`);
  const taken = new Map<string, string>();
  for (const [at, title] of header.entries()) {
    // without a heading there are no cells either
    if (title === '') continue;
    const { code, rest } = codeIn(title, editions.standards);
    const byMap = named.filter(({ heading }) => comparable(heading) === comparable(title));
    const name = byMap[0]?.name ?? fieldOf.get(comparable(title)) ?? code;
    const field = fields.find((one) => one === name);
    if (byMap.length > 1)
      say(at, `the column "${title}" can't be ${listed(byMap.map((one) => one.name))}: name it once`);
    else if (name === passedOver) continue;
    else if (name !== undefined && taken.has(name))
      say(
        at,
        `heading "${title}" and heading "${taken.get(name)}" both are ${name}: name one under ignore in the column map`,
      );
    else if (field) columns.fields[field] = at;
    else if (name !== undefined && editions.standards.includes(name))
      columns.standards.set(name, { at, heading: byMap.length > 0 ? '' : rest });
    else {
      const known = [...fields.map((one) => one.replaceAll('_', ' ')), ...editions.standards];
      const why =
        name === undefined
          ? `is not known${didYouMean(title, known)}: known are ${listed(known, 30)}`
          : `is of no standard: ${havingStandard(editions, name)}`;
      say(at, `the column "${title}" ${why}. Say in a column map what it is, or name it under ignore there`);
    }
    if (name !== undefined) taken.set(name, title);
  }
  const { service, published } = columns.fields;
  const needed = [service === undefined && 'the service', published === undefined && 'the publication date'];
  const missing = needed.filter(Boolean);
  if (missing.length > 0)
    say(undefined, `no column says ${missing.join(' or ')}: the heading is ${listed(header, 20)}`);
  // Where neither is there it is another table, and no more is to be said of it.
  return { columns, problems: missing.length > 1 ? problems.slice(-1) : problems };
}
