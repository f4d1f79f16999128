const { availableParallelism } = require('node:os');

/*
 * Where a test goes, by the name of its file:
 * `*.test.ts`       fast: everything that needs no world of its own; on two cores all of them take half a minute at most.
 * `*.slow.test.ts`  slow: a file that takes more than about five seconds; `npm test` runs it.
 * `*.long.test.ts`  long: the same tests with large counts, for minutes; run on request, by `npm run long`.
 */
const project = (name, options) => ({
  displayName: name,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transform.cjs' },
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  globalSetup: '<rootDir>/test/support/fetch-programs.ts', // runs once, though each project names it
  setupFiles: ['<rootDir>/test/support/process-environment.cjs'],
  setupFilesAfterEnv: ['<rootDir>/test/support/every-test-file.ts'],
  ...options,
});

module.exports = {
  maxWorkers: Math.ceil(availableParallelism() * 1.5), // much of a suite is waiting for servers
  maxConcurrency: 10, // rows of the scorecard mostly wait
  projects: [
    project('fast', {
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(slow|long)\\.test\\.ts$'],
    }),
    project('slow', { testMatch: ['**/*.slow.test.ts'] }),
    project('long', { testMatch: ['**/*.long.test.ts'] }),
  ],
};
