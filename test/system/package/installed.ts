import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { packageFolder } from '../../../src/paths.js';

const run = promisify(execFile);

/** The fields of package.json that an installation goes by. */
export interface Manifest {
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
  main: string;
  types: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

/** A project with nothing in it but the package as packed, and what the package says it depends on or goes with. */
export interface Project {
  folder: string;
  /** The package in the project's node_modules. */
  installed: string;
  manifest: Manifest;
  /** Paths of the package's files, with slashes. */
  files: string[];
  /** Writes a file into the project and gives its path. */
  file(name: string, content: string | Buffer): Promise<string>;
  /** Links a package of the repository's into the project. */
  linked(name: string): Promise<void>;
}

/**
 * Gives the test file a project into which the package is installed: packed and unpacked by the usual tools, its dependencies
 * linked from the repository, so that no registry is asked. Its fields are there once the tests run.
 */
export function testProject(): Project {
  const project = {
    file: async (name, content) => {
      const target = path.join(project.folder, name);
      await writeFile(target, content);
      return target;
    },
    linked: async (name) => {
      const target = path.join(project.folder, 'node_modules', name);
      await mkdir(path.dirname(target), { recursive: true });
      await symlink(path.join(packageFolder, 'node_modules', name), target, 'junction');
    },
  } as Project;
  beforeAll(async () => {
    project.folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-package-'));
    const modules = path.join(project.folder, 'node_modules');
    await mkdir(modules);
    const { stdout } = await run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', project.folder],
      { cwd: packageFolder, maxBuffer: 16 * 1024 * 1024, shell: process.platform === 'win32' },
    );
    const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    project.files = packed.files.map((file) => file.path);
    await run('tar', ['-xzf', packed.filename], { cwd: project.folder });
    project.installed = path.join(modules, 'yot-ratings');
    await rename(path.join(project.folder, 'package'), project.installed);
    const text = await readFile(path.join(project.installed, 'package.json'), 'utf8');
    project.manifest = JSON.parse(text) as Manifest;
    const { dependencies, optionalDependencies, peerDependencies } = project.manifest;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      // of the optional ones only those for this platform are there
      if (name in optionalDependencies && !existsSync(path.join(packageFolder, 'node_modules', name)))
        continue;
      await project.linked(name);
    }
  });
  afterAll(() => rm(project.folder, { recursive: true, force: true }));
  return project;
}
