import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { withoutPassword } from '../../src/database/errors.js';
import { testFolder } from '../support/bundles.js';
import { command, testCommands } from '../support/command.js';
import { everyFile } from '../support/every-file.js';
import { freePort } from '../support/port.js';

const { folder, run } = testCommands();
const files = testFolder();

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
    expect(commands).toEqual(
      'start db load read ratings reconcile trends compare distance export book connect simulate template'.split(
        ' ',
      ),
    );
    const ofDb = await listed('db');
    expect(ofDb).toEqual(['up', 'down', 'url', 'check', 'distribute', 'backup', 'restore', 'reset']);
    for (const call of [...commands.map((name) => [name]), ...ofDb.map((name) => ['db', name])]) {
      const help = await command([...call, '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toMatch(new RegExp(`^Usage: yot-ratings ${call.join(' ')} .*\n\n\\S`));
    }
  });

  test('that nobody asked for goes to standard error with exit code 2', async () => {
    const { code, stdout, stderr } = await command(['db']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: yot-ratings /);
  });
});

/** What ends every message of the command line itself. */
const help = '(--help explains the command)';

// Each is refused before a database is asked: at once, and with nothing done.
test.each([
  [['rating'], "error: unknown command 'rating'", '(yot-ratings --help lists the commands)'],
  [['db', 'url', '--role', 'king'], "error: option '--role <role>' argument 'king' is invalid.", help],
  [['db', 'distribute', '--shards', '0'], '--shards is "0": it has to be a whole number from 1 to 1000.'],
  [['ratings', '--jsn'], "error: unknown option '--jsn'\n(Did you mean --json?)", help],
  [['ratings', 'Barnet', 'Wigan'], "error: too many arguments for 'ratings'.", help],
  [['trends', '--csv', '--json'], "error: option '--csv' cannot be used with option '--json'", help],
  [['ratings', '--csv', '--as-if', 'base=relevant'], "error: option '--as-if <what=value>' cannot", help],
  ...['yesterday', '2026-02-30', '2026-03-01T12:00', '', '2026-03-01T25:00:00Z'].map((given) => [
    ['ratings', '--as-of', given],
    `--as-of is "${given}": it has to be a day (2026-03-01, `,
  ]),
  [['trends', 'overall', '--questions'], 'overall has no key questions: name a standard, such as 2.1.'],
  [['compare'], "error: missing required argument 'service'", help],
  [['load'], 'Name a bundle, or --ratings or --groups with a table.'],
  [['load', 'file', '--ratings', 'file'], '--ratings and --groups load their table alone: '],
  [['load', '--as', 'x', '--ratings', 'file'], '--as '],
  [['load', '--groups', 'file', '--dry-run'], "error: option '--groups <file>' cannot be used with", help],
  [
    ['simulate', '--inspections', '12.5'],
    '--inspections is "12.5": it has to be a whole number from 1 to 20000.',
  ],
  [['load', 'file', '--columns', 'file'], '--columns goes with --ratings.'],
  [['load', '-', '--cases', '-'], 'Standard input (-) can be read only once: name it once.'],
  [['load', 'file', '--errors', 'file'], '--errors would write over file, which is something else: '],
  [['export', ''], 'The folder has no name.'],
  [['read', 'file', '--show', '2.2', '--to', 'x'], "error: option '--show <code>' cannot be used with", help],
  [
    ['template', '--edition', '2021', '--fieldwork', '14/02/2022'],
    '--fieldwork is "14/02/2022": it has to be',
  ],
] as [string[], string, string?][])('%j ends with 2 and one message', async (args, begins, ends = '') => {
  const cwd = await files.folder({ file: 'mine' });
  const home = `${cwd}-home`;
  try {
    const { code, stdout, stderr } = await command(args, {
      env: { YOT_RATINGS_HOME: home },
      options: { cwd },
    });
    expect({ code, stdout: stdout.replace('0 reports read, 1 refused\n', '') }).toEqual({
      code: 2,
      stdout: '',
    });
    expect(stderr.startsWith(begins), stderr).toBe(true);
    expect(stderr.endsWith(`${ends}\n`), stderr).toBe(true);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(3);
    expect(await everyFile(cwd)).toEqual({ file: 'mine' });
    expect(await readdir(path.dirname(home))).not.toContain(path.basename(home));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

test.each([
  [['ratings', 'Nowhere'], 'No service is called "Nowhere". yot-ratings ratings lists all.'],
  [
    ['ratings', 'Kensingtn', '--csv'],
    'No service is called "Kensingtn": did you mean Kensington & Chelsea YOS?',
  ],
  ...(['ratings', 'distance'] as const).map((of): [string[], RegExp] => [
    [of, 'Barnet', '--synthetic'],
    /^There is no invented inspection of "?Barnet.*: real ones are shown without --synthetic\.$/,
  ]),
  [
    ['ratings', '--as-if', 'edition=2020'],
    'There is no edition "2020" (did you mean "2021"?): there are 2018, 2021,',
  ],
  [
    ['ratings', '--as-of', '2001-02-03'],
    /^There is no real inspection on record at 2001-02-03T23:59:59\.999Z: records of this database begin on 20\d\d-\d\d-\d\d\.$/,
  ],
  [
    ['ratings', 'Barnet', '--as-of', '2001-02-03'],
    'There is no real inspection of "Barnet" on record at 2001-02-03T23:59:59.999Z: records of this',
  ],
  [['compare', 'West'], /^"West" may be .*, Western Bay .*\. Name the one that is meant\.$/],
  [['distance', 'Bridgend'], 'There is no real inspection of Bridgend YJS.'],
  [
    ['trends', '2.1.1'],
    'No real inspection has ratings of a standard "2.1.1": it can be overall, 1.1, 1.2, 1.3,',
  ],
  [
    ['trends', '1.1', '--questions'],
    'No real inspection has answers to key questions of a standard "1.1": it can be 2.1, 2.2,',
  ],
  [['trends', '--synthetic'], 'No invented inspection has ratings.'],
  [
    ['export', 'x', '--only', 'inspections'],
    'There is no view "inspections" (did you mean "inspection"?): there',
  ],
  [['export', 'x', '--only', 'subgroup_count'], 'There is no view "subgroup_count"'],
  [['db', 'down'], 'DATABASE_URL names a server of your own, which is not ours to stop.'],
  [['db', 'reset'], /^This drops everything in \S+\. Say --yes if you mean it\.$/],
  [
    ['template', '--edition', '2028'],
    'There is no edition "2028" (did you mean "2018"?): there are 2018, 2021,',
  ],
] as [string[], string | RegExp][])('%j is answered with 2 and one line', async (args, said) => {
  const cwd = await folder();
  const { code, stdout, stderr } = await run(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  if (typeof said === 'string') expect(stderr).toContain(said);
  else expect(stderr.trimEnd()).toMatch(said);
  expect(await readdir(cwd)).toEqual([]);
});

describe('a database that can’t be reached ends with 3 and one message, without the password', () => {
  let home: string;
  beforeAll(async () => {
    home = await folder();
  });

  test.each([
    ['nothing listens there', async () => `postgres://me:geheim@127.0.0.1:${await freePort()}/mine`],
    [
      'the password is wrong',
      async () => inject('adminUrl').replace(/^(\w+:\/\/[^:@/]+)(:[^@]*)?@/, '$1:geheim@'),
    ],
    ['host', async () => 'postgres://me:ge@geheim@no-such-host.invalid/mine'],
  ])('%s', async (because, urlOf) => {
    const env = {
      DATABASE_URL: await urlOf(),
      YOT_RATINGS_HOME: home,
      YOT_RATINGS_READER_PASSWORD: undefined,
    };
    const { code, stdout, stderr } = await command(['ratings'], { env });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^The database postgres(ql)?:\/\/\S+ can't be reached: [^\n]+\.\n$/);
    expect(stderr).toContain(because);
    expect(stderr).not.toContain('geheim');
    expect(await readdir(home)).toEqual([]);
  });

  test.each([
    ['geheim', 'db url --role reader'],
    ['mysql://me:geheim@127.0.0.1/mine', 'ratings'],
    ['postgres://me:geh/eim@127.0.0.1/mine', 'ratings'],
    ['postgres://me:geheim%zz@127.0.0.1/mine', 'ratings'],
  ])('a DATABASE_URL that is none is a wrong call: %s, %s', async (url, call) => {
    const env = { DATABASE_URL: url, YOT_RATINGS_HOME: home };
    const { code, stdout, stderr } = await command(call.split(' '), { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^DATABASE_URL is not a database URL: [^\n]+\n$/);
    expect(stderr).not.toContain('geheim');
  });

  test.each([
    ['postgres://me:ge@he/im@host/mine', 'postgres://me@host/mine'],
    ['postgres://me@host/mine?password=geheim&a=b', 'postgres://me@host/mine?password=***&a=b'],
  ])('messages show %s without its password', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown);
  });
});
