import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, temporaryFolders } from '../../support/command.js';
import { loadedHome } from '../../support/loaded-home.js';
import { freePort } from '../../support/port.js';

const folder = temporaryFolders();
let home: string;
const others: Server[] = [];

beforeAll(async () => {
  home = await folder(await loadedHome());
});
afterAll(() => {
  for (const other of others) other.close();
});

/** Listens on a port as another program would, until the tests end. */
const take = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const other = createServer().once('error', reject);
    others.push(other);
    other.listen(port, '127.0.0.1', resolve);
  });

const run = (call: string, port?: number | string) =>
  command(call.split(' '), {
    env: { YOT_RATINGS_HOME: home, ...(port !== undefined && { YOT_RATINGS_PORT: String(port) }) },
  });

/** The port that a run of the server takes. */
async function portOfARun(wanted?: number): Promise<number> {
  expect(await run('db up', wanted)).toMatchObject({ code: 0, stderr: '' });
  const { stdout } = await run('db url');
  await run('db down');
  return Number(new URL(stdout).port);
}

test('YOT_RATINGS_PORT is used', async () => {
  const port = await freePort();
  expect(await portOfARun(port)).toBe(port);
});

test('the remembered port is used again; another is chosen and remembered when somebody has it', async () => {
  const remembered = await freePort();
  const file = path.join(home, 'secrets.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), port: remembered }));
  expect(await portOfARun()).toBe(remembered);
  await take(remembered);
  const chosen = await portOfARun();
  expect(chosen).not.toBe(remembered);
  expect(await portOfARun()).toBe(chosen);
});

test('a port that another program has, or that is none, is complained of once', async () => {
  const taken = await freePort();
  await take(taken);
  expect(await run('ratings', taken)).toEqual({
    code: 3,
    stdout: '',
    stderr:
      `Port ${taken} (YOT_RATINGS_PORT) is taken by another program, or not ours to use. ` +
      'Name a free one, or unset it to have one chosen.\n',
  });
  for (const port of ['0', '65536', '5432.5'])
    expect(await run('ratings', port)).toEqual({
      code: 2,
      stdout: '',
      stderr: `YOT_RATINGS_PORT is "${port}": it has to be a port, 1 to 65535.\n`,
    });
  expect(await run('db url')).toMatchObject({ code: 3, stdout: '' });
});
