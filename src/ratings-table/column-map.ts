import { shapeOf } from '../import/files/shape.js';
import { YamlFile } from '../import/files/yaml-file.js';
import { UserError } from '../problem.js';

/** Our names of the columns that are not standards. */
export const fields = [
  'service',
  'published',
  'overall',
  'score',
  'score_percent',
  'out_of',
  'edition',
  'fieldwork_start',
  'programme',
  'inspection_type',
  'report_url',
  'source',
  'certainty',
] as const;
export type Field = (typeof fields)[number];

export type DateFormat = 'day first' | 'month first' | 'iso';

/** What a user says that the columns and words of a table mean; each part may be left out. */
export interface ColumnMap {
  columns?: Partial<Record<Field, string | number>> & { standards?: Record<string, string | number> };
  ratings?: Record<string, string>;
  inspection_types?: Record<string, string>;
  date_format?: DateFormat;
  score_is?: 'points' | 'percent' | 'fraction';
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
  if (problems.length > 0)
    throw new UserError(
      `${file}: the column map is not as it has to be; nothing was loaded.`,
      undefined,
      problems,
    );
  return { map: yaml.data as ColumnMap, yaml };
}
