import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { good2018 } from '../../support/bundles.js';
import { commandProcess, program, running } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';

// The other tests of commands run them inside the test's own process; these, the built program as a user does.
const database = testDatabase();
const surroundings = () => ({ env: { DATABASE_URL: database.url } });

test('prints to standard output, and ends with 0', async () => {
  const { code, stdout, stderr } = await commandProcess(['ratings', 'Wigan'], surroundings());
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Wigan YOT .* 19\/36 +Good/m);
});

test('complains on standard error, and ends with 2', async () => {
  const { code, stdout, stderr } = await commandProcess(['ratings', 'Nowhere'], surroundings());
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^No inspection of a service whose name has "Nowhere"/);
});

test('reads what comes by a pipe', async () => {
  const env = { ...process.env, ...surroundings().env };
  const child = spawn(process.execPath, [program, 'load', '-'], { stdio: 'pipe', env });
  child.stdin.end(good2018);
  expect(await running(child).ended).toMatchObject({ code: 0, stdout: 'standard input: loaded\n' });
});
