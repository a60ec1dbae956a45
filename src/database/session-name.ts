import { randomBytes } from 'node:crypto';

/** What this program's sessions are called on the server (application_name): which of its processes they are of, anywhere. */
export const sessionName = `yot-ratings ${process.pid}-${randomBytes(3).toString('hex')}`;
