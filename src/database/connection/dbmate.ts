import { migratingName } from '../session-name.js';
import { endpointOf } from './endpoint.js';
import { isSetting, withoutConnections } from './keywords.js';

/**
 * An environment in which dbmate dials just what we do. Its driver is another one, and takes variables of libpq's for its own: it gets
 * none. The URL goes by the environment: arguments can be read by every user of the machine.
 */
export async function dbmateEnvironment(url: string): Promise<NodeJS.ProcessEnv> {
  const { host, port, patience, parameters } = await endpointOf(url);
  const { user = '', password, dbname = '', sslmode = 'disable', sslrootcert, sslcert, sslkey } = parameters;
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const said = {
    // as a parameter it may be an address of either kind, or a socket
    host,
    port: String(port),
    connect_timeout: String(patience),
    // an address that is dialled in the place of a name is not what the certificate is for; we have looked at it ourselves
    sslmode:
      sslmode === 'no-verify'
        ? 'require'
        : sslmode === 'verify-full' && host !== parameters.host
          ? 'verify-ca'
          : sslmode,
    sslrootcert: sslrootcert === 'system' ? undefined : sslrootcert,
    sslcert,
    sslkey,
    options: parameters.options,
    application_name: parameters.application_name ?? migratingName,
    // Migrations name the schemas of what they make.
    ...Object.fromEntries(
      Object.entries(parameters).filter(([name]) => isSetting(name) && name.toLowerCase() !== 'search_path'),
    ),
  };
  const query = Object.entries(said)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value as string)}`);
  const who = [user, ...(password === undefined ? [] : [password])].map(encodeURIComponent).join(':');
  return {
    ...withoutConnections(process.env),
    // Node's variable for authorities that it trusts beside the system's, as Go calls it
    ...(extra && { SSL_CERT_FILE: extra }),
    DATABASE_URL: `postgres://${who}@/${encodeURIComponent(dbname)}?${query.join('&')}`,
  };
}
