import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, UserError } from '../problem.js';
import { didYouMean } from './nearest.js';
import { shapeOf } from './shape.js';
import { YamlFile } from './yaml-file.js';

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
  files: { file: string; sha256: string; bytes: number }[];
  contentHash: string;
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
  const entries = await readdir(given, { withFileTypes: true });
  if (entries.some(({ name }) => inspectionFiles.includes(name))) return [given];
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(given, name));
  const files = entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map(({ name }) => path.join(given, name));
  const bundles = [];
  for (const folder of folders.sort()) {
    const names = await readdir(folder);
    if (names.some((name) => inspectionFiles.includes(name))) bundles.push(folder);
  }
  bundles.push(...files.sort());
  if (bundles.length === 0) {
    throw new UserError(
      `${given} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).`,
    );
  }
  return bundles;
}

/** Reads a bundle. Throws a UserError with every problem of its shape, each with line and column. */
export async function readBundle(given: string): Promise<Bundle> {
  const isFolder = (await stat(given).catch(() => undefined))?.isDirectory() ?? false;
  const names = isFolder ? await readdir(given) : [path.basename(given)];
  const answers = names.filter((name) => isFolder && caseFiles.includes(name));
  if (answers.length > 0) {
    throw new UserError(
      `${given}: ${answers.join(' and ')} can't be loaded by this version, and loading the rest would leave them out.`,
    );
  }
  const file = isFolder
    ? path.join(given, names.find((name) => inspectionFiles.includes(name)) ?? 'inspection.yaml')
    : given;
  const yaml = await YamlFile.read(file);
  return toBundle(given, yaml);
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
  const sha256 = createHash('sha256').update(yaml.text).digest('hex');
  return {
    name,
    yaml,
    inspection: yaml.data as InspectionFile,
    files: [{ file: yaml.file, sha256, bytes: Buffer.byteLength(yaml.text) }],
    contentHash: sha256,
    ignored: strange.map((key) => yaml.problem([key], `unknown key "${key}" is passed over`)),
  };
}

/** "1 problem", "3 problems". */
export const count = (problems: number): string => `${problems} problem${problems === 1 ? '' : 's'}`;
