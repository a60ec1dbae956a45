import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, writing, writingWhole } from '../../src/disk/writing.js';
import { UserError } from '../../src/problem.js';
import { testFolder } from '../support/bundles.js';

const files = testFolder();
const failing = (reason: object) => () => Promise.reject(Object.assign(new Error('as it was said'), reason));

test('what the system says is told in plain words where it is about files', async () => {
  const full = writing('out', failing({ code: 'ENOSPC', syscall: 'write' }));
  await expect(full).rejects.toMatchObject({ message: "out can't be written: the disk is full.", exit: 2 });
  const denied = writingWhole('out', failing({ code: 'EROFS', syscall: 'mkdir' }));
  await expect(denied).rejects.toThrow(
    "out can't be written: it may not be written to. Nothing was written.",
  );
  const other = writing('out', failing({ code: 'EMFILE', syscall: 'open' }));
  await expect(other).rejects.toMatchObject({ message: "out can't be written: EMFILE." });
});

test.each([{ code: 'ECONNRESET', syscall: 'read' }, { code: '22012' }, {}])(
  "an error of the server's, or of the program's, stays what it is: %j",
  async (reason) => {
    const said = writing('out', failing(reason));
    await expect(said).rejects.toThrow('as it was said');
    await expect(said).rejects.not.toBeInstanceOf(UserError);
  },
);

test('a folder is made with those that it lies in, and may be there already; but not where a file is, or nothing can be', async () => {
  const home = await files.folder({ file: 'mine' });
  const deep = path.join(home, 'one', 'two', 'three');
  expect(await makeFolder(deep)).toBe(true);
  expect(await makeFolder(deep)).toBe(false);
  expect(await readdir(path.join(home, 'one', 'two'))).toEqual(['three']);
  await expect(makeFolder(path.join(home, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(path.join(home, 'file', 'one'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  if (process.platform === 'linux')
    await expect(makeFolder('/proc/one/two')).rejects.toMatchObject({ code: 'ENOENT' });
});
