import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, writingWhole } from '../../disk/writing.js';
import { inspectionFiles } from '../../import/bundle/bundle-folder.js';
import type { InspectionFile } from '../../import/bundle/inspection-file.js';
import { inspectionYaml } from '../../import/bundle/inspection-yaml.js';
import { exitCode, UserError } from '../../problem.js';
import { sha256 } from '../../sha256.js';
import { programVersion } from '../../version.js';
import { visibleLine } from '../../words/visible.js';
import type { Reading } from '../claim.js';
import type { Report } from '../report.js';
import { assemble } from './assemble.js';
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
