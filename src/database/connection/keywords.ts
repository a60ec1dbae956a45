import { exitCode, UserError } from '../../problem.js';

/** libpq's words that are followed, each with the variable that says it where a URL does not. */
export const followed: Readonly<Record<string, string>> = {
  host: 'PGHOST',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  channel_binding: 'PGCHANNELBINDING',
};

/** Libpq's words that are not followed, with the values that say what is done anyway. */
const notFollowed: Readonly<Record<string, string[]>> = {
  hostaddr: [],
  service: [],
  passfile: [],
  require_auth: [],
  requiressl: ['0'],
  requirepeer: [],
  gssencmode: ['disable', 'prefer'],
  sslcompression: ['0'],
  sslcertmode: ['allow'],
  sslpassword: [],
  sslcrl: [],
  sslcrldir: [],
  sslsni: ['1'],
  sslnegotiation: ['postgres'],
  ssl_min_protocol_version: ['TLSv1.2'],
  ssl_max_protocol_version: [],
  min_protocol_version: ['3.0'],
  target_session_attrs: ['any', 'read-write', 'primary'],
  load_balance_hosts: ['disable'],
  replication: ['false'],
};

/** Variables that are followed or refused, by the word that each says. */
export const variables: ReadonlyMap<string, string> = new Map([
  ...Object.entries(followed),
  ...Object.keys(notFollowed).map((word) => [word, `PG${word.toUpperCase().replaceAll('_', '')}`] as const),
]);

/** Words without effect, and "prepare", which is our own, for poolers: no variable is looked at for them. */
const saidByUrlsAlone = [
  ...['prepare', 'fallback_application_name', 'client_encoding', 'datestyle', 'krbsrvname'],
  ...['gsslib', 'gssdelegation', 'max_protocol_version', 'tcp_user_timeout', 'keepalives'],
  ...['keepalives_idle', 'keepalives_interval', 'keepalives_count'],
];

/** The values that a word can have, where there are but some. */
const values: Readonly<Record<string, readonly string[]>> = {
  sslmode: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'],
  channel_binding: ['disable', 'prefer', 'require'],
  prepare: ['true', 'false'],
};

/** Words of other programs' URLs, which a server would not know. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  Prisma: ['schema', 'pgbouncer', 'connection_limit', 'pool_timeout', 'socket_timeout', 'sslaccept'],
  JDBC: ['currentSchema', 'prepareThreshold', 'ApplicationName', 'sslfactory'],
  'a driver': ['max', 'idle_timeout', 'max_lifetime', 'uselibpqcompat'],
};

/** Refuses a word, or a variable that says it, where it can't be had. Throws a UserError. */
export function checkKeyword(name: string, value: string, variable?: string): void {
  const why = whyNot(name, value);
  if (why === undefined) return;
  throw new UserError(
    variable === undefined
      ? `DATABASE_URL says ${name}=${value}, which can't be had: ${why}. Change it, or take it out.`
      : `${variable}=${value} can't be had: ${why}. Change it, or unset it for this program.`,
    exitCode.call,
  );
}

function whyNot(name: string, value: string): string | undefined {
  const whose = Object.keys(foreign).find((program) => foreign[program]?.includes(name));
  if (whose) return `this is a word of ${whose}, not of psql (docs/connecting.md says what is followed)`;
  if (name === 'host' && value.includes(',')) return 'it names several hosts, and one is meant';
  if (values[name] && !values[name].includes(value)) return `it has to be one of ${values[name].join(', ')}`;
  const isRefused = Object.hasOwn(notFollowed, name) && !notFollowed[name]?.includes(value);
  return isRefused ? 'this program does not follow it (docs/connecting.md says what is followed)' : undefined;
}

/** Whether a parameter is a setting of the server's: all that libpq has no word for. */
export const isSetting = (name: string): boolean =>
  !variables.has(name.toLowerCase()) && !saidByUrlsAlone.includes(name.toLowerCase());

/** An environment in which a program finds nothing about connections but what it is told. */
export function withoutConnections(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(PG[A-Z_]+|DBMATE_.*|DATABASE_URL)$/.test(name)),
  );
}
