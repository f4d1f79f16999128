module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  maxWorkers: '100%', // much of a suite is waiting for servers
  maxConcurrency: 10, // rows of the scorecard mostly wait
  testTimeout: 90_000, // a fresh Prometheus waits five seconds before its first scrape, and CI machines are busy
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transform.cjs' },
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  globalSetup: '<rootDir>/test/support/fetch-programs.ts',
  setupFiles: ['<rootDir>/test/support/process-environment.cjs'],
};
