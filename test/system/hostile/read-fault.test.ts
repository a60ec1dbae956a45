import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type * as program from '../../../src/cli/main.js';
import type * as findings from '../../../src/read/claims/findings.js';
import { testFolder } from '../../support/bundles.js';
import { editionOf, smallReport } from '../../support/small-report.js';

const files = testFolder();
let main: typeof program.main;

// A part of the reader that has a fault, and falls over a report of one name. Other files import the sound one.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('../../../src/read/claims/findings.js', async (original) => {
    const sound = await original<typeof findings>();
    const recommendationClaims: typeof sound.recommendationClaims = (outline) => {
      if (outline.file.endsWith('b.txt'))
        throw new TypeError("Cannot read properties of undefined (reading 'cells')\nand more");
      return sound.recommendationClaims(outline);
    };
    return { ...sound, recommendationClaims };
  });
  ({ main } = await import('../../../src/cli/main.js'));
});
afterAll(() => {
  vi.doUnmock('../../../src/read/claims/findings.js');
  vi.resetModules();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Reads a folder of three reports, of which one is read with a fault. */
async function read(args: (folder: string) => string[]) {
  const report = smallReport(await editionOf('2021'));
  const names = ['a.txt', 'b.txt', 'c.txt'];
  const folder = await files.folder(Object.fromEntries(names.map((name) => [name, `${report}${name}\n`])));
  const printed = { folder, exit: 0, stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  printed.exit = await main(['read', folder, ...args(folder)]);
  return printed;
}

test('a report that the program falls over is named, and the others are read', async () => {
  const { folder, exit, stdout, stderr } = await read((home) => ['--to', path.join(home, 'bundles')]);
  expect(exit).toBe(1);
  expect(stderr).toBe(
    `${path.join(folder, 'b.txt')} could not be read: the program has a fault (TypeError: Cannot read properties of undefined (reading 'cells')). Please report it, and name this file; YOT_RATINGS_DEBUG=1 shows where it is.\n`,
  );
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('2 reports read, 1 refused');
  expect((await readdir(path.join(folder, 'bundles'))).sort()).toEqual(['a', 'c']);
});
