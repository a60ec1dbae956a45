import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beginOf } from './process.js';

/**
 * Who uses the server of a folder: a file a use, named by the process's id. The last to leave stops the server, so that
 * programs can come and go in any order, and one that was killed is not waited for. The file holds when the process
 * began: a killed one's id may be another program's by now.
 */
const folder = (home: string) => path.join(home, 'in-use-by');
const kept = 'kept';

let uses = 0;

/** Notes that this process uses the server; returns the note. */
export async function take(home: string): Promise<string> {
  const note = path.join(folder(home), `${process.pid}-${++uses}`);
  await mkdir(folder(home), { recursive: true });
  await writeFile(note, (await beginOf(process.pid)) ?? '');
  return note;
}

/** Takes a note away. */
export async function giveBack(note: string): Promise<void> {
  await rm(note, { force: true });
}

/** Notes that the server is to go on when nobody uses it, until it is stopped. */
export async function keep(home: string): Promise<void> {
  await writeFile(path.join(folder(home), kept), '');
}

/** Takes all notes away: for a server that has just been started or stopped. */
export async function clear(home: string): Promise<void> {
  await rm(folder(home), { recursive: true, force: true });
}

/** Whether a living process uses the server, or it is to be kept; notes of dead processes are cleared away. */
export async function isStillUsed(home: string): Promise<boolean> {
  let isUsed = false;
  for (const name of await readdir(folder(home)).catch((): string[] => [])) {
    const file = path.join(folder(home), name);
    if (name === kept || (await wrote(Number.parseInt(name, 10), file))) isUsed = true;
    else await rm(file, { force: true });
  }
  return isUsed;
}

/** Whether the process of this id lives and is the one that the note speaks of. */
async function wrote(pid: number, note: string): Promise<boolean> {
  const begin = await beginOf(pid);
  if (begin === undefined) return false;
  const noted = await readFile(note, 'utf8');
  return begin === '' || noted === '' || begin === noted;
}
