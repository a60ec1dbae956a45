import { chmod, mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { commandProcess } from './command.js';

/**
 * A folder as a first start leaves it: server, schema, what comes with the package. Made by the first of a run's files that asks, and
 * to be copied only.
 */
export async function loadedHome(): Promise<string> {
  const home = path.join(inject('sharedFolder'), 'loaded');
  const making = `${home}.making`;
  while (!(await isThere(home))) {
    const isOurs = await mkdir(making).then(
      () => true,
      () => false,
    );
    if (isOurs) {
      // As root the server runs as another user, who has to be able to enter.
      await chmod(making, 0o755);
      const { code, stderr } = await commandProcess(['start', '--once'], {
        env: { YOT_RATINGS_HOME: making },
      });
      if (code !== 0) throw new Error(`no first start: ${stderr}`);
      await rename(making, home);
    } else await pause(200);
  }
  return home;
}

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
