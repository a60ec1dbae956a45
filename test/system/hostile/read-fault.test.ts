import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type * as reading from '../../../src/cli/read.js';
import type * as recommendations from '../../../src/read/claims/recommendations.js';
import { editionOf, smallReport } from '../../support/small-report.js';

let readCommand: typeof reading.readCommand;

// A part of the reader that has a fault, and falls over a report of one name. Other files import the sound one.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('../../../src/read/claims/recommendations.js', async (original) => {
    const sound = await original<typeof recommendations>();
    const recommendationClaims: typeof sound.recommendationClaims = (outline) => {
      if (outline.file.endsWith('b.txt'))
        throw new TypeError("Cannot read properties of undefined (reading 'cells')\nand more");
      return sound.recommendationClaims(outline);
    };
    return { ...sound, recommendationClaims };
  });
  ({ readCommand } = await import('../../../src/cli/read.js'));
});
afterAll(() => {
  vi.doUnmock('../../../src/read/claims/recommendations.js');
  vi.resetModules();
});

let folder: string;
const printed = { stdout: '', stderr: '' };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-fault-'));
  const report = smallReport(await editionOf('2021'));
  for (const name of ['a.txt', 'b.txt', 'c.txt'])
    await writeFile(path.join(folder, name), `${report}${name}\n`);
  for (const stream of ['stdout', 'stderr'] as const) {
    printed[stream] = '';
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  }
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function read(...args: string[]): Promise<number> {
  let exit = 0;
  const command = readCommand((code) => {
    exit = code;
  });
  await command.parseAsync([folder, ...args], { from: 'user' });
  return exit;
}

test('a report that the program falls over is named, and the others are read', async () => {
  const to = path.join(folder, 'bundles');
  expect(await read('--to', to)).toBe(1);
  expect(printed.stderr).toBe(
    `${path.join(folder, 'b.txt')} could not be read: the program has a fault (TypeError: Cannot read properties of undefined (reading 'cells')). Please report it, and name this file; YOT_RATINGS_DEBUG=1 shows where it is.\n`,
  );
  expect(printed.stdout.trimEnd().split('\n').at(-1)).toBe('2 reports read, 1 refused');
  expect((await readdir(to)).sort()).toEqual(['a', 'c']);
});

test('--show too; who asks for it gets the stack', async () => {
  vi.stubEnv('YOT_RATINGS_DEBUG', '1');
  expect(await read('--show', 'overall')).toBe(1);
  expect(printed.stdout).toMatch(/a\.txt:\noverall .*c\.txt:\noverall /s);
  expect(printed.stderr).toMatch(/the program has a fault .*\n {4}at .*read-fault\.test\.ts/s);
});
