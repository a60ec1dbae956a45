import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { readerRole } from '../database/role-names.js';
import { intoFolder, type Work } from '../disk/into-folder.js';
import { programVersion } from '../version.js';

const templates = fileURLToPath(new URL('./templates', import.meta.url));
const name = 'youth-justice-ratings';

/** The files that BI tools open, by the one that lists them. */
export const connectWork: Work = {
  name: 'set of files',
  listedIn: 'connect.json',
  called: /^\w[\w.-]*$/,
};

/** Files for the reader of the database that a URL names; neither its user nor its password goes into them. */
export function connectionFiles(url: string): Record<string, string> {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const target = {
    // an IPv6 address stands in brackets in a URL alone
    host: decodeURIComponent(hostname).replaceAll(/^\[|\]$/g, ''),
    port: port || '5432',
    database: decodeURIComponent(pathname.slice(1)),
    user: readerRole,
    sslmode: searchParams.get('sslmode') ?? 'prefer',
  };
  const server = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const ofText = new Eta({ views: templates, autoEscape: false, autoTrim: false });
  const ofXml = new Eta({ views: templates, autoEscape: true, autoTrim: false });
  // A text of R or Python: JSON's form of one is one of theirs too.
  const quoted = (value: string) => JSON.stringify(value);
  // A value of an ODBC file: what would end it may not be in it.
  const plain = (value: string) => value.replaceAll(/[\r\n;{}[\]=]/g, '');
  return {
    [`${name}.pbids`]: powerBi(server, target.database),
    [`${name}.tds`]: ofXml.render('./tableau', { ...target, name }),
    'odbc.ini': ofText.render('./odbc', { ...target, plain, name }),
    [`${name}.R`]: ofText.render('./r', { ...target, quoted }),
    [`${name}.py`]: ofText.render('./python', { ...target, quoted }),
  };
}

/** A data source of Power BI: server and port in one field; it asks for user and password when it opens. */
function powerBi(server: string, database: string): string {
  const connection = {
    details: { protocol: 'postgresql', address: { server, database } },
    options: {},
    mode: 'Import',
  };
  return `${JSON.stringify({ version: '0.1', connections: [connection] }, null, 2)}\n`;
}

/** Writes files into a folder, all of them or none, with one that lists them. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  { force }: { force: boolean },
): Promise<void> {
  const list = { generator: programVersion, files: Object.keys(files) };
  const all = { ...files, [connectWork.listedIn]: `${JSON.stringify(list, null, 1)}\n` };
  await intoFolder(folder, { force, work: connectWork }, async (partial) => {
    for (const [name, text] of Object.entries(all)) await writeFile(path.join(partial, name), text);
  });
}
