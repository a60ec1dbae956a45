import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { everyTarget, type Ground, type Target, tried } from '../../scripts/fuzz/any-file.js';
import { manyCalls, wrongWith } from '../../scripts/fuzz/calls.js';
import { manyFiles, type Tries, tryFiles, withGround } from '../../scripts/fuzz/ground.js';
import { UserError } from '../../src/problem.js';

// Whatever is given to a reader of files, or to the command line: done, and the database is sound; or refused in a user's
// words, and nothing has changed. A little of it, of seeds that are always the same; FUZZ_SEED chooses another for the second.
// FUZZ_FILES and FUZZ_CALLS say how many; scripts/fuzz.ts goes on for as long as it is told to.
const seeds = [1, Number(process.env.FUZZ_SEED ?? 2)];
const files = Number(process.env.FUZZ_FILES ?? 34);
const calls = Number(process.env.FUZZ_CALLS ?? 6);

const server = () => ({ adminUrl: inject('adminUrl'), template: inject('template') });
let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-any-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe.each(seeds)('of seed %i', (seed) => {
  const timeout = 120_000 + 5000 * Math.max(files, calls);
  test('any files', { timeout }, async () => {
    const tries = await manyFiles(server(), { seed, home, reports: 2, isOver: (done) => done >= files });
    report(`files, seed ${seed}`, tries, files);
  });

  test('any calls', { timeout }, async () => {
    const tries = await manyCalls(server(), { seed, home, isOver: (done) => done >= calls });
    report(`calls, seed ${seed}`, tries, calls);
  });
});

function report(what: string, { done, refused, wrong }: Tries, wanted: number): void {
  console.log(`${what}: ${done} done, ${refused} refused, ${wrong.length} wrong`);
  expect(wrong.map(({ target, number, why }) => `${what}, number ${number}: ${target}: ${why}`)).toEqual([]);
  expect(done + refused).toBe(wanted);
}

describe('what is looked for is found', () => {
  const good: Target = { name: 'made up', files: { a: Buffer.from('a') }, use: async () => {} };
  const wrong = (use: Target['use']): Promise<Tries> =>
    withGround(server(), async (ground) => {
      const tries: Tries = { done: 0, refused: 0, wrong: [] };
      await tryFiles({ ...good, use }, 1, { ground, home, tries });
      return tries;
    });

  test.each<[string, (folder: string, ground: Ground) => Promise<unknown>, RegExp]>([
    [
      'a TypeError',
      async () => {
        throw new TypeError('x is not a function');
      },
      /no user's error/,
    ],
    [
      'a word of the program',
      async () => {
        throw new UserError('the rating is undefined');
      },
      /no user's words/,
    ],
    [
      'an exit code of another thing',
      async () => {
        throw new UserError('no', 3);
      },
      /exit code 3/,
    ],
    [
      'half a load',
      async (_, { db }) => {
        await db.updateTable('core.inspection').set({ title: 'half' }).execute();
        throw new UserError('no');
      },
      /left something behind/,
    ],
    [
      'a result that is not what the evidence gives',
      (_, { db }) => db.updateTable('result.overall').set({ score: 3 }).execute(),
      /kept is not what is computed/,
    ],
  ])('%s', { timeout: 60_000 }, async (_, use, why) => {
    const { done, wrong: found } = await wrong(use);
    expect(found.map((one) => one.why).join()).toMatch(why);
    expect(done).toBe(found.length === 0 ? 1 : 0);
  });

  test.each<[number | null, string, RegExp | undefined]>([
    [0, '', undefined],
    [1, 'no such file', undefined],
    [1, '', /without a word/],
    [null, '', /hangs/],
    [134, 'heap', /exit code 134/],
    [1, 'TypeError: x', /no words for a user/],
    [1, 'x\n    at y (z.js:1:2)', /no words for a user/],
    [3, "can't be reached", /exit code 3/],
  ])('a call that ends with %s: %s', (code, said, why) => {
    if (why) expect(wrongWith({ code, said })).toMatch(why);
    else expect(wrongWith({ code, said })).toBeUndefined();
  });

  test('every reader takes the good files', { timeout: 120_000 }, async () => {
    await withGround(server(), async (ground) => {
      const targets = await everyTarget(ground, home, { reports: 1 });
      expect(targets).toHaveLength(17);
      // What differs in packing alone is one and the same to a restore, which takes long.
      for (const target of targets.filter(({ name }) => !name.startsWith('backup,')))
        expect([target.name, await tried(target, target.files, ground, home)]).toEqual([target.name, 'done']);
    });
  });
});
