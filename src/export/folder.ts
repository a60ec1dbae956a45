import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { clearLeftovers, literally } from '../leftovers.js';
import { exitCode, UserError } from '../problem.js';
import { checkName, makeFolder, writingWhole } from '../writing.js';
import { csvwFile, packageFile } from './names.js';
import { swap } from './swap.js';

/** What a package file has to say for its folder's files to be this program's. */
const generatorName = 'yot-ratings';

/** Where an export goes. */
export interface Destination {
  /** As the user named it, for messages. */
  folder: string;
  /** Refuses (UserError) when the folder has files of these names that no earlier export made. */
  refuseTaken(names: readonly string[]): Promise<void>;
  /** Where the files are written until all of them are there. */
  partial: string;
  /** Puts the files where they belong, in the place of an earlier export's. All of them, or none. */
  settle(names: readonly string[]): Promise<void>;
  /** Takes the unfinished files away. */
  discard(): Promise<void>;
}

/**
 * Refuses (UserError) a folder that can't take an export: a file, or one that is not empty. With `force`, what an earlier
 * export made may be there, and anything else too, which is left alone.
 */
export async function checkDestination(folder: string, { force }: { force: boolean }): Promise<void> {
  checkName(folder, 'folder');
  const found = await stat(folder).catch(() => undefined);
  await clearKilled(path.resolve(folder), found?.isDirectory() ?? false);
  if (!found) return;
  if (!found.isDirectory())
    throw new UserError(
      `${folder} is a file: name a folder that is not there yet, or is empty. Nothing was written.`,
      exitCode.call,
    );
  if (!force && (await writingWhole(folder, () => readdir(folder))).length > 0)
    throw new UserError(
      `${folder} is not empty: name another folder, or add --force, which replaces what an earlier export put there and ` +
        'leaves everything else alone. Nothing was written.',
      exitCode.call,
    );
}

/**
 * Makes a place to write an export's files to, beside a folder that is not there yet. In one that is there they are
 * written to a folder within it: it may be a disk of its own, from where no file can be moved in one step.
 */
export async function destination(folder: string, { force }: { force: boolean }): Promise<Destination> {
  await checkDestination(folder, { force });
  const given = path.resolve(folder);
  const target = await realpath(given).catch(() => undefined);
  // In a container every program has the same number.
  const own = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const partial = target === undefined ? `${given}.partial-${own}` : path.join(target, `.partial-${own}`);
  const replaced = target === undefined ? [] : await writingWhole(folder, () => earlierExport(target));
  await writingWhole(folder, () => makeFolder(partial));
  // Ctrl-C ends the program without coming back here.
  const tidyUp = () => rmSync(partial, { recursive: true, force: true });
  process.once('exit', tidyUp);

  const refuseTaken = async (names: readonly string[]) => {
    const there = target === undefined ? [] : await writingWhole(folder, () => readdir(target));
    const taken = there.filter((name) => names.includes(name) && !replaced.includes(name));
    if (taken.length > 0)
      throw new UserError(
        `${folder} has ${taken.join(', ')}, which no earlier export made: move away what is yours, or name another folder. ` +
          'Nothing was written.',
        exitCode.call,
      );
  };
  return {
    folder,
    partial,
    refuseTaken,
    async settle(names) {
      if (target === undefined) await writingWhole(folder, () => rename(partial, given));
      else {
        await refuseTaken(names);
        await writingWhole(folder, async () => {
          await mkdir(path.join(partial, 'replaced'));
          swap(target, partial, await earlierExport(target), names);
        });
        await rm(partial, { recursive: true, force: true });
      }
      process.off('exit', tidyUp);
    },
    async discard() {
      // Where it could not be made it can't be removed either, and why it could not is what counts.
      await rm(partial, { recursive: true, force: true }).catch(() => {});
      process.off('exit', tidyUp);
    },
  };
}

/** Names of the files that an earlier export put into a folder, as its package file lists them; none without one of ours. */
async function earlierExport(target: string): Promise<string[]> {
  const text = await readFile(path.join(target, packageFile), 'utf8').catch(() => '');
  const { generator, resources } = packageOf(text);
  if (typeof generator !== 'string' || !generator.startsWith(`${generatorName} `)) return [];
  const listed = (Array.isArray(resources) ? resources : [])
    .map((resource) => (resource as { path?: unknown } | null)?.path)
    // A path that leads elsewhere was not written by an export.
    .filter((file): file is string => typeof file === 'string' && /^\w+\.(csv|parquet)$/.test(file));
  const hasCsv = listed.some((file) => file.endsWith('.csv'));
  const made = [packageFile, ...listed, ...(hasCsv ? [csvwFile] : [])];
  const there = await readdir(target, { withFileTypes: true });
  return there.filter((entry) => entry.isFile() && made.includes(entry.name)).map(({ name }) => name);
}

function packageOf(text: string): { generator?: unknown; resources?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Takes away what runs that were killed have left of a folder of this name: beside it, or in it where it is there. */
async function clearKilled(given: string, isThere: boolean): Promise<void> {
  const [at, before] = isThere ? [given, ''] : [path.dirname(given), literally(path.basename(given))];
  // Where that can't be looked at, nothing can be written either, and that is said.
  await clearLeftovers(at, new RegExp(`^${before}\\.partial-(\\d+)-[0-9a-f]{8}$`)).catch(() => {});
}
