import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { connectionFiles } from '../../src/connect/files.js';
import { testFolder } from '../support/bundles.js';
import { command } from '../support/command.js';

const files = testFolder();
const url = 'postgres://owner:s3cret%20word@db.example:6543/my%20%22ratings%22?sslmode=require';
const made = connectionFiles(url);

/** The attributes of a file's elements of a name. */
function elementsOf(xml: string, wanted: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const onopentag = (name: string, attributes: Record<string, string>) =>
    void (name === wanted && found.push(attributes));
  new Parser({ onopentag }, { xmlMode: true }).end(xml);
  return found;
}

describe('files that BI tools open', () => {
  test('name the server and the reader, and hold neither password nor owner', () => {
    for (const [name, text] of Object.entries(made)) {
      expect(text, name).not.toMatch(/s3cret|owner/);
      expect(text, name).toMatch(/db\.example.*6543/s);
      if (!name.endsWith('.pbids')) expect(text, name).toContain('yot_ratings_reader');
    }
  });

  test('hold a name of a database as each of them writes a text', () => {
    const { connections } = JSON.parse(made['youth-justice-ratings.pbids'] as string);
    expect(connections[0].details).toEqual({
      protocol: 'postgresql',
      address: { server: 'db.example:6543', database: 'my "ratings"' },
    });
    const tableau = made['youth-justice-ratings.tds'] as string;
    expect(elementsOf(tableau, 'connection').map((one) => one.class)).toEqual(['federated', 'postgres']);
    expect(elementsOf(tableau, 'connection')[1]).toMatchObject({
      ...{ server: 'db.example', port: '6543', dbname: 'my "ratings"', username: 'yot_ratings_reader' },
      ...{ schema: 'analytics', sslmode: 'require' },
    });
    const relation = {
      connection: elementsOf(tableau, 'named-connection')[0]?.name,
      table: '[analytics].[overall_rating]',
    };
    expect(elementsOf(tableau, 'relation')).toMatchObject([relation]);
    expect(made['youth-justice-ratings.R']).toContain('dbname = "my \\"ratings\\""');
    expect(made['youth-justice-ratings.py']).toContain('database="my \\"ratings\\""');
    expect(made['odbc.ini']).toContain('Database = my "ratings"\n');
  });

  test('ask for no less than the URL does', () => {
    const of = connectionFiles('postgres://owner@[::1]/ratings?sslmode=verify-full');
    const [, connection] = elementsOf(of['youth-justice-ratings.tds'] as string, 'connection');
    expect(connection).toMatchObject({ server: '::1', port: '5432', sslmode: 'require' });
    expect(of['odbc.ini']).toContain('SSLmode = verify-full\n');
    expect(of['youth-justice-ratings.py']).toContain('query={"sslmode": "verify-full"}');
  });
});

describe('connect', () => {
  test('writes them for the server of DATABASE_URL, prints no password, and asks no server', async () => {
    const to = path.join(await files.folder({ 'a.txt': '' }), 'out');
    const env = { DATABASE_URL: 'postgres://owner:s3cret@127.0.0.1:1/none' };
    const { code, stdout, stderr } = await command(['connect', to], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^.*\/out: youth-justice-ratings\.pbids, .*\.tds, odbc\.ini, .*\.R, .*\.py\n/);
    expect(stdout).not.toContain('s3cret');
    expect(await readdir(to)).toHaveLength(6);
    const again = await command(['connect', to, '--force', '--json'], { env });
    expect(JSON.parse(again.stdout)).toEqual({ folder: to, files: Object.keys(made) });
  });
});
