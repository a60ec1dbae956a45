import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './port.js';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../../shared/citus/cluster', import.meta.url));

/** A coordinator with two workers, for as long as a test file runs. */
export type TestCluster = Awaited<ReturnType<typeof startCluster>>;

/** Why there is no cluster to be had; undefined where there is. */
export const whyNoCluster = (): string | undefined =>
  process.getuid?.() === 0 && existsSync(script) ? undefined : 'no ../shared/citus, which takes root';

/** Starts one, or takes that of the folder TEST_CITUS. */
export async function startCluster() {
  const given = process.env.TEST_CITUS;
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'yot-ratings-citus-')));
  await chmod(folder, 0o755);
  const cluster = async (...args: string[]) => (await run('bash', [script, ...args])).stdout.trim();
  const url = await cluster('up', folder, ...(given ? [] : [String(await freePort())]));
  return {
    /** Makes a database, with the extension and the workers known; returns its owner's URL. */
    database: (name: string) => cluster('database', folder, name),
    /** URL of a database without the extension, on the coordinator. */
    plain: async (name: string) => url.replace(/postgres$/, name),
    stop: async () => {
      if (given) return;
      await cluster('down', folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
