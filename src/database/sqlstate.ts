import { exitCode } from '../problem.js';

/** What an answer of the server that refuses a query means to a user. */
export interface Meaning {
  /** What is the matter and what to do, to follow "can't be used: ". */
  why: string;
  exit: number;
}

const { data, database } = exitCode;

/** Each by a SQLSTATE, or by the two characters of its class. */
const meanings: Record<string, Meaning> = {
  '25006': {
    why: 'it can only be read (a standby, or default_transaction_read_only): use the primary server',
    exit: database,
  },
  '25P03': {
    why: 'it ended a connection that did nothing for a while: raise idle_in_transaction_session_timeout, and run the command again',
    exit: database,
  },
  '25P04': {
    why: 'it cut the work off because it took too long: raise transaction_timeout, and run the command again',
    exit: database,
  },
  '40': {
    why: 'the work collided with that of others again and again, and was undone: run the command again when they are done',
    exit: database,
  },
  '42501': { why: 'this user may not do that: use the database owner', exit: database },
  '53100': {
    why: 'the disk of its server is full: make room there, and run the command again',
    exit: database,
  },
  '53200': {
    why: 'its server has no memory left: end other work there, or give it more, and run the command again',
    exit: database,
  },
  '53400': {
    why: 'a limit of its server is reached: raise it (temp_file_limit, for one), and run the command again',
    exit: database,
  },
  '55006': {
    why: 'something that is needed is in use: run the command again when others are done with it',
    exit: database,
  },
  '55P03': {
    why: 'others hold what is needed for longer than lock_timeout: run the command again when they are done',
    exit: database,
  },
  '57014': {
    why: 'the work was cut off, by statement_timeout or by somebody who cancelled it: raise that timeout, or run the command again',
    exit: database,
  },
  '58': {
    why: "its server can't read or write its files: its log and its disk say why",
    exit: database,
  },
  XX001: { why: 'its files are damaged: restore it from a backup, or load everything anew', exit: database },
  XX002: { why: 'an index of it is damaged: have its owner run reindex database', exit: database },
  // What files say is checked before it is written, and is refused by the server only where a check has a gap.
  '22': { why: 'it refuses a value of what was to be written; nothing was written', exit: data },
  '23': { why: 'what was to be written breaks a rule of it; nothing was written', exit: data },
};

/** What a SQLSTATE means, by itself or by its class; what is in neither is told by the server's own words alone. */
export const meaningOf = (code: string): Meaning | undefined => meanings[code] ?? meanings[code.slice(0, 2)];

/** An answer of a server, as both drivers give it. */
export interface ServerError extends Error {
  /** SQLSTATE: five characters */
  code: string;
  severity: string;
}

/** Whether an error is an answer of a server: errors of files and of connections have codes too, but no severity. */
export const isServerError = (error: unknown): error is ServerError =>
  error instanceof Error &&
  typeof (error as Partial<ServerError>).severity === 'string' &&
  /^[0-9A-Z]{5}$/.test((error as Partial<ServerError>).code ?? '');
