import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { dbPath } from '../../src/paths.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
const wigan = dbPath('inspections', 'wigan-2021-08');
let home: string;

const load = (...args: string[]) =>
  command(['load', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

beforeAll(async () => {
  home = await folder();
});

/** A folder with an inspection.yaml of this text. */
async function bundleOf(text: string): Promise<string> {
  const bundle = path.join(await folder(), 'bundle');
  await mkdir(bundle);
  await writeFile(path.join(bundle, 'inspection.yaml'), text);
  return bundle;
}

const loads = async () => (await database.db.selectFrom('core.load').select('load_id').execute()).length;

describe('load refuses with exit code 1 and one message', () => {
  test('a path that does not exist', async () => {
    const nowhere = path.join(home, 'nowhere');
    expect(await load(nowhere)).toEqual({
      code: 1,
      stdout: '',
      stderr: `${nowhere} can't be read: there is no such file: correct the path or put the file there.\n`,
    });
  });

  test('a folder without a bundle', async () => {
    const empty = await folder();
    expect(await load(empty)).toEqual({
      code: 1,
      stdout: '',
      stderr: `${empty} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).\n`,
    });
  });

  test('a file that is not YAML, naming line and column', async () => {
    const bundle = await bundleOf('service:\n  name: Wigan\nedition: [2018\n');
    const { code, stdout, stderr } = await load(bundle);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^\S+\/inspection\.yaml can't be read\.\n {2}\S+\/inspection\.yaml:4:1: not valid YAML: .+\n$/,
    );
  });

  test('a bundle with a wrong value, naming its line and column, and loads none of the others with it', async () => {
    const text = await readFile(path.join(wigan, 'inspection.yaml'), 'utf8');
    const at = text.split('\n').findIndex((line) => line.startsWith('edition:')) + 1;
    const wrong = await bundleOf(text.replace(/^edition:.*$/m, 'edition: 2019'));
    const changed = await bundleOf(`${text}\n# changed\n`);
    const before = await loads();
    const { code, stdout, stderr } = await load(changed, wrong);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`${wrong}/inspection.yaml:${at}:1: edition 2019 is not known`);
    expect(stderr).toContain('nothing was loaded');
    expect(stderr).not.toContain('    at ');
    expect(await loads()).toBe(before);
  });
});

test('load says what became of each bundle, also as JSON', async () => {
  const copy = await bundleOf('');
  await copyFile(path.join(wigan, 'inspection.yaml'), path.join(copy, 'inspection.yaml'));
  expect(await load(copy)).toEqual({
    code: 0,
    stdout: `${copy}: loaded already, nothing changed\n`,
    stderr: '',
  });
  const { code, stdout } = await load(copy, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([{ kind: 'inspection', name: copy, outcome: 'unchanged' }]);
});
