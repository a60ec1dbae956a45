import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../support/bundles.js';
import { command } from '../support/command.js';

const files = testFolder();

// Nothing of it may depend on a server: each is refused before one is asked.
test.each([
  [['load', 'file', '--errors', ''], 'The file has no name.'],
  [['load', 'file', '--errors', ' '], 'The file has no name.'],
  [['export', ''], 'The folder has no name.'],
  [['simulate', '--inspections', '3', '--to', ''], 'The folder has no name.'],
])('%j is refused at once, and nothing is done', async (args, says) => {
  const cwd = await files.folder({ file: 'mine' });
  const home = `${cwd}-home`;
  try {
    const ended = await command(args, { env: { YOT_RATINGS_HOME: home }, options: { cwd } });
    expect(ended).toEqual({ code: 2, stdout: '', stderr: `${says}\n` });
    expect(await readdir(cwd)).toEqual(['file']);
    expect(await readdir(path.dirname(home))).not.toContain(path.basename(home));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
