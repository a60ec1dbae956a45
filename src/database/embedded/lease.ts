import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Who uses the server of a folder: a file a process, named by its id. The last to leave stops the server, so that
 * programs can come and go in any order, and one that was killed is not waited for.
 */
const folder = (home: string) => path.join(home, 'in-use-by');

/** Notes that this process uses the server. */
export async function take(home: string): Promise<void> {
  await mkdir(folder(home), { recursive: true });
  await writeFile(path.join(folder(home), String(process.pid)), '');
}

/** Takes this process's note away. */
export async function giveBack(home: string): Promise<void> {
  await rm(path.join(folder(home), String(process.pid)), { force: true });
}

/** Other living processes that use the server; notes of dead ones are cleared away. */
export async function others(home: string): Promise<number[]> {
  const pids = (await readdir(folder(home)).catch(() => [])).map(Number).filter((pid) => pid !== process.pid);
  const living = [];
  for (const pid of pids) {
    if (isAlive(pid)) living.push(pid);
    else await rm(path.join(folder(home), String(pid)), { force: true });
  }
  return living;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
