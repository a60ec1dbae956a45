import { execFile, spawn, spawnSync } from 'node:child_process';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { libraryVariable, programsOfPackage } from '../../../src/database/embedded/programs.js';
import { program, temporaryFolders } from '../../support/command.js';
import { testInFull } from '../../support/in-full.js';
import { until } from '../../support/waiting.js';

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

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

if (spawnSync('script', ['--version']).status === 0)
  testInFull(
    'a terminal that is closed ends a serving program by its signal, not by an abort (where there is script(1))',
    async () => {
      const home = await folder();
      const status = path.join(await folder(), 'status');
      // The shell passes the signal on, as one that people work in does, and notes how the program ended: 129 is by SIGHUP, 134 an abort.
      const inner = '"$0" "$1" start & c=$!; trap "kill -HUP $c" HUP; wait $c; wait $c; echo $? > "$2"';
      const call = ['sh', '-c', inner, process.execPath, program, status].map(quoted).join(' ');
      const terminal = spawn('script', ['-qec', `exec ${call}`, '/dev/null'], {
        env: { ...process.env, YOT_RATINGS_HOME: home },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      let said = '';
      terminal.stdout.on('data', (chunk) => {
        said += chunk;
      });
      await until(async () => said.includes('Serving until Ctrl-C.'));
      terminal.kill('SIGKILL');
      let ended = '';
      await until(async () => {
        ended = await readFile(status, 'utf8').catch(() => '');
        return ended !== '';
      });
      expect(ended.trim()).toBe('129');
    },
  );
