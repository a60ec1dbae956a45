import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { readerRole } from '../database/role-names.js';
import type { Work } from '../export/folder.js';

const templates = fileURLToPath(new URL('./templates', import.meta.url));
const name = 'youth-justice-ratings';

/** The files that BI tools open, by the one that lists them. */
export const connectWork: Work = {
  name: 'set of files',
  listedIn: 'connect.json',
  listed: ({ files }) =>
    (Array.isArray(files) ? files : []).filter(
      (file): file is string => typeof file === 'string' && /^\w[\w.-]*$/.test(file),
    ),
};

/** Where a tool connects to. */
interface Target {
  host: string;
  port: string;
  database: string;
  user: string;
  /** As libpq has it: disable, require, … */
  sslmode: string;
}

/** Files for the reader of the database that a URL names; neither its user nor its password goes into them. */
export function connectionFiles(url: string): Record<string, string> {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const target: Target = {
    // an IPv6 address stands in brackets in a URL alone
    host: decodeURIComponent(hostname).replaceAll(/^\[|\]$/g, ''),
    port: port || '5432',
    database: decodeURIComponent(pathname.slice(1)),
    user: readerRole,
    sslmode: searchParams.get('sslmode') ?? 'prefer',
  };
  const ofText = new Eta({ views: templates, autoEscape: false, autoTrim: false });
  const ofXml = new Eta({ views: templates, autoEscape: true, autoTrim: false });
  // A text of R or Python: JSON's form of one is one of theirs too.
  const quoted = (value: string) => JSON.stringify(value);
  // A value of an ODBC file: what would end it may not be in it.
  const plain = (value: string) => value.replaceAll(/[\r\n;{}[\]=]/g, '');
  return {
    [`${name}.pbids`]: powerBi(target),
    [`${name}.tds`]: ofXml.render('./tableau', { ...target, name }),
    'odbc.ini': ofText.render('./odbc', { ...target, plain, name }),
    [`${name}.R`]: ofText.render('./r', { ...target, quoted }),
    [`${name}.py`]: ofText.render('./python', { ...target, quoted }),
  };
}

/** A data source of Power BI: server and port in one field; it asks for user and password when it opens. */
function powerBi({ host, port, database }: Target): string {
  const address = { server: `${host.includes(':') ? `[${host}]` : host}:${port}`, database };
  const connection = { details: { protocol: 'postgresql', address }, options: {}, mode: 'Import' };
  return `${JSON.stringify({ version: '0.1', connections: [connection] }, null, 2)}\n`;
}
