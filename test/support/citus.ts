import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GenericContainer, Network, type StartedTestContainer, Wait } from 'testcontainers';
import { freePort } from './port.js';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../../shared/citus/cluster', import.meta.url));

/** A coordinator with two workers, for as long as a test file runs. */
export interface TestCluster {
  /** Makes a database, with the extension and the workers known; returns its owner's URL. */
  database(name: string): Promise<string>;
  /** URL of a database without the extension, on the coordinator. */
  plain(name: string): Promise<string>;
  stop(): Promise<void>;
}

const image = 'citusdata/citus:13';
const works = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Why there is no cluster to be had; undefined where there is. */
export function whyNoCluster(): string | undefined {
  if (process.getuid?.() === 0 && works('test', '-x', script)) return undefined;
  return works('docker', 'info')
    ? undefined
    : `no ../shared/citus (which takes root), and no docker for ${image}`;
}

/** Starts one: by the script where there is it, else in containers. */
export const startCluster = (): Promise<TestCluster> =>
  process.getuid?.() === 0 && works('test', '-x', script) ? byScript() : inContainers();

async function byScript(): Promise<TestCluster> {
  const given = process.env.TEST_CITUS;
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'yot-ratings-citus-')));
  await chmod(folder, 0o755);
  const cluster = async (...args: string[]) => (await run('bash', [script, ...args])).stdout.trim();
  const url = await cluster('up', folder, ...(given ? [] : [String(await freePort())]));
  return {
    database: (name) => cluster('database', folder, name),
    plain: async (name) => url.replace(/postgres$/, name),
    stop: async () => {
      if (given) return;
      await cluster('down', folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function inContainers(): Promise<TestCluster> {
  const network = await new Network().start();
  const start = (alias: string) =>
    new GenericContainer(image)
      .withNetwork(network)
      .withNetworkAliases(alias)
      .withEnvironment({ POSTGRES_HOST_AUTH_METHOD: 'trust' })
      .withCommand(['postgres', '-c', 'max_prepared_transactions=400', '-c', 'max_locks_per_transaction=512'])
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
      .start();
  const nodes: StartedTestContainer[] = await Promise.all(['coordinator', 'worker1', 'worker2'].map(start));
  const [coordinator] = nodes as [StartedTestContainer];
  const at = `${coordinator.getHost()}:${coordinator.getMappedPort(5432)}`;
  const psql = async (node: StartedTestContainer, database: string, statement: string) => {
    const { exitCode, output } = await node.exec(['psql', '-U', 'postgres', '-d', database, '-c', statement]);
    if (exitCode !== 0) throw new Error(output);
  };
  return {
    database: async (name) => {
      for (const node of nodes) {
        await psql(node, 'postgres', `create database ${name}`);
        await psql(node, name, 'create extension if not exists citus');
      }
      await psql(coordinator, name, "select citus_set_coordinator_host('coordinator', 5432)");
      for (const worker of ['worker1', 'worker2'])
        await psql(coordinator, name, `select citus_add_node('${worker}', 5432)`);
      return `postgres://postgres@${at}/${name}`;
    },
    plain: async (name) => `postgres://postgres@${at}/${name}`,
    stop: async () => {
      for (const node of nodes) await node.stop();
      await network.stop();
    },
  };
}
