import { exitCode, UserError } from '../problem.js';

/** A database URL without its password, for messages. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):[^@]*@/, '$1@');
}

const advice: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: start the server, or correct DATABASE_URL',
  ENOTFOUND: 'there is no such host: correct DATABASE_URL',
  CONNECT_TIMEOUT: 'it does not answer: check host, port and firewall',
  '28P01': 'the password is wrong: correct DATABASE_URL',
  '28000': 'the server refuses this user: correct DATABASE_URL, or pg_hba.conf on the server',
  '3D000': 'there is no such database: make it with createdb, or correct DATABASE_URL',
  '42501': 'this user may not do that: use the database owner',
  '53300': 'the server has no connection left: close others',
  CONNECTION_CLOSED: 'the connection was cut',
  CONNECTION_ENDED: 'the connection was cut',
  CONNECTION_DESTROYED: 'the connection was cut',
  '57P01': 'the server was stopped',
};

/** Turns a failure to reach or use the server into a UserError; anything else is returned as it is. */
export function explainDatabaseError(error: unknown, url: string): unknown {
  const { code, message } = error as { code?: string; message?: string };
  const why = code && (advice[code] ?? (/^(08|57P)/.test(code) ? message : undefined));
  if (!why) return error;
  return new UserError(`The database ${withoutPassword(url)} can't be reached: ${why}.`, exitCode.database);
}
