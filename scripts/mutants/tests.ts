import path from 'node:path';
import { createVitest } from 'vitest/node';
import { type Ground, names } from './ground.js';
import type { Mutant } from './rules.js';

const folders =
  /^test\/(agreement|analysis|editions|history|inspections|queries|ratings|results|schema|small-numbers|spec|trends)\/|import\/ratings-table\/views/;
// they look at texts, at whether a file has changed, or at what is refused
const leftOut =
  /schema\/(refusals|migrat|large-tables|wrong-rows|register|reader|catalogue|views|view-readers)|bundled-files/;
// what they see in views that they do not speak of, the comparison at once sees too
const takesLong =
  /sql-and-typescript|agreement\/batches|what-if\/properties|distance-agreement|brute-force|recovery|kept/;

/** Tests that are run together, unless an earlier stage has seen the mutant. */
export interface Stage {
  name: string;
  tests: string[];
}

/** Tests that speak of what was changed; those that speak of what stands on it; the others. */
export function orderOf(
  { file }: Mutant,
  texts: ReadonlyMap<string, string>,
  views: ReadonlyMap<string, string>,
  stages: number,
): Stage[] {
  const all = [...texts.keys()].filter((test) => folders.test(test) && !leftOut.test(test));
  const above = new Set([file]);
  for (const one of above)
    for (const [other, text] of views)
      if (new RegExp(`\\b(rating|analytics)\\.${base(one)}\\b`).test(text)) above.add(other);
  const speaking = (files: Iterable<string>) => {
    const words = [...files].map(base).flatMap((name) => [name, camel(name)]);
    return all.filter((test) =>
      words.some((word) => new RegExp(`\\b${word}\\b`).test(texts.get(test) ?? '')),
    );
  };
  const first = file.endsWith('.ts')
    ? all.filter((test) =>
        /test\/(ratings\/(percentage|what-if\/(?!bundled|properties))|spec|agreement\/batches|analysis\/distance-agreement)/.test(
          test,
        ),
      )
    : speaking([file]);
  const second = speaking(above).filter((test) => !first.includes(test));
  const rest = all.filter((test) => !first.includes(test) && !second.includes(test) && !takesLong.test(test));
  const quick = first.filter((test) => !takesLong.test(test));
  const slow = first.filter((test) => takesLong.test(test));
  return [
    { name: 'by tests that speak of it', tests: quick },
    { name: 'by long tests that speak of it', tests: slow },
    { name: 'by tests of what stands on it', tests: second },
    { name: 'by the other tests', tests: rest },
  ]
    .slice(0, stages)
    .flatMap(({ name, tests }) => inParts(tests).map((some) => ({ name, tests: some })));
}

/** Milliseconds that a test file has taken. */
const took = new Map<string, number>();

/** No run of tests is cut off when one fails: the quickest come first, a few by themselves. */
function inParts(tests: readonly string[]): string[][] {
  const sorted = [...tests].sort((a, b) => (took.get(a) ?? 0) - (took.get(b) ?? 0));
  return [sorted.slice(0, 6), sorted.slice(6)].filter((some) => some.length > 0);
}

const base = (file: string) => path.basename(file).replace(/\.\w+$/, '');
const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

export interface Failed {
  file: string;
  test: string;
  message: string;
}

export type TestRunner = Awaited<ReturnType<typeof testRunner>>;

/** One vitest for all mutants: what did not change is read once. */
export async function testRunner({ project, serverUrl }: Ground) {
  process.env.TEST_DATABASE_URL = serverUrl;
  process.env.TEST_TEMPLATE = names.test;
  process.chdir(project);
  const vitest = await createVitest('test', {
    root: project,
    watch: false,
    // reading all that the tests import takes longer than most tests; a mutant gets a worker of its own, which its test files share
    isolate: false,
    maxWorkers: 1,
    // what hangs is seen too
    testTimeout: 60_000,
    reporters: [{}],
  });
  await vitest.standalone();
  const known = await vitest.globTestSpecifications([]);
  return {
    /** The first test that fails, or cannot be run; undefined when none does. */
    async run(files: string[], changed: string): Promise<Failed | undefined> {
      vitest.invalidateFile(changed);
      const wanted = known.filter(({ moduleId }) => files.includes(path.relative(project, moduleId)));
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
      // those of earlier runs are given too
      const ran = testModules.filter(({ moduleId }) => wanted.some((one) => one.moduleId === moduleId));
      for (const module of ran)
        took.set(path.relative(project, module.moduleId), module.diagnostic().duration);
      for (const module of ran) {
        const file = path.relative(project, module.moduleId);
        const [test] = module.children.allTests('failed');
        const [error] = test?.result().errors ?? module.errors();
        const message = error?.message ?? '';
        if (test) return { file, test: `${file}: ${test.fullName}`, message };
        if (module.state() === 'failed') return { file, test: `${file}, which cannot begin`, message };
      }
      return unhandledErrors.length > 0
        ? { file: 'an error', test: 'an error', message: String(unhandledErrors[0]) }
        : undefined;
    },
    forget: (file: string) => vitest.invalidateFile(file),
    close: () => vitest.close(),
  };
}
