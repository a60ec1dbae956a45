import { createServer } from 'node:net';
import { exitCode, UserError } from '../../problem.js';

/** The port that the user wants (YOT_RATINGS_PORT); undefined when any will do. */
export function wantedPort(): number | undefined {
  const wanted = process.env.YOT_RATINGS_PORT;
  if (!wanted) return undefined;
  const port = Number(wanted);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UserError(`YOT_RATINGS_PORT is "${wanted}": it has to be a port, 1 to 65535.`, exitCode.call);
}

/** Whether a port can be listened on, on the loopback interface. */
export const isFree = (port: number): Promise<boolean> =>
  listen(port).then(
    () => true,
    () => false,
  );

/** A port that nobody listens on. */
export const anyFreePort = (): Promise<number> => listen(0);

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const { port: given } = probe.address() as { port: number };
      probe.close(() => resolve(given));
    });
  });
}
