import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { clearLeftovers, literally } from '../leftovers.js';
import { listed as inWords } from '../nearest.js';
import { exitCode, UserError } from '../problem.js';
import { checkName, makeFolder, writingWhole } from '../writing.js';

/** What is written into a folder: an export, or a book. Each knows its own files again, and leaves all others alone. */
export interface Work {
  /** Its name in messages. */
  name: string;
  /** The JSON file that says which program made the folder's files, and which these are. */
  listedIn: string;
  /** The names of its files that such a file lists, below the folder; a folder within it is named with a slash. */
  listed: (content: Record<string, unknown>) => string[];
}

export interface Destination {
  /** Where the files are written until all of them are there. */
  partial: string;
  /** Refuses (UserError) when the folder has something of these names that no earlier work of the kind made. */
  refuseTaken(names: readonly string[]): Promise<void>;
  /** Puts what was made where it belongs, in the place of an earlier one's. All of it, or nothing. */
  settle(names: readonly string[]): Promise<void>;
  /** Takes the unfinished files away. */
  discard(): Promise<void>;
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
 * Makes a place to write a work's files to, beside a folder that is not there yet. In one that is there they are
 * written to a folder within it: it may be a disk of its own, from where no file can be moved in one step.
 */
export async function destination(folder: string, { force = false, work }: Into = {}): Promise<Destination> {
  await checkDestination(folder, { force, work });
  const given = path.resolve(folder);
  const target = await realpath(given).catch(() => undefined);
  // In a container every program has the same number.
  const own = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const partial = target === undefined ? `${given}.partial-${own}` : path.join(target, `.partial-${own}`);
  await writingWhole(folder, () => makeFolder(partial));
  // Ctrl-C ends the program without coming back here.
  const tidyUp = () => rmSync(partial, { recursive: true, force: true });
  process.once('exit', tidyUp);

  const refuseTaken = async (names: readonly string[]) => {
    if (target === undefined) return;
    const earlier = await earlierFiles(target, work);
    const there = await Promise.all(names.map((name) => whatIsThere(target, name)));
    const taken = names.filter((name, at) => there[at] && !earlier.includes(name));
    if (taken.length > 0)
      throw new UserError(
        `${folder} has ${inWords(taken, 5)}, which no earlier ${work?.name ?? 'run'} made: move away what is yours, or name another folder. ` +
          'Nothing was written.',
        exitCode.call,
      );
  };
  return {
    partial,
    refuseTaken,
    async settle(names) {
      if (target === undefined) await writingWhole(folder, () => rename(partial, given));
      else {
        await refuseTaken(names);
        await writingWhole(folder, async () => {
          await mkdir(path.join(partial, 'replaced'));
          swap(target, partial, { old: await earlierFiles(target, work), made: names, last: work?.listedIn });
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

/** What stands where a file is to go: a file, or something else in its way; undefined for nothing. No link is followed. */
async function whatIsThere(target: string, name: string): Promise<'file' | 'other' | undefined> {
  for (const part of [...foldersOf(name), name]) {
    const found = await lstat(path.join(target, part)).catch(() => undefined);
    if (!found) return undefined;
    if (part === name) return found.isFile() ? 'file' : 'other';
    if (!found.isDirectory()) return 'other';
  }
  return undefined;
}

/** Names of the files that an earlier work of the kind put into a folder, as its own file lists them; none without one of ours. */
async function earlierFiles(target: string, work: Work | undefined): Promise<string[]> {
  if (!work) return [];
  const { listedIn, listed } = work;
  const content: Record<string, unknown> | null = await readFile(path.join(target, listedIn), 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  if (!content || !String(content.generator).startsWith('yot-ratings ')) return [];
  const made = [...new Set([listedIn, ...listed(content)])];
  const there = await Promise.all(made.map((name) => whatIsThere(target, name)));
  return made.filter((_, at) => there[at] === 'file');
}

/** Takes away what runs that were killed have left of a folder of this name: beside it, or in it where it is there. */
async function clearKilled(given: string, isThere: boolean): Promise<void> {
  const [at, before] = isThere ? [given, ''] : [path.dirname(given), literally(path.basename(given))];
  // Where that can't be looked at, nothing can be written either, and that is said.
  await clearLeftovers(at, new RegExp(`^${before}\\.partial-(\\d+)-[0-9a-f]{8}$`)).catch(() => {});
}

/**
 * Moves a folder's old files out, into `replaced` within another, and new ones in from there; takes it all back, and
 * throws, when one can't be moved. In one go, without a turn for anything else: Ctrl-C comes before or after. `last`, which
 * lists the others, goes first and comes last, so that it never describes what is not there.
 */
export function swap(
  target: string,
  partial: string,
  { old, made, last }: { old: readonly string[]; made: readonly string[]; last?: string | undefined },
): void {
  const isList = (name: string) => name === last;
  const isOther = (name: string) => name !== last;
  const out = [...old.filter(isList), ...old.filter(isOther)];
  const back = [...made.filter(isOther), ...made.filter(isList)];
  const moves = [
    ...out.map((name) => [path.join(target, name), path.join(partial, 'replaced', name)] as const),
    ...back.map((name) => [path.join(partial, name), path.join(target, name)] as const),
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
  // The deepest first.
  for (const name of new Set(old.flatMap(foldersOf).sort().reverse())) removeIfEmpty(path.join(target, name));
}

function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
