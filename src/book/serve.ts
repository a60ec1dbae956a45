import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.parquet': 'application/vnd.apache.parquet',
};

/** Serves a folder's files on this machine alone, on a free port. */
export async function serveFolder(folder: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async ({ url = '/', method }, response) => {
    const name = fileOf(url);
    const body =
      name === undefined || method !== 'GET'
        ? undefined
        : await readFile(path.join(folder, name)).catch(() => undefined);
    if (body === undefined)
      return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    response
      .writeHead(200, { 'content-type': types[path.extname(name as string)] ?? 'application/octet-stream' })
      .end(body);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The file that an address names, from the folder; undefined for one that leads out of it. */
function fileOf(url: string): string | undefined {
  try {
    const name = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    if (name.split(/[\\/]/).includes('..') || name.includes('\0')) return undefined;
    return name.endsWith('/') ? `${name}index.html` : name;
  } catch {
    return undefined;
  }
}
