import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedServer, embeddedServer } from '../../src/database/embedded/server.js';
import { UserError } from '../../src/problem.js';

/** The server of a folder, once it has recovered from what was done to it: until then it is said that it has gone away. */
export async function comingUp(home: string, patience = 60): Promise<EmbeddedServer> {
  try {
    return await embeddedServer(home);
  } catch (error) {
    if (!(error instanceof UserError) || patience === 0) throw error;
    await pause(500);
    return comingUp(home, patience - 1);
  }
}
