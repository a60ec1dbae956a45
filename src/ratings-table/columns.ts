import { type CsvFile, cellProblem } from '../import/files/csv/csv-file.js';
import { plain } from '../names.js';
import { didYouMean, listed } from '../nearest.js';
import type { Problem } from '../problem.js';
import { type ColumnMapFile, type Field, fields } from './column-map.js';
import { havingStandard, type KnownEditions } from './editions.js';

/** In which column (from 0) what stands. */
export interface Columns {
  fields: Partial<Record<Field, number>>;
  /** By the standard's code; with what the heading calls it besides that. */
  standards: Map<string, { at: number; heading: string }>;
}

/** Headings under which a column is met, as `plain` has them. A blank and an underscore are the same. */
const headings: Record<Field, string[]> = {
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

/** As `plain`, but that a percent sign counts: "Score" and "Score %" are two columns. */
const comparable = (heading: string) => plain(heading.replaceAll('%', ' percent '));

const fieldOf = new Map(
  fields.flatMap((field) => headings[field].map((heading) => [comparable(heading), field] as const)),
);

/** A standard by the code at the beginning of a heading, such as "1.1", "s1_1" or "Standard 1.1 Governance and leadership". */
function standardOf(
  heading: string,
  codes: readonly string[],
): { code: string; heading: string } | undefined {
  const bare = heading
    .trim()
    .toLowerCase()
    .replace(/^(?:standard|std)[\s_.]+/, '')
    .replace(/^s?(\d)_(\d)(?!\d)/, '$1.$2');
  const code = codes.find(
    (one) => bare.startsWith(one.toLowerCase()) && !/^(?:[\p{L}\p{N}]|\.\p{N})/u.test(bare.slice(one.length)),
  );
  return code === undefined ? undefined : { code, heading: bare.slice(code.length) };
}

/** Tells whether a cell names a column: by itself, or by the user's map. */
export function columnTeller(
  { map }: ColumnMapFile,
  { standards }: KnownEditions,
): (cell: string) => boolean {
  const { standards: ofStandards = {}, ...ofFields } = map.columns ?? {};
  const mapped = [...Object.values(ofFields), ...Object.values(ofStandards), ...(map.ignore ?? [])];
  const named = new Set(mapped.map((heading) => comparable(String(heading))));
  return (cell) =>
    fieldOf.has(comparable(cell)) ||
    named.has(comparable(cell)) ||
    codeLike.test(cell) ||
    standardOf(cell, standards) !== undefined;
}

/** What looks like the code of a standard: "V1.1", "5.1 Resettlement". */
const codeLike = /^(?:standard\s+)?([a-z]?\d{1,2}\.\d{1,2})(?![\d.])/i;

/**
 * Recognises the columns of a table by their headings and by the user's map.
 * Problems are of unknown, doubled and missing columns.
 */
export function recogniseColumns(
  csv: CsvFile,
  { map, yaml }: ColumnMapFile,
  editions: KnownEditions,
): { columns: Columns; problems: Problem[] } {
  const { standards: codes } = editions;
  const problems: Problem[] = [];
  const columns: Columns = { fields: {}, standards: new Map() };
  const taken = new Map<string, number>();
  const byLength = [...codes].sort((a, b) => b.length - a.length);
  const claim = (name: string, at: number, heading = '') => {
    const other = taken.get(name);
    if (other !== undefined) {
      const message = `heading "${csv.header[at]}" and heading "${csv.header[other]}" both are ${name}: name one under ignore in the column map`;
      problems.push(cellProblem(csv, csv.headerLine, at + 1, message));
      return;
    }
    taken.set(name, at);
    const field = fields.find((one) => one === name);
    if (field) columns.fields[field] = at;
    else columns.standards.set(name, { at, heading });
  };

  const settled = new Set<number>();
  const find = (heading: string | number) =>
    csv.header.findIndex((one) => comparable(one) === comparable(String(heading)) && one !== '');
  const mapped = (name: string, heading: string | number, path: string[]) => {
    const at = find(heading);
    if (at < 0) {
      const message = `the table has no heading "${heading}"${didYouMean(String(heading), csv.header)}: ${listed(csv.header, 20)}`;
      problems.push(
        yaml ? yaml.problem(path, message) : cellProblem(csv, csv.headerLine, undefined, message),
      );
      return;
    }
    const other = [...taken].find(([, column]) => column === at)?.[0];
    if (other !== undefined) {
      const message = `the column "${csv.header[at]}" can't be both ${other} and ${name}: name it once`;
      problems.push(yaml ? yaml.problem(path, message) : cellProblem(csv, csv.headerLine, at + 1, message));
      return;
    }
    settled.add(at);
    claim(name, at);
  };
  const { standards = {}, ...ofFields } = map.columns ?? {};
  for (const [name, heading] of Object.entries(ofFields)) mapped(name, heading, ['columns', name]);
  for (const [code, heading] of Object.entries(standards)) {
    if (!codes.includes(code)) {
      const message = `no edition has a standard "${code}": ${havingStandard(editions, code)}; they have ${listed(codes, 20)}`;
      if (yaml) problems.push(yaml.problem(['columns', 'standards', code], message));
    } else mapped(code, heading, ['columns', 'standards', code]);
  }
  for (const heading of map.ignore ?? []) {
    const at = find(heading);
    if (at >= 0) settled.add(at);
  }
  const ignored = new Set((map.ignore ?? []).map(find).filter((at) => at >= 0));
  for (const [name, at] of taken)
    if (ignored.has(at))
      problems.push(
        cellProblem(
          csv,
          csv.headerLine,
          at + 1,
          `the column "${csv.header[at]}" is ${name} and under ignore at once`,
        ),
      );

  for (const [at, heading] of csv.header.entries()) {
    // without a heading there are no cells either
    if (settled.has(at) || heading === '') continue;
    const field = fieldOf.get(comparable(heading));
    const standard = field === undefined ? standardOf(heading, byLength) : undefined;
    if (field ?? standard) {
      claim(field ?? (standard?.code as string), at, standard?.heading);
      continue;
    }
    const code = codeLike.exec(heading)?.[1];
    if (code !== undefined) {
      const message = `the column "${heading}" is of no standard: ${havingStandard(editions, code)}. Or name the column under ignore in a column map`;
      problems.push(cellProblem(csv, csv.headerLine, at + 1, message));
      continue;
    }
    const known = [...fields.map((field) => field.replaceAll('_', ' ')), ...codes];
    const message = `unknown column "${heading}"${didYouMean(heading, known)}: known are ${listed(known, 30)}. Say what it is in a column map, or name it under ignore there`;
    problems.push(cellProblem(csv, csv.headerLine, at + 1, message));
  }
  for (const needed of ['service', 'published'] as const) {
    if (columns.fields[needed] === undefined && !taken.has(needed)) {
      const message = `no column says the ${needed === 'service' ? 'service' : 'publication date'}: the heading is ${listed(csv.header, 20)}`;
      problems.push(cellProblem(csv, csv.headerLine, undefined, message));
    }
  }
  return { columns, problems };
}
