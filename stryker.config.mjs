// Mutation testing of the code that a wrong number, a lost push or a run without an end would come from: `npm run mutate`.
// These mutants survive because they are equivalent:
// - amounts.ts, `text ?? ''` and the empty catch: every string that is not a number is rejected, and both return undefined.
// - charge-period.ts, `<` to `<=`: two periods with the same start are equally long.
// - group-by.ts, the sort, `<` to `<=`: keys are unique.
// - project-usage.ts, where all lines fit exactly: aggregating no line has the same result.
// - the sorts of owners and resources, `<` to `<=`: no two of them are equal.
// - user-breakdown.ts, `session: false` of the aggregated rest: no code reads it.
// - aggregate-rest.ts, `rows.length <= limit`: a shortcut past the sort, with the same result.
// - check-input.ts, `?.` and `??` of a path: a check of several keys always has one, and no pattern matches the string without one.
// - error-kind.ts, the two empty defaults: no kind has such a name, and no denial such a message.
// - distinct-series.ts, the sort, `<` to `<=`: the labels of one sample have distinct names.
// - group-body.ts, the number of series from which the text is streamed: both ways compress the same text.
// - left-behind.ts, where nothing is left: a change without items sends nothing.
// - shown-value.ts, the start of the URL's pattern: every part of the pattern is optional, so it matches there.
// - answer-format.ts, optional chaining: an answer that the SDK has read has headers.
// - pushgateway.ts, the method GET to the empty string: Node.js sends GET.
// One is not, and has no test: http-exchange.ts, EPIPE. Which of two codes a lost connection has is a race in Node.js.
export default {
  testRunner: 'jest',
  jest: { configFile: 'test/support/jest.mutation.cjs' },
  coverageAnalysis: 'perTest',
  mutate: [
    'lambdas/domain/{amounts,charge-period,regions}.ts',
    'lambdas/metrics/{aggregate-rest,check-samples,distinct-series,exposition,group-by,registry}.ts',
    'lambdas/collectors/accounts/month-groups.ts',
    'lambdas/collectors/projects/{project-costs,project-usage}.ts',
    'lambdas/collectors/services/region-services.ts',
    'lambdas/collectors/user-costs/{attribution,days,user-breakdown,resource-breakdown}.ts',
    'lambdas/run/*.ts',
    'lambdas/{lambda-handler,event,read-settings,failure}.ts',
    'lambdas/ledger/{decide,dynamo-store,file-store,left-behind,series-memory,take-run}.ts',
    'lambdas/aws/{access,request-meter,cost-explorer,error-kind}.ts',
    'lambdas/aws/{answer-error,answer-format,answered-periods,bounded-body,pages}.ts',
    'lambdas/aws/{enabled-regions,resource-costs,tagged-resources}.ts',
    'lambdas/sinks/{answers,flaky-gateway,group-body,http-exchange,pushgateway,retries,stored-groups}.ts',
    'lambdas/sinks/remote-write/*.ts',
    'lambdas/catalog/{actions,check-input,function-settings,ledger,shown-value,trust,schedule}.ts',
    'lib/price.ts',
  ],
  ignorePatterns: ['cdk.out', '.cache', 'docs'],
  tsconfigFile: 'none', // it would be rewritten with the API of TypeScript before 7
  tempDirName: '.cache/stryker',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  timeoutMS: 10_000, // most tests use sockets: a busy machine must not count as a killed mutant
};
