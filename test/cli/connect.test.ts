import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { connectionFiles } from '../../src/connect/files.js';
import { writeFiles } from '../../src/connect/write.js';
import { testFolder } from '../support/bundles.js';

const files = testFolder();
const url = 'postgres://owner:s3cret%20word@db.example:6543/my%20%22ratings%22?sslmode=require';
const made = connectionFiles(url);

/** The attributes of a file's connection. */
function connectionOf(xml: string): Record<string, string> {
  let found: Record<string, string> = {};
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name === 'connection') found = attributes;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}

describe('files that BI tools open', () => {
  test('name the server and the reader, and hold neither password nor owner', () => {
    expect(Object.keys(made)).toEqual([
      'youth-justice-ratings.pbids',
      'youth-justice-ratings.tds',
      'odbc.ini',
      'youth-justice-ratings.R',
      'youth-justice-ratings.py',
    ]);
    for (const [name, text] of Object.entries(made)) {
      expect(text, name).not.toMatch(/s3cret|owner/);
      expect(text, name).toContain('db.example');
      expect(text, name).toContain('6543');
      if (!name.endsWith('.pbids')) expect(text, name).toContain('yot_ratings_reader');
    }
  });

  test('hold a name of a database as each of them writes a text', () => {
    const { connections } = JSON.parse(made['youth-justice-ratings.pbids'] as string);
    expect(connections[0].details).toEqual({
      protocol: 'postgresql',
      address: { server: 'db.example:6543', database: 'my "ratings"' },
    });
    expect(connectionOf(made['youth-justice-ratings.tds'] as string)).toMatchObject({
      class: 'postgres',
      dbname: 'my "ratings"',
      schema: 'analytics',
      sslmode: 'require',
    });
    expect(made['youth-justice-ratings.R']).toContain('dbname = "my \\"ratings\\""');
    expect(made['youth-justice-ratings.py']).toContain('database="my \\"ratings\\""');
    expect(made['odbc.ini']).toContain('Database = my "ratings"\n');
  });

  test('follow the rules of folders', async () => {
    const folder = await files.folder({ 'mine.txt': 'mine' });
    await expect(writeFiles(folder, made, { force: false })).rejects.toThrow(/is not empty/);
    await writeFiles(folder, made, { force: true });
    await writeFiles(folder, { 'odbc.ini': 'new' }, { force: true });
    expect((await readdir(folder)).sort()).toEqual(['connect.json', 'mine.txt', 'odbc.ini']);
    expect(await readFile(path.join(folder, 'odbc.ini'), 'utf8')).toBe('new');
  });
});
