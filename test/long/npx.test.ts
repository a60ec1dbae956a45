import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/paths.js';

// As the README says it, in the repository itself: npm makes what it installs executable, and leaves what is built here as it is.
test('npx runs the command that was built', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)('npx', ['--no-install', 'yot-ratings', '--version'], {
    cwd: packageFolder,
    shell: process.platform === 'win32',
  });
  expect(stdout).toMatch(/^yot-ratings \d+\.\d+\.\d+/);
});
