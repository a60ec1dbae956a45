import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/server.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // On two cores: much of a test's time is waiting, for a server, a command or a lock.
    maxWorkers: 3,
  },
});
