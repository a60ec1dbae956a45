import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Who uses the server of a folder: a file a process, named by its id. The last to leave stops the server, so that
 * programs can come and go in any order, and one that was killed is not waited for.
 */
const folder = (home: string) => path.join(home, 'in-use-by');
const kept = 'kept';

/** Notes that this process uses the server. */
export async function take(home: string): Promise<void> {
  await mkdir(folder(home), { recursive: true });
  await writeFile(path.join(folder(home), String(process.pid)), '');
}

/** Takes this process's note away. */
export async function giveBack(home: string): Promise<void> {
  await rm(path.join(folder(home), String(process.pid)), { force: true });
}

/** Notes that the server is to go on when nobody uses it, until it is stopped. */
export async function keep(home: string): Promise<void> {
  await writeFile(path.join(folder(home), kept), '');
}

/** Takes all notes away: for a server that has just been started or stopped. */
export async function clear(home: string): Promise<void> {
  await rm(folder(home), { recursive: true, force: true });
}

/** Whether another living process uses the server, or it is to be kept; notes of dead processes are cleared away. */
export async function isStillUsed(home: string): Promise<boolean> {
  let isUsed = false;
  for (const name of await readdir(folder(home)).catch((): string[] => [])) {
    if (name === kept || isAlive(Number(name))) isUsed = true;
    else await rm(path.join(folder(home), name), { force: true });
  }
  return isUsed;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
