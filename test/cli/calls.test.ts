import { describe, expect, test } from 'vitest';
import { command } from '../support/command.js';

// Nothing here gets as far as a database.
const nowhere = { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } };

/** The commands that a help text lists. */
async function listed(...of: string[]): Promise<string[]> {
  const { stdout } = await command([...of, '--help']);
  const [, list = ''] = stdout.split('Commands:\n');
  return [...list.matchAll(/^ {2}(\w+)/gm)]
    .map(([, name]) => name as string)
    .filter((name) => name !== 'help');
}

describe('help', () => {
  test('is there for the program and for every command that it lists', async () => {
    const commands = await listed();
    expect(commands).toEqual(expect.arrayContaining(['start', 'db', 'load', 'ratings', 'reconcile']));
    const ofDb = await listed('db');
    expect(ofDb).toEqual(['up', 'down', 'url', 'check', 'distribute', 'backup', 'restore', 'reset']);
    const calls = [...commands.map((name) => [name]), ...ofDb.map((name) => ['db', name])];
    const helps = await Promise.all(calls.map((call) => command([...call, '--help'], nowhere)));
    for (const [at, call] of calls.entries()) {
      expect(helps[at]).toMatchObject({ code: 0, stderr: '' });
      expect(helps[at]?.stdout).toMatch(new RegExp(`^Usage: yot-ratings ${call.join(' ')} .*\n\n\\S`));
    }
  });

  test('that nobody asked for goes to standard error with exit code 2', async () => {
    for (const call of [[], ['db']]) {
      const { code, stdout, stderr } = await command(call, nowhere);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^Usage: yot-ratings /);
    }
  });

  test('--version prints the version', async () => {
    const { code, stdout } = await command(['--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/\d+\.\d+\.\d+\n$/) });
  });
});

describe('a call that is wrong ends with 2 and one message', () => {
  test.each([
    ['rating', "error: unknown command 'rating'", 'yot-ratings --help lists the commands'],
    ['db upp', "error: unknown command 'upp'", '--help explains the command'],
    ['ratings --jsn', "error: unknown option '--jsn'", '--help explains the command'],
    ['--nonsense', "error: unknown option '--nonsense'", 'yot-ratings --help lists the commands'],
    ['load', "error: missing required argument 'bundle'", '--help explains the command'],
    ['ratings Barnet Wigan', "error: too many arguments for 'ratings'.", '--help explains the command'],
    [
      'db url --role king',
      "error: option '--role <role>' argument 'king' is invalid.",
      '--help explains the command',
    ],
    ['db url --role', "error: option '--role <role>' argument missing", '--help explains the command'],
  ])('yot-ratings %s', async (call, message, advice) => {
    const { code, stdout, stderr } = await command(call.split(' '), nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr.endsWith(`(${advice})\n`)).toBe(true);
    // The message, maybe a command or option that may have been meant, and where to read more.
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(3);
  });
});
