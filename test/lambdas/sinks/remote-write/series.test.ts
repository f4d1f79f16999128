import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { group } from '../../../../lambdas/metrics/group';
import { registered } from '../../../../lambdas/metrics/registered-group';
import { sample } from '../../../../lambdas/metrics/sample';
import { seriesOf } from '../../../../lambdas/sinks/remote-write/series';

test('job and grouping key become labels, names are sorted, and empty values are omitted', async () => {
  const users = group('IAM_User_Details', { account_id: '1' }, [
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name: 'ana' }, 7),
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name: '' }, 0),
  ]);
  const named = { ...users, groupingKey: { ...users.groupingKey, deployment: 'blue', instance: '' } };
  const series = await seriesOf(registered(named));
  const common = { account_id: '1', deployment: 'blue', job: 'IAM_User_Details' };
  const __name__ = 'aws_iam_user_create_timestamp_seconds';
  expect(series).toEqual([
    { labels: { ...common, __name__, user_name: 'ana' }, value: 7 },
    { labels: { ...common, __name__ }, value: 0 },
  ]);
  expect(series.map(({ labels }) => Object.keys(labels))).toEqual([
    ['__name__', 'account_id', 'deployment', 'job', 'user_name'],
    ['__name__', 'account_id', 'deployment', 'job'],
  ]);
});

test('every type of metric has the series of its exposition', async () => {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({ name: 'g', help: 'h', registers }).set(-1.5);
  new Counter({ name: 'c_total', help: 'h', registers }).inc(2);
  new Histogram({ name: 'h', help: 'h', registers, buckets: [0.5, 10] }).observe(0.7);
  new Summary({ name: 's', help: 'h', registers, percentiles: [0.5] }).observe(4);
  const series = await seriesOf({ job: 'own', groupingKey: {}, registry, size: 4 });
  const job = 'own';
  expect(series).toEqual([
    { labels: { __name__: 'g', job }, value: -1.5 },
    { labels: { __name__: 'c_total', job }, value: 2 },
    { labels: { __name__: 'h_bucket', job, le: '0.5' }, value: 0 },
    { labels: { __name__: 'h_bucket', job, le: '10' }, value: 1 },
    { labels: { __name__: 'h_bucket', job, le: '+Inf' }, value: 1 },
    { labels: { __name__: 'h_sum', job }, value: 0.7 },
    { labels: { __name__: 'h_count', job }, value: 1 },
    { labels: { __name__: 's', job, quantile: '0.5' }, value: 4 },
    { labels: { __name__: 's_sum', job }, value: 4 },
    { labels: { __name__: 's_count', job }, value: 1 },
  ]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'the value %d is an error that names the series',
  async (value) => {
    const registry = new Registry();
    new Gauge({ name: 'g', help: 'h', labelNames: ['a'], registers: [registry] }).set({ a: 'b' }, value);
    await expect(seriesOf({ job: 'own', groupingKey: {}, registry, size: 1 })).rejects.toThrow(
      `job own: g{"a":"b"}: expected a finite value, got ${value}`,
    );
  },
);
