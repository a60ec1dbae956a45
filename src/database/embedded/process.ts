import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Whether a process has this number, be it ours or another user's. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process was called with this argument; undefined where the system does not say. */
export async function wasCalledWith(pid: number, argument: string): Promise<boolean | undefined> {
  const given = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (given !== undefined) return given.split('\0').includes(argument);
  return promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.includes(argument),
    () => undefined,
  );
}
