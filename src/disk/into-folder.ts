import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { lstat, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../problem.js';
import { listed } from '../words/nearest.js';
import { clearLeftovers, literally } from './leftovers.js';
import { checkName, makeFolder, writingWhole } from './writing.js';

/** What is written into a folder: an export, or a book. Each knows its own files again, and leaves all others alone. */
export interface Work {
  /** Its name in messages. */
  name: string;
  /** The JSON file that says which program made the folder's files, and which these are: names in `files`, or resources by their path. */
  listedIn: string;
  /** What its files are called. What is called otherwise was not written by it, whatever the list says. */
  called: RegExp;
  /** Describes the CSV files, where there are some, and lists itself nowhere. */
  besideCsv?: string;
}

/** What goes into a folder, and whether something may be there already; what is no work of a kind goes into empty folders alone. */
interface Into {
  force?: boolean;
  work?: Work | undefined;
}

/**
 * Refuses (UserError) a folder that can't take a work: a file, or one that is not empty. With `force`, what an earlier
 * one made may be there, and anything else too, which is left alone.
 */
export async function checkDestination(folder: string, { force = false, work }: Into = {}): Promise<void> {
  checkName(folder, 'folder');
  const found = await stat(folder).catch(() => undefined);
  await clearKilled(path.resolve(folder), found?.isDirectory() ?? false);
  if (!found) return;
  if (!found.isDirectory())
    throw new UserError(
      `${folder} is a file: name a folder that is not there yet, or is empty. Nothing was written.`,
      exitCode.call,
    );
  if (force || (await writingWhole(folder, () => readdir(folder))).length === 0) return;
  const replacing = work
    ? `, or add --force, which replaces what an earlier ${work.name} put there and leaves everything else alone`
    : '';
  throw new UserError(
    `${folder} is not empty: name another folder${replacing}. Nothing was written.`,
    exitCode.call,
  );
}

/**
 * Does what writes files into a place of their own, `partial`, and then puts all of them into a folder, in the place of those of an
 * earlier work of the kind: whole, or not at all. The place is beside a folder that is not there yet; in one that is there it is
 * a folder within it, which may be a disk of its own, from where no file can be moved in one step. Throws a UserError, with nothing
 * written, for a folder that can't take them, and for one with a file of the same name that no earlier work made.
 */
export async function intoFolder<Result>(
  folder: string,
  { force = false, work }: Into,
  write: (partial: string) => Promise<Result>,
): Promise<Result> {
  await checkDestination(folder, { force, work });
  const given = path.resolve(folder);
  const target = await realpath(given).catch(() => undefined);
  // In a container every program has the same number.
  const own = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const partial = target === undefined ? `${given}.partial-${own}` : path.join(target, `.partial-${own}`);
  // Ctrl-C ends the program without coming back here.
  const tidyUp = () => rmSync(partial, { recursive: true, force: true });
  process.once('exit', tidyUp);
  try {
    return await writingWhole(folder, async () => {
      await makeFolder(partial);
      const result = await write(partial);
      if (target === undefined) await rename(partial, given);
      else await replace(target, partial, folder, work);
      return result;
    });
  } finally {
    // Where it could not be made it can't be removed either, and why it could not is what counts.
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    process.off('exit', tidyUp);
  }
}

/** The files in a folder and in those below it, by their paths from there, with slashes. */
export async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath, one.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** Puts files in the place of an earlier work's, unless there are some of their names that it did not make. */
async function replace(target: string, partial: string, folder: string, work: Work | undefined) {
  const made = await filesIn(partial);
  const old = await earlierFiles(target, work);
  const there = await Promise.all(made.map((name) => whatIsThere(target, name)));
  const taken = made.filter((name, at) => there[at] && !old.includes(name));
  if (taken.length > 0)
    throw new UserError(
      `${folder} has ${listed(taken, 5)}, which no earlier ${work?.name ?? 'run'} made: move away what is yours, or name another folder. ` +
        'Nothing was written.',
      exitCode.call,
    );
  // What lists the others goes first and comes last, so that it never describes what is not there.
  const isList = (name: string) => name === work?.listedIn;
  swap(target, partial, old, [...made.filter((name) => !isList(name)), ...made.filter(isList)]);
}

/** What stands where a file is to go: a file, or something else in its way; undefined for nothing. No link is followed. */
async function whatIsThere(target: string, name: string): Promise<'file' | 'other' | undefined> {
  const parts = name.split('/');
  for (const [at] of parts.entries()) {
    const found = await lstat(path.join(target, ...parts.slice(0, at + 1))).catch(() => undefined);
    if (!found) return undefined;
    if (at === parts.length - 1) return found.isFile() ? 'file' : 'other';
    if (!found.isDirectory()) return 'other';
  }
  return undefined;
}

/** Names of the files that an earlier work of the kind put into a folder, as its own file lists them, that first; none without one of ours. */
async function earlierFiles(target: string, work: Work | undefined): Promise<string[]> {
  if (!work) return [];
  const content = await readFile(path.join(target, work.listedIn), 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  if (!String(content?.generator).startsWith('yot-ratings ')) return [];
  const names: unknown[] = [
    content.files,
    content.resources?.map?.((one: { path?: unknown } | null) => one?.path),
  ].flat();
  const made = names.filter((name) => typeof name === 'string').filter((name) => work.called.test(name));
  if (work.besideCsv && made.some((name) => name.endsWith('.csv'))) made.push(work.besideCsv);
  const all = [...new Set([work.listedIn, ...made])];
  const there = await Promise.all(all.map((name) => whatIsThere(target, name)));
  return all.filter((_, at) => there[at] === 'file');
}

/** Takes away what runs that were killed have left of a folder of this name: beside it, or in it where it is there. */
async function clearKilled(given: string, isThere: boolean): Promise<void> {
  const [at, before] = isThere ? [given, ''] : [path.dirname(given), literally(path.basename(given))];
  // Where that can't be looked at, nothing can be written either, and that is said.
  await clearLeftovers(at, new RegExp(`^${before}\\.partial-(\\d+)-[0-9a-f]{8}$`)).catch(() => {});
}

/**
 * Moves a folder's old files out, into `replaced` within another, and new ones in from there, each in the order given; takes it all
 * back, and throws, when one can't be moved. In one go, without a turn for anything else: Ctrl-C comes before or after.
 */
export function swap(target: string, partial: string, old: readonly string[], made: readonly string[]): void {
  const moves = [
    ...old.map((name) => [path.join(target, name), path.join(partial, 'replaced', name)] as const),
    ...made.map((name) => [path.join(partial, name), path.join(target, name)] as const),
  ];
  const done: (readonly [from: string, to: string])[] = [];
  try {
    for (const [from, to] of moves) {
      mkdirSync(path.dirname(to), { recursive: true });
      renameSync(from, to);
      done.push([from, to]);
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from);
    throw error;
  }
}
