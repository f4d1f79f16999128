// The tests that a mutant must not survive: fast, without servers of others and without child processes.
const { globalSetup: _, ...fast } = require('../../jest.config.cjs').projects[0];

module.exports = {
  ...fast,
  rootDir: '../..',
  roots: ['<rootDir>/lambdas', '<rootDir>/lib', '<rootDir>/test'], // jest finds the tests of a file by its imports
  testMatch: [
    '<rootDir>/test/lambdas/*.test.ts',
    '<rootDir>/test/lambdas/aws/{access,answer-format,cost-explorer,error-kind,inventories,request-meter,resource-costs}.test.ts',
    '<rootDir>/test/lambdas/collectors/*.test.ts',
    '<rootDir>/test/lambdas/domain/*.test.ts',
    '<rootDir>/test/lambdas/ledger/*.test.ts',
    '<rootDir>/test/lambdas/metrics/{aggregate-rest,check-samples,group-by,registry}.test.ts',
    '<rootDir>/test/lambdas/sinks/*.test.ts',
    '<rootDir>/test/lib/{config,price}.test.ts',
  ],
};
