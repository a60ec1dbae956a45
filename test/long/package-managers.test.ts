import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageFolder } from '../../src/disk/paths.js';

// The package as it is packed, installed from the registry by each manager that is on this machine: most do not let
// the embedded PostgreSQL's package run its script.
const run = promisify(execFile);

interface Manager {
  name: string;
  install: string[];
  /** How a program of the package is called. */
  call: string[];
  files?: Record<string, string>;
  /** Beside the package, for those that install no peers. */
  dependencies?: Record<string, string>;
  /** What is said where it can't run. */
  refused?: RegExp;
}

const kysely = { kysely: '^0.28.0' };
const yarn = (linker: string) => ({
  install: ['yarn', 'install'],
  call: ['yarn', 'yot-ratings'],
  files: { '.yarnrc.yml': `nodeLinker: ${linker}\nenableScripts: ${linker === 'pnp'}\n`, 'yarn.lock': '' },
});

const managers: Manager[] = [
  {
    name: 'npm --ignore-scripts',
    install: ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
    call: ['npx', '--no-install', 'yot-ratings'],
  },
  { name: 'pnpm', install: ['pnpm', 'install'], call: ['pnpm', 'exec', 'yot-ratings'] },
  {
    name: 'yarn without the peer',
    ...yarn('node-modules'),
    refused: /The package kysely is not installed: [^\n]+yarn add kysely/,
  },
  { name: 'yarn with node_modules', ...yarn('node-modules'), dependencies: kysely },
  {
    name: 'yarn with pnp',
    ...yarn('pnp'),
    dependencies: kysely,
    refused: /out of an archive, [^\n]+ say nodeLinker: node-modules/,
  },
  { name: 'bun', install: ['bun', 'install'], call: ['bun', 'x', '--no-install', 'yot-ratings'] },
];

// As the README says it, in the repository itself: npm makes what it installs executable, and leaves what is built here as it is.
test('npx runs the command that was built', { timeout: 60_000 }, async () => {
  const { stdout } = await run('npx', ['--no-install', 'yot-ratings', '--version'], { cwd: packageFolder });
  expect(stdout).toMatch(/^yot-ratings \d+\.\d+\.\d+/);
});

let home: string;
let packed: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-managers-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], {
    cwd: packageFolder,
    maxBuffer: 16 * 1024 * 1024,
  });
  packed = path.join(home, (JSON.parse(stdout) as [{ filename: string }])[0].filename);
});
afterAll(() => rm(home, { recursive: true, force: true }));

for (const { name, install, call, files = {}, dependencies, refused } of managers) {
  const [tool = '', ...args] = install;
  const isThere = spawnSync(tool, ['--version']).status === 0;
  const title = `${name} installs what then ${refused ? 'says what to set' : 'runs'}${isThere ? '' : ` (skipped: ${tool} is not on this machine)`}`;
  test.skipIf(!isThere)(title, { timeout: 600_000, retry: 0 }, async () => {
    const project = await mkdtemp(path.join(home, 'project-'));
    const manifest = {
      name: 'project',
      private: true,
      dependencies: { ...dependencies, 'yot-ratings': `file:${packed}` },
    };
    for (const [file, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files }))
      await writeFile(path.join(project, file), text);
    const own = path.join(project, 'home');
    await mkdir(own);
    const surroundings = { cwd: project, env: { ...process.env, YOT_RATINGS_HOME: own } };
    await run(tool, args, { ...surroundings, maxBuffer: 16 * 1024 * 1024 });
    const [command = '', ...rest] = call;
    const called = run(command, [...rest, 'ratings', 'Wigan'], surroundings);
    if (refused) return void (await expect(called).rejects.toThrow(refused));
    expect((await called).stdout).toMatch(/^Wigan YOT .* 19\/36/m);
    expect(await readFile(path.join(own, 'secrets.json'), 'utf8')).toContain('ownerPassword');
  });
}
