import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import { command, commandProcess, serverProcess, temporaryFolders } from '../../support/command.js';
import { loadedHome } from '../../support/loaded-home.js';
import { freePort } from '../../support/port.js';

const folder = temporaryFolders();
let home: string;
let taken: number;
const others: Server[] = [];

beforeAll(async () => {
  home = await folder(await loadedHome());
  taken = await listen(0);
});

afterAll(() => {
  for (const other of others) other.close();
});

test('YOT_RATINGS_PORT is used', async () => {
  const port = await freePort();
  const { code, stdout } = await commandProcess(['db', 'up'], { env: at(String(port)) });
  const { stdout: url } = await commandProcess(['db', 'url'], { env: at() });
  await commandProcess(['db', 'down'], { env: at() });
  expect(code).toBe(0);
  expect(stdout).toContain('started');
  expect(new URL(url).port).toBe(String(port));
});

test('a port that another program has is complained of once, with exit code 3, and no server is left', async () => {
  const { code, stdout, stderr } = await command(['ratings'], { env: at(String(taken)) });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toBe(
    `Port ${taken} (YOT_RATINGS_PORT) is taken by another program, or not ours to use. ` +
      'Name a free one, or unset it to have one chosen.\n',
  );
  expect(await serverProcess(home)).toBeUndefined();
});

test.each(['0', '65536', '5432.5'])('YOT_RATINGS_PORT=%s is a wrong call', async (port) => {
  const { code, stdout, stderr } = await command(['ratings'], { env: at(port) });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(`YOT_RATINGS_PORT is "${port}": it has to be a port, 1 to 65535.\n`);
});

test('the remembered port is used again; another is chosen and remembered when somebody has it', async () => {
  const remembered = await freePort();
  await remember(remembered);
  expect(await portOfARun()).toBe(remembered);

  await listen(remembered);
  const chosen = await portOfARun();
  expect(chosen).not.toBe(remembered);
  expect(await portOfARun()).toBe(chosen);
});

const at = (port?: string) => ({ YOT_RATINGS_HOME: home, ...(port && { YOT_RATINGS_PORT: port }) });

async function portOfARun(): Promise<number> {
  const server = await embeddedServer(home);
  await server.release();
  return Number(new URL(server.url).port);
}

async function remember(port: number): Promise<void> {
  const file = path.join(home, 'secrets.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), port }));
}

/** Listens on a port as another program would, until the tests end. */
function listen(port: number): Promise<number> {
  const other = createServer();
  others.push(other);
  return new Promise((resolve, reject) => {
    other.once('error', reject);
    other.listen(port, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
  });
}
