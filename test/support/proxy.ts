import { connect, createServer, type Socket } from 'node:net';

/** A stretch of network before a server, that can be made to fail. */
export interface Proxy {
  /** The server's URL by way of the proxy. */
  url: string;
  /** Once so many bytes have gone through in all, nothing goes through any more, and nothing ends: new connections are taken, and not answered. */
  stallAfter(bytes: number): Promise<void>;
  /** Breaks all connections there are; new ones go through. */
  cut(): void;
  /** Breaks a connection, once: that by which something goes when so many bytes went through all of them, in both directions together. */
  cutAfter(bytes: number): void;
  /** Bytes that went through, in all. */
  bytes(): number;
  close(): Promise<void>;
}

/** Sets up a proxy before the server of a URL. */
export async function proxyBefore(url: string): Promise<Proxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isStalled = false;
  let stallAt = Number.POSITIVE_INFINITY;
  let stalled = () => {};
  let limit = Number.POSITIVE_INFINITY;
  let total = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port || 5432), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        if (!isStalled) to.destroy();
      });
      from.on('data', (chunk) => {
        if (isStalled) return;
        total += chunk.length;
        if (total >= stallAt) {
          isStalled = true;
          return stalled();
        }
        if (total <= limit) return void to.write(chunk);
        to.write(chunk.subarray(0, Math.max(0, chunk.length - (total - limit))));
        limit = Number.POSITIVE_INFINITY;
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  const by = new URL(url);
  by.hostname = '127.0.0.1';
  by.port = String(address.port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: by.href,
    stallAfter: (bytes) =>
      new Promise((resolve) => {
        stallAt = bytes;
        stalled = resolve;
      }),
    cut,
    cutAfter: (bytes) => {
      limit = bytes;
    },
    bytes: () => total,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
