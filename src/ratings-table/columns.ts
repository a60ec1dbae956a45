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

/** A column map, and the file it is from, to say where something in it is wrong. */
export interface ColumnMapFile {
  map: ColumnMap;
  yaml?: YamlFile;
}

const check = shapeOf('ratings-columns.schema.json');

/** Reads a column map. Throws a UserError with everything that is wrong with it. */
export async function readColumnMap(file: string | undefined): Promise<ColumnMapFile> {
  if (file === undefined) return { map: {} };
  const yaml = await YamlFile.read(file);
  const problems = check(yaml);
  const message = `${file}: the column map is not as it has to be; nothing was loaded.`;
  if (problems.length > 0) throw new UserError(message, undefined, problems);
  return { map: yaml.data as ColumnMap, yaml };
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
  const fitting = codes.filter(
    (one) => bare.startsWith(one.toLowerCase()) && !/^(?:[\p{L}\p{N}]|\.\p{N})/u.test(bare.slice(one.length)),
  );
  const [name] = fitting.sort((a, b) => b.length - a.length);
  return name === undefined ? undefined : { name, heading: bare.slice(name.length) };
}

/** Tells whether a cell names a column: by itself, or by the user's map. */
export function columnTeller(
  { map }: ColumnMapFile,
  { standards }: KnownEditions,
): (cell: string) => boolean {
  const { standards: ofStandards = {}, ...ofFields } = map.columns ?? {};
  const mapped = [...Object.values(ofFields), ...Object.values(ofStandards), ...(map.ignore ?? [])];
  const named = new Set(mapped.map(comparable));
  return (cell) =>
    named.has(comparable(cell)) || codeLike.test(cell) || meaningOf(cell, standards) !== undefined;
}

/** Recognises the columns of a table by the user's map and by their headings. Problems are of unknown, doubled and missing columns. */
export function recogniseColumns(
  csv: CsvFile,
  { map, yaml }: ColumnMapFile,
  editions: KnownEditions,
): { columns: Columns; problems: Problem[] } {
  const { standards: codes } = editions;
  const { header } = csv;
  const problems: Problem[] = [];
  const say = (at: number | undefined, message: string) =>
    problems.push(cellProblem(csv, csv.headerLine, at === undefined ? undefined : at + 1, message));
  const columns: Columns = { fields: {}, standards: new Map() };
  const taken = new Map<string, number>();
  const claim = (name: string, at: number, heading = '') => {
    const other = taken.get(name);
    if (other !== undefined) {
      say(
        at,
        `heading "${header[at]}" and heading "${header[other]}" both are ${name}: name one under ignore in the column map`,
      );
      return;
    }
    taken.set(name, at);
    const field = fields.find((one) => one === name);
    if (field) columns.fields[field] = at;
    else columns.standards.set(name, { at, heading });
  };
  const find = (heading: string | number) =>
    header.findIndex((one) => one !== '' && comparable(one) === comparable(heading));
  const nameAt = (at: number) => [...taken].find(([, column]) => column === at)?.[0];

  const { standards = {}, ...ofFields } = map.columns ?? {};
  const mapped = [
    ...Object.entries(ofFields).map(([name, heading]) => ({ name, heading, path: ['columns', name] })),
    ...Object.entries(standards).map(([name, heading]) => {
      return { name, heading, path: ['columns', 'standards', name] };
    }),
  ];
  for (const { name, heading, path } of mapped) {
    const wrong = (message: string) => yaml && problems.push(yaml.problem(path, message));
    const at = find(heading);
    if (path.length > 2 && !codes.includes(name))
      wrong(
        `no edition has a standard "${name}": ${havingStandard(editions, name)}; they have ${listed(codes, 20)}`,
      );
    else if (at < 0)
      wrong(
        `the table has no heading "${heading}"${didYouMean(String(heading), header)}: ${listed(header, 20)}`,
      );
    else if (nameAt(at) !== undefined)
      wrong(`the column "${header[at]}" can't be both ${nameAt(at)} and ${name}: name it once`);
    else claim(name, at);
  }
  const ignored = (map.ignore ?? []).map(find);
  for (const [at, heading] of header.entries()) {
    const name = nameAt(at);
    if (ignored.includes(at)) {
      if (name !== undefined) say(at, `the column "${heading}" is ${name} and under ignore at once`);
      continue;
    }
    // without a heading there are no cells either
    if (name !== undefined || heading === '') continue;
    const meant = meaningOf(heading, codes);
    const code = codeLike.exec(heading)?.[1];
    const known = [...fields.map((field) => field.replaceAll('_', ' ')), ...codes];
    if (meant) claim(meant.name, at, meant.heading);
    else if (code !== undefined)
      say(
        at,
        `the column "${heading}" is of no standard: ${havingStandard(editions, code)}. Say in a column map what it is, or name it under ignore there`,
      );
    else
      say(
        at,
        `unknown column "${heading}"${didYouMean(heading, known)}: known are ${listed(known, 30)}. Say what it is in a column map, or name it under ignore there`,
      );
  }
  const needed = { service: 'service', published: 'publication date' } as const;
  for (const [name, what] of Object.entries(needed))
    if (!taken.has(name)) say(undefined, `no column says the ${what}: the heading is ${listed(header, 20)}`);
  return { columns, problems };
}
