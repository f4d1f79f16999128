// Mutation testing of the money, time and attribution code: `npm run mutate`.
export default {
  testRunner: 'jest',
  jest: { configFile: 'test/support/jest.mutation.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: [
    'lambdas/aws/usd.ts',
    'lambdas/aws/charge-period.ts',
    'lambdas/metrics/fold.ts',
    'lambdas/collectors/user-costs/attribution.ts',
    'lambdas/collectors/user-costs/by-region.ts',
    'lambdas/collectors/user-costs/days.ts',
    'lambdas/collectors/user-costs/user-breakdown.ts',
    'lambdas/collectors/user-costs/resource-breakdown.ts',
  ],
  ignorePatterns: ['cdk.out', '.cache', 'docs'],
  tsconfigFile: 'none', // it would be rewritten with the API of TypeScript before 7
  tempDirName: '.cache/stryker',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
};
