// Mutation testing of the money, time and attribution code: `npm run mutate`. What survives means the same as what stands:
// - amounts.ts, `text ?? ''` and the empty catch: any text that is no number is refused alike, and nothing returns nothing.
// - charge-period.ts, `<` to `<=`: of two periods with one start either is as long.
// - group-by.ts, the sort, `<` to `<=`: keys are unique.
// - project-usage.ts, where all lines fit exactly: folding none is the same.
// - the sorts of owners and resources, `<` to `<=`: no two of them are equal.
// - user-breakdown.ts, `session: false` of the folded rest: nothing asks after it.
// - aggregate-rest.ts, `lines.length <= limit`: a shortcut past the sort, with the same answer.
export default {
  testRunner: 'jest',
  jest: { configFile: 'test/support/jest.mutation.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: [
    'lambdas/domain/amounts.ts',
    'lambdas/domain/charge-period.ts',
    'lambdas/metrics/aggregate-rest.ts',
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
