import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, UserError } from '../../problem.js';
import { shapeOf } from '../files/shape.js';
import { type FileRecord, YamlFile } from '../files/yaml-file.js';
import { didYouMean } from '../nearest.js';

/** The shape of inspection.yaml, as its JSON Schema has it. Codes and dates may be numbers in the file; read them as text. */
export interface InspectionFile {
  about?: string;
  synthetic?: boolean;
  service: string | ServiceEntry;
  report: ReportEntry;
  edition: string | number;
  sample?: Partial<Record<SampleKey, SampleEntry>>;
  overall?: { rating?: string; score?: number; out_of?: number; lost?: string[]; place?: Place };
  standard_ratings?: Record<string, string | { rating?: string; lost?: string[]; place?: Place }>;
  judgements?: Record<string, string>;
  professional_discretion?: {
    standard: string | number;
    from: string;
    to: string;
    reason: string;
    place?: Place;
  }[];
  key_questions?: Record<string, ResultEntry>;
  prompts?: Record<string, ResultEntry>;
  prose_counts?: Record<string, { yes: number; of?: number; place?: Place }>;
  context?: ContextEntry[];
  recommendations?:
    | number
    | { number?: number; addressed_to: string; summary: string; domain?: string | number; place?: Place }[];
  findings?: {
    kind: string;
    domain?: string | number;
    standard?: string | number;
    summary: string;
    place?: Place;
  }[];
}

export type Place = string | number;

export interface ServiceEntry {
  name: string;
  area?: string;
  region?: string;
  kind?: string;
  note?: string;
  local_authorities?: string[];
}

export interface ReportEntry {
  title?: string;
  published?: string | number;
  isbn?: string | number;
  lead_inspector?: string;
  fieldwork_from?: string;
  fieldwork_to?: string;
  fieldwork_month?: string;
}

/** Keys of the samples in the file, and the sample that each means. */
export const sampleKeys = {
  court_disposals: 'court',
  out_of_court_disposals: 'out of court',
  resettlement: 'resettlement',
} as const;
export type SampleKey = keyof typeof sampleKeys;
export type SampleEntry = { cases?: number; case_manager_interviews?: number; place?: Place } & Record<
  string,
  number | Place | undefined
>;

export interface ResultEntry {
  relevant_cases?: number;
  yes?: number;
  percent_yes?: number;
  not_applicable?: boolean;
  lost?: ('relevant_cases' | 'yes' | 'percent_yes')[];
  place?: Place;
}

export interface ContextEntry {
  measure: string;
  breakdown?: string;
  category?: string;
  value?: number;
  unit?: string;
  percent?: number;
  national_value?: number;
  national_percent?: number;
  comparator?: string;
  comparator_value?: number;
  comparator_percent?: number;
  lost?: string[];
  year?: number | string;
  period?: string | number;
  as_at?: string;
  source?: string;
  domain?: string | number;
  standard?: string | number;
  place?: Place;
}

/** A bundle that was read and has the right shape; what it says is not yet checked against an edition. */
export interface Bundle {
  /** What messages and records call it: the path that was given. */
  name: string;
  yaml: YamlFile;
  inspection: InspectionFile;
  files: FileRecord[];
  /** Keys that are not understood and not near one that is; they are passed over, and said. */
  ignored: Problem[];
}

const checkShape = shapeOf('inspection.schema.json');
const known = [
  'about synthetic service report edition sample overall standard_ratings judgements professional_discretion',
  'key_questions prompts prose_counts context recommendations findings',
].flatMap((names) => names.split(' '));
const inspectionFiles = ['inspection.yaml', 'inspection.yml', 'inspection.json'];
const caseFiles = ['cases.csv', 'answers.csv'];

/**
 * Finds the bundles that a path means: a bundle's folder, an inspection file itself, or a folder of such.
 * Throws a UserError when there is nothing of the kind.
 */
export async function findBundles(given: string): Promise<string[]> {
  const found = await stat(given).catch(() => undefined);
  if (!found) throw new UserError(`${given}: there is no such file or folder.`);
  if (!found.isDirectory()) return [given];
  const names = await namesIn(given);
  if (isBundle(names)) return [given];
  const folders = [];
  const files = [];
  for (const name of names.filter((name) => !name.startsWith('.')).sort()) {
    const inside = path.join(given, name);
    const kind = await stat(inside).catch(() => undefined);
    if (kind?.isDirectory() && isBundle(await namesIn(inside))) folders.push(inside);
    if (kind?.isFile() && /\.(ya?ml|json)$/.test(name)) files.push(inside);
  }
  if (folders.length + files.length === 0) {
    throw new UserError(
      `${given} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).`,
    );
  }
  return [...folders, ...files];
}

/** Whether a folder's files make it a bundle. One with case files alone is meant to be one, and is not passed over. */
const isBundle = (names: string[]) => [...inspectionFiles, ...caseFiles].some((file) => names.includes(file));

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new UserError(`${folder} can't be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/** Reads a bundle. Throws a UserError with every problem of its shape, each with line and column. */
export async function readBundle(given: string): Promise<Bundle> {
  return toBundle(given, await YamlFile.read(await inspectionFileOf(given)));
}

/** The inspection file of a bundle: the one that a folder has, or the file itself that was given. */
async function inspectionFileOf(given: string): Promise<string> {
  const isFolder = (await stat(given).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder) return given;
  const names = await namesIn(given);
  const answers = caseFiles.filter((name) => names.includes(name));
  if (answers.length > 0) {
    throw new UserError(
      `${given}: ${answers.join(' and ')} can't be loaded by this version, and loading the rest would leave them out.`,
    );
  }
  const files = inspectionFiles.filter((name) => names.includes(name));
  if (files.length > 1) throw new UserError(`${given}: ${files.join(' and ')} are both there: leave one.`);
  return path.join(given, files[0] ?? 'inspection.yaml');
}

/** Makes a bundle of an inspection file that was read. Throws a UserError like readBundle. */
export function toBundle(name: string, yaml: YamlFile): Bundle {
  const keys =
    yaml.data && typeof yaml.data === 'object' && !Array.isArray(yaml.data) ? Object.keys(yaml.data) : [];
  const strange = keys.filter((key) => !known.includes(key));
  const problems = [
    ...strange
      .filter((key) => didYouMean(key, known))
      .map((key) => yaml.problem([key], `unknown key "${key}"${didYouMean(key, known)}`)),
    ...checkShape(yaml),
  ];
  if (problems.length > 0)
    throw new UserError(`${name}: ${count(problems.length)}; nothing was loaded.`, undefined, problems);
  return {
    name,
    yaml,
    inspection: yaml.data as InspectionFile,
    files: [yaml.record],
    ignored: strange.map((key) => yaml.problem([key], `unknown key "${key}" is passed over`)),
  };
}

/** "1 problem", "3 problems". */
export const count = (problems: number): string => `${problems} problem${problems === 1 ? '' : 's'}`;
