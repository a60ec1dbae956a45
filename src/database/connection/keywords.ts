import { exitCode, UserError } from '../../problem.js';

/** What is done with a word that libpq knows: as a parameter of a URL, or as a variable where the URL does not say it. */
interface Keyword {
  variable?: string;
  /** The values that can be had. */
  values?: readonly string[];
  /** Why none, or no other, can be had, and what to do. */
  refused?: string;
  /** It changes nothing for this program, whatever it says. */
  isIdle?: true;
}

const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];
const attributes = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'];

/** All of libpq's words. Each is followed, changes nothing here, or is refused: none is passed over in silence. */
export const keywords: Readonly<Record<string, Keyword>> = {
  host: { variable: 'PGHOST' },
  hostaddr: { variable: 'PGHOSTADDR' },
  port: { variable: 'PGPORT' },
  dbname: { variable: 'PGDATABASE' },
  user: { variable: 'PGUSER' },
  password: { variable: 'PGPASSWORD' },
  passfile: { variable: 'PGPASSFILE' },
  connect_timeout: { variable: 'PGCONNECT_TIMEOUT' },
  options: { variable: 'PGOPTIONS' },
  application_name: { variable: 'PGAPPNAME' },
  timezone: { variable: 'PGTZ' },
  geqo: { variable: 'PGGEQO' },
  sslmode: { variable: 'PGSSLMODE', values: modes, refused: `it has to be ${modes.slice(0, 6).join(', ')}` },
  sslrootcert: { variable: 'PGSSLROOTCERT' },
  sslcert: { variable: 'PGSSLCERT' },
  sslkey: { variable: 'PGSSLKEY' },
  sslpassword: {},
  sslnegotiation: {
    variable: 'PGSSLNEGOTIATION',
    values: ['postgres', 'direct'],
    refused: 'it has to be postgres or direct',
  },
  ssl_min_protocol_version: { variable: 'PGSSLMINPROTOCOLVERSION' },
  ssl_max_protocol_version: { variable: 'PGSSLMAXPROTOCOLVERSION' },
  channel_binding: {
    variable: 'PGCHANNELBINDING',
    values: ['disable', 'prefer', 'require'],
    refused: 'it has to be disable, prefer or require',
  },
  target_session_attrs: {
    variable: 'PGTARGETSESSIONATTRS',
    values: attributes,
    refused: `it has to be ${attributes.join(', ')}`,
  },
  // not libpq's, but of use behind a pooler
  prepare: { values: ['true', 'false'], refused: 'it has to be true or false' },

  // Dates and text come in one form, whatever a session would like to see.
  client_encoding: { variable: 'PGCLIENTENCODING', isIdle: true },
  datestyle: { variable: 'PGDATESTYLE', isIdle: true },
  // There is no Kerberos here, and who wants to do without it may.
  gssencmode: {
    variable: 'PGGSSENCMODE',
    values: ['disable', 'prefer'],
    refused: 'there is no Kerberos here: say sslmode=require for a connection that is encrypted',
  },
  krbsrvname: { variable: 'PGKRBSRVNAME', isIdle: true },
  gsslib: { variable: 'PGGSSLIB', isIdle: true },
  gssdelegation: { variable: 'PGGSSDELEGATION', isIdle: true },
  // A file of services is for who names a service.
  servicefile: { variable: 'PGSERVICEFILE', isIdle: true },
  sysconfdir: { variable: 'PGSYSCONFDIR', isIdle: true },
  localedir: { variable: 'PGLOCALEDIR', isIdle: true },
  // Connections are kept alive, and looked after, in this program's own way.
  keepalives: { isIdle: true },
  keepalives_idle: { isIdle: true },
  keepalives_interval: { isIdle: true },
  keepalives_count: { isIdle: true },
  tcp_user_timeout: { isIdle: true },
  fallback_application_name: { isIdle: true },
  max_protocol_version: { variable: 'PGMAXPROTOCOLVERSION', isIdle: true },

  service: {
    variable: 'PGSERVICE',
    refused: 'files of services are not read: put host, port, user and database into DATABASE_URL',
  },
  require_auth: {
    variable: 'PGREQUIREAUTH',
    refused: 'which way to log in is asked for is not checked here: say channel_binding=require, or leave it',
  },
  requiressl: {
    variable: 'PGREQUIRESSL',
    values: ['0'],
    refused: 'say sslmode=require (PGSSLMODE) instead',
  },
  sslcompression: { variable: 'PGSSLCOMPRESSION', values: ['0'], refused: 'nothing is compressed here' },
  sslcertmode: {
    variable: 'PGSSLCERTMODE',
    values: ['allow'],
    refused: 'a certificate is sent where sslcert names one and the server asks for it',
  },
  sslcrl: { variable: 'PGSSLCRL', refused: 'lists of revoked certificates are not read' },
  sslcrldir: { variable: 'PGSSLCRLDIR', refused: 'lists of revoked certificates are not read' },
  sslsni: { variable: 'PGSSLSNI', values: ['1'], refused: "the host's name is always sent" },
  requirepeer: {
    variable: 'PGREQUIREPEER',
    refused: 'who owns a socket is not checked: name one in a folder that only its owner writes to',
  },
  min_protocol_version: {
    variable: 'PGMINPROTOCOLVERSION',
    values: ['3.0'],
    refused: 'version 3.0 of the protocol is spoken',
  },
  load_balance_hosts: {
    variable: 'PGLOADBALANCEHOSTS',
    values: ['disable'],
    refused: 'hosts are tried in their order',
  },
  replication: { values: ['false', 'off', 'no', '0'], refused: 'this is no replica' },
};

