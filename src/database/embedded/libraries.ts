import { access, lstat, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../../writing.js';

/** A link that a package can't hold: from a folder beside "native" to what is in it. */
interface Link {
  /** native/lib/libicuuc.so.60.2 */
  source: string;
  /** native/lib/libicuuc.so.60 */
  target: string;
}

/**
 * Makes the names by which the embedded PostgreSQL finds its libraries. Its package makes them itself after it was installed, which
 * pnpm, yarn, bun and npm --ignore-scripts do not let it do. Where the package can't be written they are made in the server's folder.
 * @returns the folder in which programs have to be told to look; undefined where they find all by themselves
 */
export async function linkLibraries(native: string, home: string): Promise<string | undefined> {
  const missing: Link[] = [];
  for (const link of await linksOf(native)) if (!(await isThere(link.target, native))) missing.push(link);
  if (missing.length === 0) return undefined;
  const below = (name: string) => path.join(native, '..', name);
  try {
    for (const { source, target } of missing) await make(path.basename(source), below(target));
    return undefined;
  } catch {
    const folder = path.join(home, 'libraries');
    await makeFolder(folder);
    for (const { source, target } of missing)
      await make(below(source), path.join(folder, path.basename(target)));
    return folder;
  }
}

async function linksOf(native: string): Promise<Link[]> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as Link[];
}

const isThere = (target: string, native: string): Promise<boolean> =>
  access(path.join(native, '..', target)).then(
    () => true,
    () => false,
  );

async function make(to: string, name: string): Promise<void> {
  await symlink(to, name).catch(async (error: NodeJS.ErrnoException) => {
    // Another program has made it just now.
    if (error.code !== 'EEXIST' || !(await lstat(name)).isSymbolicLink()) throw error;
  });
}
