import { execFile } from 'node:child_process';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { libraryVariable, programsOfPackage } from '../../../src/database/embedded/programs.js';
import { temporaryFolders } from '../../support/command.js';

const folder = temporaryFolders();

test.skipIf(process.platform !== 'linux')(
  'libraries whose names no package manager has made get them in the server’s folder, by several programs at once',
  async () => {
    const native = path.join(await folder(), 'native');
    const { initdb } = await programsOfPackage();
    await cp(path.dirname(path.dirname(initdb)), native, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
    for (const { target } of links as { target: string }[])
      await rm(path.join(native, '..', target), { force: true });
    const version = (env: NodeJS.ProcessEnv) =>
      promisify(execFile)(path.join(native, 'bin', 'initdb'), ['--version'], {
        env: { ...process.env, ...env },
      });
    await expect(version({})).rejects.toThrow(/shared libraries/);
    const home = await folder();
    const found = await Promise.all([1, 2, 3].map(() => libraryVariable(native, home)));
    for (const env of found) expect((await version(env)).stdout).toMatch(/PostgreSQL/);
  },
);
