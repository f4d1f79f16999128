// The tests that a mutant of the money, time and attribution code must not survive: fast, and without servers.
const { globalSetup: _, ...fast } = require('../../jest.config.cjs').projects[0];

module.exports = {
  ...fast,
  rootDir: '../..',
  testMatch: [
    '<rootDir>/test/lambdas/{domain/*,metrics/{aggregate-rest,check-samples,group-by},collectors/*}.test.ts',
  ],
};
