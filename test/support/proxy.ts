import { connect, createServer, type Socket } from 'node:net';

/** A stretch of network before a server, that can be made to fail. */
export type ProxyServer = Awaited<ReturnType<typeof proxyBefore>>;

/** Sets up a proxy before the server of a URL. */
export async function proxyBefore(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isStalled = false;
  let total = 0;
  let limit = Number.POSITIVE_INFINITY;
  let atLimit = () => {};
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
        const room = Math.max(0, limit - total);
        total += chunk.length;
        if (total < limit) return void to.write(chunk);
        to.write(chunk.subarray(0, room));
        limit = Number.POSITIVE_INFINITY;
        atLimit();
        if (!isStalled && !to.destroyed) to.write(chunk.subarray(room));
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const by = new URL(url);
  by.hostname = '127.0.0.1';
  by.port = String((server.address() as { port: number }).port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    /** The server's URL by way of the proxy. */
    url: by.href,
    /** Bytes that went through, in all. */
    bytes: () => total,
    /** Does something once so many bytes have gone through in all, before the next one does. Resolves then. */
    after: (bytes: number, work?: () => void) =>
      new Promise<void>((resolve) => {
        limit = bytes;
        atLimit = () => {
          work?.();
          resolve();
        };
      }),
    /** Breaks all connections there are; new ones go through. */
    cut,
    /** Nothing goes through any more, and nothing ends: new connections are taken, and not answered. */
    stall: () => {
      isStalled = true;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
