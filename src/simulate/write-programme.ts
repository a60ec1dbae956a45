import { rmSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { exitCode, UserError } from '../problem.js';
import { checkName, makeFolder, writing } from '../writing.js';
import { type AnswersForm, bundleFiles } from './bundle-files.js';
import type { SimulatedInspection } from './programme.js';

/** How much was written. */
export interface WrittenProgramme {
  inspections: number;
  services: number;
  cases: number;
  answers: number;
}

/** Refuses (UserError) a folder that there is already, unless it is empty. */
export async function checkIsFree(folder: string): Promise<void> {
  checkName(folder, 'folder');
  const found = await stat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) {
    throw new UserError(`${folder} is a file: name a folder that is not there yet with --to.`, exitCode.call);
  }
  if (found && (await writing(folder, () => readdir(folder))).length > 0) {
    throw new UserError(
      `${folder} is not empty: empty it, or name another folder with --to. Nothing was written.`,
      exitCode.call,
    );
  }
}

/**
 * Writes the bundles of a programme into a folder that is not there yet, or is empty. They are written beside it first, so
 * that the folder holds all of them or is not touched. Throws a UserError when it can't be written.
 */
export async function writeProgramme(
  folder: string,
  inspections: Iterable<SimulatedInspection>,
  {
    form = 'long',
    onInspection,
  }: { form?: AnswersForm; onInspection?: ((done: number) => void) | undefined } = {},
): Promise<WrittenProgramme> {
  await checkIsFree(folder);
  const target = path.resolve(folder);
  const partial = `${target}.partial-${process.pid}`;
  const services = new Set<string>();
  const written: WrittenProgramme = { inspections: 0, services: 0, cases: 0, answers: 0 };
  // Ctrl-C ends the program without coming back here.
  const tidyUp = () => rmSync(partial, { recursive: true, force: true });
  process.once('exit', tidyUp);
  try {
    await writing(folder, () => makeFolder(partial));
    for (const inspection of inspections) {
      const { name, files } = bundleFiles(inspection, form);
      const bundle = path.join(partial, name);
      await writing(folder, async () => {
        await mkdir(bundle);
        await Promise.all(
          Object.entries(files).map(([file, text]) => writeFile(path.join(bundle, file), text)),
        );
      });
      services.add(inspection.service);
      written.inspections++;
      written.services = services.size;
      written.cases += inspection.cases.length;
      for (const ofCase of inspection.answers) for (const answer of ofCase) if (answer) written.answers++;
      onInspection?.(written.inspections);
      await nextTurn();
    }
    await writing(folder, async () => {
      await rmdir(target).catch((error) => {
        if (error.code !== 'ENOENT') throw error;
      });
      await rename(partial, target);
    });
    return written;
  } catch (error) {
    // Where it could not be made it can't be removed either, and why it could not is what counts.
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    throw error;
  } finally {
    process.off('exit', tidyUp);
  }
}
