import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspectionFiles } from '../../import/bundle/find-bundles.js';
import type { InspectionFile } from '../../import/bundle/inspection-file.js';
import { exitCode, UserError } from '../../problem.js';
import { programVersion } from '../../version.js';
import { visibleLine } from '../../visible.js';
import { makeFolder, writingWhole } from '../../writing.js';
import type { Reading } from '../claim.js';
import type { Report } from '../report.js';
import { assemble } from './assemble.js';
import {
  type ReadingFile,
  readingFile,
  readingFileOf,
  readingOf,
  readingText,
  sha256,
} from './reading-file.js';
import { inspectionYaml } from './yaml.js';

/** A bundle made of a report, before it is written. */
export interface MadeBundle {
  inspection: InspectionFile;
  reading: Reading;
  /** By name of the file: its text. */
  files: Record<'inspection.yaml' | typeof readingFile, string>;
}

/** What became of a bundle's folder. */
export type Written = 'written' | 'replaced' | 'unchanged';

/** Makes the files of a bundle. `folder` is where they go. */
export function makeBundle(document: Report, reading: Reading, folder: string): MadeBundle {
  const file = assemble(reading.values, aboutOf(document));
  const text = inspectionYaml(file);
  const beside = readingOf(document, reading, { folder, inspection: text });
  return {
    inspection: file,
    reading,
    files: { 'inspection.yaml': text, [readingFile]: readingText(beside) },
  };
}

const aboutOf = ({ file, hash }: Report): string =>
  `Read by ${programVersion} from ${visibleLine(path.basename(file))} (SHA-256 ${hash}), a report of HM Inspectorate of Probation; checked by ` +
  `nobody yet: ${readingFile} beside this file says how sure each value is, and where it stands. Texts are the report's own words. ` +
  'Contains public sector information licensed under the Open Government Licence v3.0 (Crown copyright).';

/**
 * Writes a bundle's files into its folder, both or none. A folder that is not there yet is made whole. In one that is there
 * they are replaced when an earlier run wrote them and nobody edited them since, or with `replace`; other files in it are left
 * alone. Throws a UserError otherwise, or when the folder can't be written to.
 */
export async function writeBundle(
  folder: string,
  { files }: Pick<MadeBundle, 'files'>,
  { replace = false }: { replace?: boolean } = {},
): Promise<Written> {
  const write = async () => {
    if ((await lstat(folder).catch(() => undefined))?.isSymbolicLink())
      throw new UserError(
        `${folder} is a link to elsewhere, and nothing is written through it: name another folder with --to.`,
        exitCode.call,
      );
    const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there && (await isSame(folder, files))) return 'unchanged';
    if (there) await refuseTaken(folder, there, { replace, source: sourceOf(files) });
    const parent = there ? folder : path.dirname(path.resolve(folder));
    await makeFolder(parent);
    const partial = path.join(parent, `.reading-${randomBytes(6).toString('hex')}`);
    await mkdir(partial);
    try {
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(partial, name), text);
      if (!there) await rename(partial, folder);
      else await moveInto(folder, partial, Object.keys(files));
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    return there?.some((name) => name in files) ? 'replaced' : 'written';
  };
  return writingWhole(folder, write);
}

async function isSame(folder: string, files: Record<string, string>): Promise<boolean> {
  for (const [name, text] of Object.entries(files)) {
    const old = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
    if (old !== text) return false;
  }
  return true;
}

const sourceOf = (files: MadeBundle['files']): ReadingFile['source'] =>
  (JSON.parse(files[readingFile]) as ReadingFile).source;

/**
 * Throws a UserError when a folder has the bundle of another report, or an inspection file that this program did not write, or that was
 * edited since.
 */
async function refuseTaken(
  folder: string,
  there: string[],
  { replace, source }: { replace: boolean; source: ReadingFile['source'] },
): Promise<void> {
  const other = there.find((name) => inspectionFiles.includes(name) && name !== 'inspection.yaml');
  if (other !== undefined)
    throw new UserError(
      `${folder} has ${other}, beside which no inspection.yaml may stand: move it away, or name another folder with --to.`,
      exitCode.call,
    );
  if (replace) return;
  const reading = await readingFileOf(folder);
  if (reading && reading.source.sha256 !== source.sha256)
    throw new UserError(ofAnother(folder, reading, source), exitCode.call);
  if (!there.includes('inspection.yaml')) return;
  const file = path.join(folder, 'inspection.yaml');
  const why = !reading
    ? 'was not written by read'
    : isEdited(reading, await readFile(file))
      ? 'was edited since it was read'
      : undefined;
  if (why)
    throw new UserError(
      `${file} ${why}, and is left as it is: name another folder with --to, or add --replace to lose what it says.`,
      exitCode.call,
    );
}

/** What is said of a folder with a bundle that was read from something else. */
function ofAnother(folder: string, { source }: ReadingFile, own: ReadingFile['source']): string {
  const of =
    source.file === own.file
      ? `${path.basename(own.file)} as it was before it changed`
      : `another report (${path.normalize(path.join(folder, source.file))})`;
  return `${folder} has the bundle of ${of}, and is left as it is: name another folder with --to, or add --replace to lose what it says.`;
}

const isEdited = (reading: ReadingFile, bytes: Buffer) => sha256(bytes) !== reading.inspection.sha256;

/** Moves files over those of a folder; takes it back when one can't be moved. */
async function moveInto(folder: string, partial: string, names: string[]): Promise<void> {
  const kept = path.join(partial, 'replaced');
  await mkdir(kept);
  const done: [string, string][] = [];
  const move = async (from: string, to: string) => {
    await rename(from, to);
    done.push([from, to]);
  };
  try {
    for (const name of names)
      await move(path.join(folder, name), path.join(kept, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    for (const name of names) await move(path.join(partial, name), path.join(folder, name));
  } catch (error) {
    for (const [from, to] of done.reverse()) await rename(to, from);
    throw error;
  }
}
