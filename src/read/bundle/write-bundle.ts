import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, writingWhole } from '../../disk/writing.js';
import { groupBy } from '../../group-by.js';
import { inspectionFiles } from '../../import/bundle/bundle-folder.js';
import type { InspectionFile } from '../../import/bundle/inspection-file.js';
import { inspectionYaml } from '../../import/bundle/inspection-yaml.js';
import { exitCode, UserError } from '../../problem.js';
import { sha256 } from '../../sha256.js';
import { programVersion } from '../../version.js';
import { visibleLine } from '../../words/visible.js';
import { type Claim, isSure, type Reading } from '../claim.js';
import { placeText, type Report } from '../report.js';
import { readingFile, readingFileOf, readingText } from './reading-file.js';

/** A bundle made of a report, before it is written. */
export interface MadeBundle {
  inspection: InspectionFile;
  reading: Reading;
  source: Omit<Report, 'lines'>;
  files: Record<'inspection.yaml' | typeof readingFile, string>;
}

export type Written = 'written' | 'replaced' | 'unchanged';

/** Makes the files of a bundle. `folder` is where they go. */
export function makeBundle(source: Omit<Report, 'lines'>, reading: Reading, folder: string): MadeBundle {
  const name = visibleLine(path.basename(source.file));
  const about =
    `Read by ${programVersion} from ${name} (SHA-256 ${source.hash}), a report of HM Inspectorate of Probation; checked by ` +
    `nobody yet: ${readingFile} beside this file says how sure each value is, and where it stands. Texts are the report's own words. ` +
    'Contains public sector information licensed under the Open Government Licence v3.0 (Crown copyright).';
  const inspection = assemble(reading.values, about);
  const text = inspectionYaml(inspection);
  const beside = readingText(source, reading, { folder, inspection: text });
  return { inspection, reading, source, files: { 'inspection.yaml': text, [readingFile]: beside } };
}

/**
 * Writes a bundle's files into its folder. A folder that is not there yet is made whole. In one that is there they are replaced when an
 * earlier run wrote them and nobody edited them since, or with `replace`; other files in it are left alone. Throws a UserError
 * otherwise, or when the folder can't be written to.
 */
export async function writeBundle(
  folder: string,
  { files, source }: Pick<MadeBundle, 'files' | 'source'>,
  { replace = false }: { replace?: boolean } = {},
): Promise<Written> {
  return writingWhole(folder, async () => {
    const isLink = (await lstat(folder).catch(() => undefined))?.isSymbolicLink();
    if (isLink) refuse(`${folder} is a link to elsewhere, and nothing is written through it`);
    const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return undefined;
    });
    const names = Object.keys(files);
    const old = await Promise.all(
      names.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => undefined)),
    );
    if (Object.values(files).every((text, at) => text === old[at])) return 'unchanged';
    const [inspection, ...others] = there?.filter((name) => inspectionFiles.includes(name)).sort() ?? [];
    if (others.length > 0 || (inspection ?? 'inspection.yaml') !== 'inspection.yaml')
      refuse(`${folder} has ${inspection}, beside which no inspection.yaml may stand`);
    const reading = inspection === undefined || replace ? undefined : await readingFileOf(folder);
    const isOurs =
      reading?.source.sha256 === source.hash && reading.inspection.sha256 === sha256(old[0] ?? '');
    if (inspection !== undefined && !replace && !isOurs)
      refuse(
        `${folder} has a bundle that was edited, or is of another report or of this one before it changed, and is left as it is`,
        ', or add --replace to lose what it says',
      );
    const parent = there ? folder : path.dirname(path.resolve(folder));
    await makeFolder(parent);
    const partial = path.join(parent, `.reading-${randomBytes(6).toString('hex')}`);
    await mkdir(partial);
    try {
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(partial, name), text);
      if (!there) await rename(partial, folder);
      // The reading file comes last: without it a folder is none that read has written.
      else for (const name of names) await rename(path.join(partial, name), path.join(folder, name));
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    return there?.some((name) => name in files) ? 'replaced' : 'written';
  });
}

function refuse(why: string, otherwise = ''): never {
  throw new UserError(`${why}: name another folder with --to${otherwise}.`, exitCode.call);
}

type Entry = Record<string, unknown>;

/** The sections of a bundle in their order: which values an entry may name as lost, and what an entry of a list has to have. */
const sections: Record<string, { mayLose?: RegExp; needs?: readonly string[] }> = {
  ...{ service: {}, report: {}, edition: {}, programme: {}, samples: {} },
  overall: { mayLose: /^(?:rating|score)$/ },
  standard_ratings: { mayLose: /^rating$/ },
  professional_discretion: { needs: ['standard', 'from', 'to', 'reason'] },
  key_questions: { mayLose: /^(?:relevant_cases|yes|percent_yes)$/ },
  prompts: { mayLose: /^(?:relevant_cases|yes|percent_yes)$/ },
  context: { mayLose: /(?:value|percent)$/, needs: ['measure'] },
  recommendations: { needs: ['addressed_to', 'summary'] },
  findings: { needs: ['kind', 'summary'] },
};

/** Puts claims together as an inspection file. What is contradicted or lost is never in it: its cell is lost, or left out. */
export function assemble(claims: readonly Claim[], about: string): InspectionFile {
  // These two have to be there; a service that is not legible is for a person to name.
  const file: Entry = { about, service: { name: 'not legible in the report' }, report: {} };
  const bySection = groupBy(claims, ({ path }) => path[0]);
  for (const section of Object.keys(sections)) {
    const own = bySection.get(section);
    const made = own && sectionOf(section, own);
    if (made !== undefined && Object.keys(made).length > 0) file[section] = made;
  }
  return file as unknown as InspectionFile;
}

function sectionOf(section: string, claims: readonly Claim[]): object | Claim['value'] {
  const depth = claims[0]?.path.length;
  if (depth === 1) return claims.find(isSure)?.value;
  if (section === 'overall' && depth) return entryOf(section, claims);
  if (depth !== 3) return Object.fromEntries(claims.filter(isSure).map(pairOf));
  const { needs } = sections[section] ?? {};
  const entries = [...groupBy(claims, ({ path }) => path[1])].map(
    ([code, own]) => [code, entryOf(section, own)] as const,
  );
  if (needs) return entries.map(([, entry]) => entry).filter((entry) => needs.every((key) => key in entry));
  // A place alone says nothing.
  return Object.fromEntries(entries.filter(([, entry]) => Object.keys(entry).length > 1));
}

const pairOf = ({ path, value }: Claim): [string, unknown] => [String(path.at(-1)), value];

/** An entry with the cells that are lost, and its place. */
function entryOf(section: string, claims: readonly Claim[]): Entry {
  const entry: Entry = Object.fromEntries(claims.filter(isSure).map(pairOf));
  const unsure = claims.map(({ path }) => String(path.at(-1))).filter((key) => !(key in entry));
  const lost = unsure.filter((key) => sections[section]?.mayLose?.test(key));
  return {
    ...entry,
    ...(lost.length > 0 && { lost }),
    place: placeText((claims[0] as Claim).place),
  };
}
