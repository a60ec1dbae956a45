import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { migrate } from '../../../src/database/migrate.js';
import { dbPath } from '../../../src/paths.js';
import { exitCode, UserError } from '../../../src/problem.js';
import { withEmptyDatabase } from '../../support/database.js';

const files = (await readdir(dbPath('migrations'))).filter((file) => file.endsWith('.sql')).sort();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-migrations-'));
  for (const file of files) await copyFile(dbPath('migrations', file), path.join(folder, file));
});
afterEach(() => rm(folder, { recursive: true }));

test('a migration that was changed after it was applied is refused, and nothing is done', async () => {
  await withEmptyDatabase(async (url) => {
    const db = connect(url);
    try {
      expect(await migrate(db, url, folder)).toEqual(files);
      const changed = files.at(-1) as string;
      const text = await readFile(path.join(folder, changed), 'utf8');
      await writeFile(path.join(folder, changed), `${text}\n-- one word more\n`);
      await writeFile(
        path.join(folder, '29990101000000_next.sql'),
        '-- migrate:up\ncreate table core.next (a integer);\n-- migrate:down\ndrop table core.next;\n',
      );
      const error = await migrate(db, url, folder).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message.startsWith(`${changed} was changed after`)).toBe(true);
      expect((error as UserError).exit).toBe(exitCode.database);
      const { rows } = await sql`select to_regclass('core.next') is null as untouched`.execute(db);
      expect(rows).toEqual([{ untouched: true }]);
      // Other line ends are no change.
      await writeFile(path.join(folder, changed), text.replaceAll('\n', '\r\n'));
      expect(await migrate(db, url, folder)).toEqual(['29990101000000_next.sql']);
    } finally {
      await db.destroy();
    }
  });
});