const ofPrisma = "Prisma's word";
const ofJdbc = "JDBC's word";
const ofDriver = "a driver's word";

/** Words of other programs' URLs, and what they would mean here. */
const foreign: Readonly<Record<string, string>> = {
  schema: `${ofPrisma}: schemas have names of their own here (core, rating, analytics)`,
  pgbouncer: `${ofPrisma}: prepare=false is what it means here, and is found out by itself`,
  connection_limit: `${ofPrisma}: how many connections there are is settled here`,
  pool_timeout: `${ofPrisma}: nothing waits for connections here`,
  socket_timeout: `${ofPrisma}: statement_timeout is the server's own`,
  statement_cache_size: `${ofPrisma}: prepare=false is what 0 means here`,
  sslaccept: `${ofPrisma}: sslmode=require or sslmode=verify-full says it here`,
  sslidentity: `${ofPrisma}: sslcert and sslkey say it here`,
  currentSchema: `${ofJdbc}: schemas have names of their own here (core, rating, analytics)`,
  prepareThreshold: `${ofJdbc}: prepare=false is what 0 means here`,
  ApplicationName: `${ofJdbc}: application_name says it here`,
  sslfactory: `${ofJdbc}: sslmode says it here`,
  max: `${ofDriver}: how many connections there are is settled here`,
  idle_timeout: `${ofDriver}: connections are kept for as long as they are needed`,
  max_lifetime: `${ofDriver}: connections are kept for as long as they are needed`,
  uselibpqcompat: `${ofDriver}: sslmode means what it means to psql`,
};

/** Refuses what a word says, where it can't be had. Throws a UserError. */
export function checkKeyword(name: string, value: string, isVariable = false): void {
  const { variable, values, refused } = keywords[name] ?? {};
  const why = Object.hasOwn(foreign, name) ? `this is ${foreign[name]}` : refused;
  if (why === undefined || values?.includes(value)) return;
  throw new UserError(
    isVariable
      ? `${variable}=${value} can't be had: ${why}. Change it, or unset it for this program.`
      : `DATABASE_URL says ${name}=${value}, which can't be had: ${why}. Change it, or take it out.`,
    exitCode.call,
  );
}

/** Names of parameters that are settings of the server's: all that libpq has no word for. */
export const isSetting = (name: string): boolean =>
  !Object.hasOwn(keywords, name.toLowerCase()) || ['timezone', 'geqo'].includes(name.toLowerCase());

/** An environment in which a program finds nothing about connections but what it is told. */
export function withoutConnections(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(PG[A-Z_]+|DBMATE_.*|DATABASE_URL)$/.test(name)),
  );
}
