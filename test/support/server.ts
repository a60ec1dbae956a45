import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/database/connect.js';
import { embeddedServer, stopServer } from '../../src/database/embedded/server.js';
import { openDatabase } from '../../src/database/open.js';
import { passwordVariable } from '../../src/database/roles.js';
import { loadBundled } from '../../src/import/load.js';
import { leaveOutPublished } from '../../src/ratings-table/published.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's URL of the server's maintenance database. */
    adminUrl: string;
    /** Name of a database with schema and bundled data, to be cloned. */
    template: string;
    /** A folder of the whole run, for what is made once. */
    sharedFolder: string;
  }
}

/**
 * One real server for the whole run: TEST_DATABASE_URL (a role that may create databases and roles), or a container
 * (TEST_CONTAINER names its image), or the embedded server in a folder of its own.
 */
async function server(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => {} };
  const image = process.env.TEST_CONTAINER;
  if (image) {
    const container = await new PostgreSqlContainer(image).start();
    return { adminUrl: container.getConnectionUri(), stop: async () => void (await container.stop()) };
  }
  const home = await openFolder('yot-ratings-test-');
  const embedded = await embeddedServer(home);
  // What the tests write need not outlive a crash of the machine.
  const admin = connect(embedded.url, { max: 1 });
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await sql`alter system set ${sql.id(setting)} = off`.execute(admin);
  await sql`select pg_reload_conf()`.execute(admin);
  await admin.destroy();
  return {
    adminUrl: embedded.url,
    stop: async () => {
      await stopServer(home);
      await rm(home, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Tests say themselves which server they mean.
  for (const role of ['loader', 'analyst', 'reader'] as const)
    process.env[passwordVariable(role)] = `${role}-of-the-tests`;
  delete process.env.DATABASE_URL;
  const sharedFolder = await openFolder('yot-ratings-shared-');
  const { adminUrl, stop } = await server();
  const template = `yot_ratings_template_${process.pid}`;
  project.provide('sharedFolder', sharedFolder);
  project.provide('adminUrl', adminUrl);
  project.provide('template', template);
  const asAdmin = async (statement: string) => {
    const admin = connect(adminUrl, { max: 1 });
    await sql.raw(statement).execute(admin);
    await admin.destroy();
  };
  await asAdmin(`create database ${template}`);
  const filled = await openDatabase(withDatabaseName(adminUrl, template));
  await loadBundled(filled.db);
  // Most tests are about inspections that are known whole. Those about published ratings load them.
  await leaveOutPublished(filled.db);
  // As after these are loaded: the planner knows how many rows there are, which of some views is the difference of a minute.
  await sql`select core.analyze_loaded()`.execute(filled.db);
  await filled.close();
  return async () => {
    await asAdmin(`drop database ${template} with (force)`);
    await stop();
    await rm(sharedFolder, { recursive: true, force: true });
  };
}

/** A folder that others may enter, too: as root the server runs as another user. */
async function openFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  await chmod(folder, 0o755);
  return folder;
}

/** The same server's URL with another database. */
export function withDatabaseName(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
