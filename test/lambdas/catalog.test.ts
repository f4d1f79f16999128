import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings } from '../../lambdas/catalog/function-settings';
import { groupedBy, JOBS } from '../../lambdas/catalog/jobs';
import { LABEL_VALUES, type LabelValueDefinition } from '../../lambdas/catalog/label-values';
import { LABELS, METRICS, type MetricDefinition } from '../../lambdas/catalog/metrics';
import { REGIONS } from '../../lambdas/catalog/regions';
import { SETTINGS } from '../../lambdas/catalog/settings';

test('the catalog has the Regions of aws-cdk-lib', () => {
  expect(REGIONS).toEqual(RegionInfo.regions.map(({ name }) => name).sort());
});

test('every job is pushed by a collector or is a health job, and has metrics', () => {
  const pushed = [
    ...Object.values(COLLECTORS).flatMap(({ jobs }) => Object.keys(jobs)),
    'tollgate',
    'tollgate_success',
  ];
  expect(pushed.sort()).toEqual(Object.keys(JOBS).sort());
  expect([...new Set(Object.values(METRICS).flatMap(({ jobs }) => [...jobs]))].sort()).toEqual(
    Object.keys(JOBS).sort(),
  );
});

test('no row has an action on the ledger: rows are also the roles of members, and the ledger is in the function’s account', () => {
  const actions = Object.values(COLLECTORS).flatMap((row): readonly string[] => row.actions);
  expect(actions.filter((action) => action.startsWith('dynamodb:'))).toEqual([]);
});

test('every setting is read by a function, or by the stack, the price, the alerts or the exporter', () => {
  const all = Object.fromEntries(Object.keys(SETTINGS.entries).map((key) => [key, 'set'])) as never;
  const collectors = Object.keys(COLLECTORS) as CollectorName[];
  const read = collectors.flatMap((collector) => Object.keys(functionSettings(collector, all)));
  const elsewhere = [
    'hours',
    'timeZone',
    'logRetentionDays',
    'alarmTopicArn',
    'reservedConcurrency',
    'vpc',
    'budgetUsd',
    'gapTolerance',
    'serve',
  ];
  const deprecated = ['pushgateway'];
  expect([...new Set([...read, ...elsewhere, ...deprecated])].sort()).toEqual(
    Object.keys(SETTINGS.entries).sort(),
  );
});

test.each(Object.entries(METRICS))(
  '%s: the labels include the keys of its jobs, and no date or amount',
  (_, { labels, jobs }) => {
    const key = jobs.flatMap((job) => [...groupedBy(job), ...(JOBS[job].perRegion ? ['region'] : [])]);
    expect(labels).toEqual(expect.arrayContaining(key));
    expect(labels.filter((label) => /cost|usd|date|time/i.test(label))).toEqual([]);
  },
);

test.each(Object.keys(METRICS))('%s is named by a collector or by the health of a run', (name) => {
  expect(SOURCES.some((source) => source.includes(`'${name}'`))).toBe(true);
});

/** Sources that make samples. A metric that none of them names would never be pushed, and its alerts would never fire. */
const SOURCES = ['lambdas/run/health.ts', 'lambdas/metrics', 'lambdas/collectors']
  .flatMap((place) => filesIn(path.join(__dirname, '..', '..', place)))
  .map((file) => readFileSync(file, 'utf8'));

function filesIn(place: string): string[] {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('digest'))
    .map((file) => path.join(place, file));
}

test.each(Object.keys(METRICS))('the name of %s follows Prometheus’ conventions for gauges', (name) => {
  expect(name).toMatch(/^(aws|tollgate)_[a-z_]+$/);
  expect(name).not.toMatch(/_total$/);
});

test.each(Object.entries<Readonly<Record<string, LabelValueDefinition>>>(LABEL_VALUES))(
  'the values of %s belong to a label, and each meaning is a sentence',
  (label, values) => {
    expect(Object.keys(LABELS)).toContain(label);
    for (const [value, { meaning }] of Object.entries(values)) {
      expect(value).toMatch(/^[a-z_]+$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
    }
  },
);

test('no metric is a summary, because bundles omit the code of summaries', () => {
  const summaries = Object.entries<MetricDefinition>(METRICS).filter(([, { type }]) => type === 'summary');
  expect(summaries).toEqual([]);
});
