const { availableParallelism } = require('node:os');

/*
 * The name of a test's file says when the test runs:
 * `*.test.ts`       fast: all of these files together take half a minute on two idle cores. `npm run watch` runs them.
 * `*.slow.test.ts`  slow: a file that takes more than about ten seconds on its own, or waits for servers to scrape,
 *                   start and end. `npm test` runs fast and slow.
 * `*.long.test.ts`  long: a slow test with counts that only a release needs, in minutes: ten thousand hostile
 *                   expositions, five thousand users, three hundred runs into one gateway, ninety days of proof.
 *                   `npm run long` runs them, and `npm run scorecard` those of the scorecard.
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
