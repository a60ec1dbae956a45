import { exitCode, UserError } from '../../problem.js';

/** libpq's words that are followed, each with the variable that says it where a URL does not. */
export const followed: Readonly<Record<string, string>> = {
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  passfile: 'PGPASSFILE',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  timezone: 'PGTZ',
  geqo: 'PGGEQO',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  sslnegotiation: 'PGSSLNEGOTIATION',
  ssl_min_protocol_version: 'PGSSLMINPROTOCOLVERSION',
  ssl_max_protocol_version: 'PGSSLMAXPROTOCOLVERSION',
  channel_binding: 'PGCHANNELBINDING',
  target_session_attrs: 'PGTARGETSESSIONATTRS',
};

/** Followed or without effect, and said by no variable. "prepare" is our own, for poolers. */
const ofUrlsAlone = [
  ...['sslpassword', 'prepare', 'fallback_application_name'],
  ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'],
];

/** Words whose variables are not looked at: dates and text come in one form, there is no Kerberos and no file of services. */
const withoutEffect = [
  ...['client_encoding', 'datestyle', 'servicefile', 'sysconfdir', 'localedir'],
  ...['krbsrvname', 'gsslib', 'gssdelegation', 'max_protocol_version'],
];

/** Words that can't be followed, with the variable; the values that say what is done anyway; and what says the same here. */
const refused: Readonly<Record<string, { variable?: string; harmless?: string[]; instead?: string }>> = {
  service: { variable: 'PGSERVICE', instead: 'put host, port, user and database into DATABASE_URL' },
  require_auth: { variable: 'PGREQUIREAUTH', instead: 'say channel_binding=require' },
  requiressl: { variable: 'PGREQUIRESSL', harmless: ['0'], instead: 'say sslmode=require' },
  gssencmode: { variable: 'PGGSSENCMODE', harmless: ['disable', 'prefer'], instead: 'say sslmode=require' },
  sslcompression: { variable: 'PGSSLCOMPRESSION', harmless: ['0'] },
  sslcertmode: { variable: 'PGSSLCERTMODE', harmless: ['allow'] },
  sslcrl: { variable: 'PGSSLCRL' },
  sslcrldir: { variable: 'PGSSLCRLDIR' },
  sslsni: { variable: 'PGSSLSNI', harmless: ['1'] },
  requirepeer: { variable: 'PGREQUIREPEER' },
  min_protocol_version: { variable: 'PGMINPROTOCOLVERSION', harmless: ['3.0'] },
  load_balance_hosts: { variable: 'PGLOADBALANCEHOSTS', harmless: ['disable'] },
  replication: { harmless: ['false'] },
};

/** Variables that are followed or refused, by the word that each says. */
export const variables = new Map(
  [
    ...Object.entries(followed),
    ...Object.entries(refused).map(([word, { variable }]) => [word, variable] as const),
  ].filter((entry): entry is [string, string] => entry[1] !== undefined),
);

const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** The values that a word can have, where there are but some. */
const values: Readonly<Record<string, readonly string[]>> = {
  sslmode: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'],
  sslnegotiation: ['postgres', 'direct'],
  ssl_min_protocol_version: tlsVersions,
  ssl_max_protocol_version: tlsVersions,
  channel_binding: ['disable', 'prefer', 'require'],
  target_session_attrs: ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'],
  prepare: ['true', 'false'],
};

/** Words of other programs' URLs, which a server would not know. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  Prisma: [
    ...['schema', 'pgbouncer', 'connection_limit', 'pool_timeout', 'socket_timeout'],
    ...['statement_cache_size', 'sslaccept', 'sslidentity'],
  ],
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
  if (values[name] && !values[name].includes(value)) return `it has to be one of ${values[name].join(', ')}`;
  const { harmless = [], instead = 'this program does not follow it' } = refused[name] ?? {};
  return Object.hasOwn(refused, name) && !harmless.includes(value) ? instead : undefined;
}

const words = new Set([
  ...[followed, refused].flatMap((known) => Object.keys(known)),
  ...ofUrlsAlone,
  ...withoutEffect,
]);

/** Names of parameters that are settings of the server's: all that libpq has no word for, and two that it passes on. */
export const isSetting = (name: string): boolean =>
  !words.has(name.toLowerCase()) || ['timezone', 'geqo'].includes(name.toLowerCase());

/** An environment in which a program finds nothing about connections but what it is told. */
export function withoutConnections(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(PG[A-Z_]+|DBMATE_.*|DATABASE_URL)$/.test(name)),
  );
}
