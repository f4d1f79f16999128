// Mutation testing of the money, time and attribution code: `npm run mutate`. These mutants survive because they are equivalent:
// - amounts.ts, `text ?? ''` and the empty catch: every string that is not a number is rejected, and both return undefined.
// - charge-period.ts, `<` to `<=`: two periods with the same start are equally long.
// - group-by.ts, the sort, `<` to `<=`: keys are unique.
// - project-usage.ts, where all lines fit exactly: aggregating no line has the same result.
// - the sorts of owners and resources, `<` to `<=`: no two of them are equal.
// - user-breakdown.ts, `session: false` of the aggregated rest: no code reads it.
// - aggregate-rest.ts, `rows.length <= limit`: a shortcut past the sort, with the same result.
export default {
  testRunner: 'jest',
  jest: { configFile: 'test/support/jest.mutation.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: [
    'lambdas/domain/amounts.ts',
    'lambdas/domain/charge-period.ts',
    'lambdas/metrics/aggregate-rest.ts',
    'lambdas/metrics/check-samples.ts',
    'lambdas/metrics/group-by.ts',
    'lambdas/collectors/accounts/month-groups.ts',
    'lambdas/collectors/projects/project-costs.ts',
    'lambdas/collectors/projects/project-usage.ts',
    'lambdas/collectors/services/region-services.ts',
    'lambdas/collectors/user-costs/attribution.ts',
    'lambdas/domain/regions.ts',
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
