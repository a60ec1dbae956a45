import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/problem.js';
import { makeFolder, writing, writingWhole } from '../../src/writing.js';
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

test('what the work itself refuses is told as it says', async () => {
  const work = () => Promise.reject(new UserError('It is somebody else’s.'));
  await expect(writing('out', work)).rejects.toThrow('It is somebody else’s.');
});

describe('a folder is made', () => {
  test('with those that it lies in, and may be there already', async () => {
    const home = await files.folder({ 'other.txt': 'mine' });
    const deep = path.join(home, 'one', 'two', 'three');
    expect(await makeFolder(deep)).toBe(true);
    expect(await makeFolder(deep)).toBe(false);
    expect(await readdir(path.join(home, 'one', 'two'))).toEqual(['three']);
    expect((await readdir(home)).sort()).toEqual(['one', 'other.txt']);
  });

  test('but not where a file is', async () => {
    const home = await files.folder({ file: 'mine' });
    await expect(makeFolder(path.join(home, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(path.join(home, 'file', 'one', 'two'))).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });

  test.runIf(process.platform === 'linux')('nor where there can be none: it ends, and says so', async () => {
    await expect(makeFolder('/proc/one/two')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
