// The tests that a mutant of the money, time and attribution code must not survive: fast, and without servers.
const { globalSetup: _, ...fast } = require('../../jest.config.cjs').projects[0];

module.exports = {
  ...fast,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/lambdas/{domain/{usd,charge-period},metrics/fold,collectors/*}.test.ts'],
};
