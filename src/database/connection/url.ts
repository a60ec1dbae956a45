import { exitCode, UserError } from '../../problem.js';
import { checkKeyword } from './keywords.js';

/**
 * What a URL says of a connection, by libpq's words: host, port, user, password, dbname, sslmode, … A host that begins with "/" is the folder
 * of a socket. Other words are settings of the server's.
 */
export type Parameters = Readonly<Record<string, string>>;

const notOne = (why: string) =>
  new UserError(
    `DATABASE_URL is not a database URL: ${why}. It has to look like postgres://user:password@host:port/database, with special ` +
      'characters of the password percent-encoded (@ is %40, / is %2F, # is %23, ? is %3F, % is %25).',
    exitCode.call,
  );

// What a raw / # or ? of a password leaves behind matches nothing.
const shape =
  /^postgres(?:ql)?:\/\/(?:([^:/?#]*)(?::([^/?#]*))?@)?(?:\[([^\]]*)\]|([^:/?#@]*|[^/?#@]*,[^:/?#@]*))(?::(\d*))?(?:\/([^?#@]*))?(?:\?([^#]*))?$/i;

/** What drivers say by "ssl". */
const sslmodes: Readonly<Record<string, string>> = {
  true: 'verify-full',
  1: 'verify-full',
  false: 'disable',
  0: 'disable',
};

/** Reads a database URL as psql does. Throws a UserError when it is none, or asks for what can't be had. */
export function parseUrl(text: string): Parameters {
  const [isUrl, user, password, v6, host, port, dbname, query = ''] = text.trim().match(shape) ?? [];
  if (!isUrl) throw notOne('it does not begin with postgres://, or can be read in more than one way');
  const parameters: Record<string, string> = {};
  const say = (name: string, value: string) => {
    checkKeyword(name, value);
    if (value) parameters[name] = value;
  };
  for (const [name, value = ''] of Object.entries({ user, password, host: v6 ?? host, port, dbname }))
    say(name, decoded(value));
  for (const part of query.split('&').filter(Boolean)) {
    const [name = '', ...rest] = part.split('=').map(decoded);
    if (rest.length === 0) throw notOne('it has a parameter without a value');
    const value = rest.join('=');
    if (name === 'ssl') say('sslmode', sslmodes[value] ?? value);
    else say(name, value);
  }
  return parameters;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notOne('a % in it is not followed by two hexadecimal digits');
  }
}

/** The URL that says this and nothing else, which psql and BI tools read as well. */
export function formatUrl(parameters: Readonly<Record<string, string | undefined>>): string {
  const { host = '', port, user, password, dbname = '', ...rest } = parameters;
  const encode = encodeURIComponent;
  const login = [user ?? '', ...(password === undefined ? [] : [password])].map(encode).join(':');
  const where = `${host.includes(':') ? `[${host}]` : encode(host)}${port ? `:${port}` : ''}`;
  const query = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined ? [] : `${encode(name)}=${encode(value)}`,
  );
  return `postgres://${login && `${login}@`}${where}/${encode(dbname)}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}
