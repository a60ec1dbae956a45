import { configDefaults, defineConfig } from 'vitest/config';

const long = ['test/long/**/*.test.ts'];

/** What goes on around the domain. */
const system = ['test/system/**/*.test.ts'];

// npm test, npm run test:system and npm run test:long; without a mode any file can be run by its name.
const suites: Record<string, { include: string[]; exclude?: string[] }> = {
  domain: { include: ['test/**/*.test.ts'], exclude: [...system, ...long] },
  system: { include: system },
  // The system's once more, and the attack on small numbers: all of what the others try a sample of.
  long: { include: [...long, ...system, 'test/small-numbers/attack.test.ts'] },
};

export default defineConfig(({ mode }) => {
  const { include, exclude = [] } = suites[mode] ?? { include: ['test/**/*.test.ts'] };
  return {
    test: {
      include,
      exclude: [...configDefaults.exclude, ...exclude],
      globalSetup: 'test/support/server.ts',
      provide: { isInFull: mode === 'long' },
      // What starts servers and programs waits for whatever else a machine does.
      testTimeout: mode === 'domain' ? 60_000 : 120_000,
      hookTimeout: 120_000,
      // A kill that has to meet its moment may miss it on a busy machine: it is tried once more.
      retry: mode === 'domain' ? 0 : 1,
      // Files share what they import, which costs more than most of them do; each has a database of its own.
      isolate: false,
      // On two cores: much of a test's time is waiting, for a server, a command or a lock.
      maxWorkers: 3,
    },
  };
});
