import { exitCode, UserError } from '../../problem.js';

/**
 * libpq's words, and what becomes of them: they are followed; they have no effect on what is printed; or they may have but these values,
 * which say what is done anyway. "prepare", for poolers, is our own.
 */
const words: Readonly<Record<string, 'followed' | 'no effect' | readonly string[]>> = {
  ...always('followed', 'host port dbname user password connect_timeout options application_name'),
  ...always('followed', 'sslmode sslrootcert sslcert sslkey channel_binding target_session_attrs prepare'),
  ...always('no effect', 'fallback_application_name client_encoding datestyle krbsrvname gsslib'),
  ...always('no effect', 'gssdelegation max_protocol_version tcp_user_timeout keepalives'),
  ...always('no effect', 'keepalives_idle keepalives_interval keepalives_count'),
  ...always([], 'hostaddr service passfile require_auth requirepeer sslpassword sslcrl sslcrldir'),
  ...always([], 'ssl_max_protocol_version'),
  requiressl: ['0'],
  gssencmode: ['disable', 'prefer'],
  sslcompression: ['0'],
  sslcertmode: ['allow'],
  sslsni: ['1'],
  sslnegotiation: ['postgres'],
  ssl_min_protocol_version: ['TLSv1.2'],
  min_protocol_version: ['3.0'],
  load_balance_hosts: ['disable'],
  replication: ['false'],
};

function always<Fate>(fate: Fate, names: string): Record<string, Fate> {
  return Object.fromEntries(names.split(' ').map((name) => [name, fate]));
}

/** Variables that are not called as their words are. */
const irregular: Readonly<Record<string, string>> = {
  dbname: 'PGDATABASE',
  application_name: 'PGAPPNAME',
  connect_timeout: 'PGCONNECT_TIMEOUT',
};

/** Variables that are followed or refused, by the word that each says. */
export const variables: ReadonlyMap<string, string> = new Map(
  Object.keys(words)
    .filter((word) => words[word] !== 'no effect' && word !== 'prepare')
    .map((word) => [word, irregular[word] ?? `PG${word.toUpperCase().replaceAll('_', '')}`]),
);

export const isFollowed = (word: string): boolean => words[word] === 'followed';

/** The values that a word can have which is followed, where there are but some. */
const values: ReadonlyMap<string, readonly string[]> = new Map([
  ['sslmode', ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']],
  ['channel_binding', ['disable', 'prefer', 'require']],
  ['target_session_attrs', ['any', 'read-write', 'primary']],
  ['prepare', ['true', 'false']],
]);

/** Words of other programs' URLs, which a server would not know. */
const foreign: Readonly<Record<string, string>> = {
  ...always('Prisma', 'schema pgbouncer connection_limit pool_timeout socket_timeout sslaccept'),
  ...always('JDBC', 'currentSchema prepareThreshold ApplicationName sslfactory'),
  ...always('a driver', 'max idle_timeout max_lifetime uselibpqcompat'),
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
  if (Object.hasOwn(foreign, name)) return `this is a word of ${foreign[name]}, not of psql`;
  if (name === 'host' && value.includes(',')) return 'it names several hosts, and one is meant';
  const some = values.get(name);
  if (some && !some.includes(value)) return `it has to be one of ${some.join(', ')}`;
  const fate = Object.hasOwn(words, name) && words[name];
  return Array.isArray(fate) && !fate.includes(value) ? 'this program does not follow it' : undefined;
}

/** Whether a parameter is a setting of the server's: all that libpq has no word for. */
export const isSetting = (name: string): boolean => !Object.hasOwn(words, name.toLowerCase());

/** An environment in which a program finds nothing about connections but what it is told. */
export function withoutConnections(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(PG[A-Z_]+|DBMATE_.*|DATABASE_URL)$/.test(name)),
  );
}
