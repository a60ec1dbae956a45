import { exitCode, UserError } from '../../problem.js';
import { checkKeyword } from './keywords.js';

/**
 * What a URL says of a connection, by libpq's words: host, port, user, password, dbname, sslmode, … Several hosts, and their ports, have
 * commas between; a host that begins with "/" is the folder of a socket. Other words are settings of the server's.
 */
export type Parameters = Readonly<Record<string, string>>;

const notOne = (why: string) =>
  new UserError(
    `DATABASE_URL is not a database URL: ${why}. It has to look like postgres://user:password@host:port/database, with special ` +
      'characters of the password percent-encoded (@ is %40, / is %2F, # is %23, ? is %3F, % is %25).',
    exitCode.call,
  );

// What a raw / # or ? of a password leaves behind matches nothing.
const shape = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#@]*))?(?:\?([^#]*))?$/i;

/** Reads a database URL as psql does. Throws a UserError when it is none, or asks for what can't be had. */
export function parseUrl(text: string): Parameters {
  const url = text.trim();
  if (!/^postgres(ql)?:/i.test(url)) throw notOne('it does not begin with postgres://');
  const [, who, where = '', database = '', query = ''] = url.match(shape) ?? [];
  if (!shape.test(url)) throw notOne('it can be read in more than one way');
  const parameters: Record<string, string> = {};
  const say = (name: string, value: string | undefined) => {
    if (value) parameters[name] = value;
  };
  const [user = '', ...password] = (who ?? '').split(':');
  say('user', decoded(user));
  say('password', decoded(password.join(':')));
  const hosts = where.split(',').map(hostAndPort);
  say('host', listed(hosts.map(([host]) => host)));
  say('port', listed(hosts.map(([, port]) => port)));
  say('dbname', decoded(database));
  for (const part of query.split('&').filter(Boolean)) {
    const [name = '', ...value] = part.split('=').map(decoded);
    if (value.length === 0) throw notOne('it has a parameter without a value');
    const [word, meaning] = asLibpqSays(name, value.join('='));
    checkKeyword(word, meaning);
    say(word, meaning);
  }
  return parameters;
}

const listed = (parts: string[]) => (parts.every((part) => part === '') ? '' : parts.join(','));

function hostAndPort(text: string): [host: string, port: string] {
  const [, v6, host = '', port = ''] = text.match(/^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/) ?? [];
  if (v6 === undefined && host === '' && text !== '' && !/^:\d+$/.test(text))
    throw notOne('its host and port can’t be told apart');
  return [v6 ?? decoded(host), port];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notOne('a % in it is not followed by two hexadecimal digits');
  }
}

/** A word that drivers have in the place of one of libpq's, as libpq says it. */
function asLibpqSays(name: string, value: string): [name: string, value: string] {
  if (name !== 'ssl') return [name, value];
  if (['true', '1'].includes(value)) return ['sslmode', 'verify-full'];
  if (['false', '0'].includes(value)) return ['sslmode', 'disable'];
  return ['sslmode', value];
}

/** The URL that says this and nothing else, which psql and BI tools read as well. */
export function formatUrl({
  host = '',
  port = '',
  user = '',
  password,
  dbname = '',
  ...rest
}: Parameters): string {
  const encode = encodeURIComponent;
  const who = `${encode(user)}${password === undefined ? '' : `:${encode(password)}`}`;
  const where = host.includes(':') ? `[${host}]` : encode(host);
  const query = Object.entries(rest)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  return (
    `postgres://${who === '' ? '' : `${who}@`}${where}${port === '' ? '' : `:${port}`}/${encode(dbname)}` +
    `${query === '' ? '' : `?${query}`}`
  );
}
