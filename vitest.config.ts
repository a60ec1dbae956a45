import { defineConfig } from 'vitest/config';

// npm test runs all but test/system and test/long, npm run test:system those of test/system, npm run test:long both of them in full.
export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/server.ts',
    provide: { isInFull: mode === 'long' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Files share what they import, which costs more than most of them do; each has a database of its own.
    isolate: false,
    // On two cores: much of a test's time is waiting, for a server, a command or a lock.
    maxWorkers: 3,
  },
}));
