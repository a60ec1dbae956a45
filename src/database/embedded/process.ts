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

/**
 * When a process began, which tells it from a later one that was given its number; undefined when there is no such
 * process, or only its remains (a zombie); '' where the system does not say.
 */
export async function beginOf(pid: number): Promise<string | undefined> {
  if (!exists(pid)) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in brackets, which may hold anything.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : (fields[18] ?? '');
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
