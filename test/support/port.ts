import { createServer } from 'node:net';

// Below those that systems give out by themselves, to whoever connects or listens: nobody takes them between a look and its use.
let next = 20_000 + (process.pid % 10_000);

/** A port that nobody listens on, on the loopback interface, and that stays free until somebody asks for that very one. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next++;
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
