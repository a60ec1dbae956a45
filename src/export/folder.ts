import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { clearLeftovers, literally } from '../leftovers.js';
import { exitCode, UserError } from '../problem.js';
import { checkName, makeFolder, writingWhole } from '../writing.js';
import { swap } from './swap.js';

/** What the file that lists a folder's files has to say for these to be this program's. */
const generatorName = 'yot-ratings';

/** What is written into a folder: an export, or a book. Each knows its own files again, and leaves all others alone. */
export interface Work {
  /** Its name in messages. */
  name: string;
  /** The JSON file that says which program made the folder's files, and which these are. */
  listedIn: string;
  /** The names of its files that such a file lists, below the folder; a folder within it is named with a slash. */
  listed: (content: Record<string, unknown>) => string[];
}

/** Where a work goes. */
export interface Destination {
  /** As the user named it, for messages. */
  folder: string;
  /** Refuses (UserError) when the folder has files of these names that no earlier work of the kind made. */
  refuseTaken(names: readonly string[]): Promise<void>;
  /** Where the files are written until all of them are there. */
  partial: string;
  /** Puts the files where they belong, in the place of an earlier one's. All of them, or none. */
  settle(names: readonly string[]): Promise<void>;
  /** Takes the unfinished files away. */
  discard(): Promise<void>;
}

/**
 * Refuses (UserError) a folder that can't take a work: a file, or one that is not empty. With `force`, what an earlier
 * one made may be there, and anything else too, which is left alone.
 */
export async function checkDestination(
  folder: string,
  { force, work }: { force: boolean; work: Work },
): Promise<void> {
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
      `${folder} is not empty: name another folder, or add --force, which replaces what an earlier ${work.name} put there and ` +
        'leaves everything else alone. Nothing was written.',
      exitCode.call,
    );
}

/**
 * Makes a place to write a work's files to, beside a folder that is not there yet. In one that is there they are
 * written to a folder within it: it may be a disk of its own, from where no file can be moved in one step.
 */
export async function destination(
  folder: string,
  { force, work }: { force: boolean; work: Work },
): Promise<Destination> {
  await checkDestination(folder, { force, work });
  const given = path.resolve(folder);
  const target = await realpath(given).catch(() => undefined);
  // In a container every program has the same number.
  const own = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const partial = target === undefined ? `${given}.partial-${own}` : path.join(target, `.partial-${own}`);
  const replaced = target === undefined ? [] : await writingWhole(folder, () => earlierFiles(target, work));
  await writingWhole(folder, () => makeFolder(partial));
  // Ctrl-C ends the program without coming back here.
  const tidyUp = () => rmSync(partial, { recursive: true, force: true });
  process.once('exit', tidyUp);

  const refuseTaken = async (names: readonly string[]) => {
    const there = target === undefined ? [] : await writingWhole(folder, () => within(target, names));
    const own = new Set(replaced);
    const wanted = new Set(names);
    const folders = new Set(names.flatMap(foldersOf));
    const taken = there
      .filter(({ name, isFolder }) => wanted.has(name) || (!isFolder && folders.has(name)))
      .map(({ name }) => name)
      .filter((name) => !own.has(name));
    if (taken.length > 0)
      throw new UserError(
        `${folder} has ${taken.join(', ')}, which no earlier ${work.name} made: move away what is yours, or name another folder. ` +
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
          swap(target, partial, { old: await earlierFiles(target, work), made: names, last: work.listedIn });
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

/** The folders that a file lies in: of a/b/c those are a and a/b. */
export const foldersOf = (name: string): string[] => {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
};

/** What is there of a folder and of those of its folders that hold named files, by its name from there. No link is followed. */
async function within(
  target: string,
  named: readonly string[],
): Promise<{ name: string; isFile: boolean; isFolder: boolean }[]> {
  const folders = new Set(named.flatMap(foldersOf));
  const look = async (folder: string): Promise<{ name: string; isFile: boolean; isFolder: boolean }[]> => {
    const entries = await readdir(path.join(target, folder), { withFileTypes: true });
    const found = entries.map((entry) => ({
      name: folder === '' ? entry.name : `${folder}/${entry.name}`,
      isFile: entry.isFile(),
      isFolder: entry.isDirectory(),
    }));
    const deeper = found.filter(({ name, isFolder }) => isFolder && folders.has(name));
    return [...found, ...(await Promise.all(deeper.map(({ name }) => look(name)))).flat()];
  };
  return look('');
}

/** Names of the files that an earlier work of the kind put into a folder, as its own file lists them; none without one of ours. */
async function earlierFiles(target: string, { listedIn, listed }: Work): Promise<string[]> {
  const text = await readFile(path.join(target, listedIn), 'utf8').catch(() => '');
  const content = objectOf(text);
  const { generator } = content;
  if (typeof generator !== 'string' || !generator.startsWith(`${generatorName} `)) return [];
  const made = new Set([listedIn, ...listed(content)]);
  return (await within(target, [...made]))
    .filter(({ name, isFile }) => isFile && made.has(name))
    .map(({ name }) => name);
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
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
