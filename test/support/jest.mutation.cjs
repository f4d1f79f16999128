// The tests that a mutant of the money, time and attribution code must not survive: fast, and without servers.
const { globalSetup: _, ...config } = require('../../jest.config.cjs');

module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: [
    '<rootDir>/test/lambdas/{domain/*,metrics/{aggregate-rest,check-samples,group-by},collectors/*}.test.ts',
  ],
};
