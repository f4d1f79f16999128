import { Counter, Gauge, Histogram, Summary } from '../../../lambdas';
import { filledGroups } from '../../../lambdas/own/filled-groups';
import type { OwnGroup } from '../../../lambdas/own/own-collector';
import { ACCOUNT, registeredText } from '../../support/exposition';

const OWNER = { name: 'queue-depth', accountId: ACCOUNT, signal: new AbortController().signal };

test('a group has all four types of metrics, in a registry of its own', async () => {
  const { texts, failures } = await fill({
    job: 'queues',
    groupingKey: { queue: 'orders' },
    fill: async (registry) => {
      const registers = [registry];
      new Gauge({ name: 'queue_messages', help: 'Messages.', registers }).set(12);
      new Counter({ name: 'queue_sent_total', help: 'Sent.', labelNames: ['by'], registers }).inc(
        { by: 'a' },
        3,
      );
      new Histogram({ name: 'queue_wait_seconds', help: 'Wait.', buckets: [1], registers }).observe(0.5);
      new Summary({ name: 'queue_size_bytes', help: 'Size.', percentiles: [0.5], registers }).observe(100);
    },
  });
  expect(failures).toEqual([]);
  expect(texts).toEqual([
    `{"job":"queues","account_id":"111122223333","queue":"orders"}
# HELP queue_messages Messages.
# TYPE queue_messages gauge
queue_messages 12

# HELP queue_sent_total Sent.
# TYPE queue_sent_total counter
queue_sent_total{by="a"} 3

# HELP queue_wait_seconds Wait.
# TYPE queue_wait_seconds histogram
queue_wait_seconds_bucket{le="1"} 1
queue_wait_seconds_bucket{le="+Inf"} 1
queue_wait_seconds_sum 0.5
queue_wait_seconds_count 1

# HELP queue_size_bytes Size.
# TYPE queue_size_bytes summary
queue_size_bytes{quantile="0.5"} 100
queue_size_bytes_sum 100
queue_size_bytes_count 1
`,
  ]);
});

test('the job is the name of the collector by default, and the size is the number of series', async () => {
  const { groups } = await filledGroups(OWNER, [gauges({ a: 1, b: 2 })]);
  expect(groups).toMatchObject([{ job: 'queue-depth', groupingKey: { account_id: ACCOUNT }, size: 2 }]);
});

test('a metric with a function collect has one value for every sink', async () => {
  let calls = 0;
  const { groups } = await filledGroups(OWNER, [
    {
      fill(registry) {
        new Gauge({
          name: 'calls',
          help: 'Calls.',
          registers: [registry],
          collect() {
            calls += 1;
            this.set(calls);
          },
        });
      },
    },
  ]);
  const texts = await Promise.all([...groups, ...groups].map(registeredText));
  expect(texts.map((text) => text.trim().split(' ').at(-1))).toEqual(['1', '1']);
});

test('the snapshot of a counter has a valid name in OpenMetrics', async () => {
  const { groups } = await filledGroups(OWNER, [
    {
      fill: (registry) => new Counter({ name: 'sent_total', help: 'Sent.', registers: [registry] }).inc(2),
    },
  ]);
  const registry = groups[0]?.registry as unknown as {
    setContentType(type: string): void;
    metrics(): Promise<string>;
  };
  registry.setContentType('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(await registry.metrics()).toBe('# HELP sent Sent.\n# TYPE sent counter\nsent_total 2\n# EOF\n');
});

test('a group that fails does not stop the others', async () => {
  const broken: OwnGroup = {
    job: 'broken',
    fill: async () => {
      throw new Error('no such queue');
    },
  };
  const { groups, failures } = await filledGroups(OWNER, [broken, gauges({ a: 1 })]);
  expect(groups.map(({ job }) => job)).toEqual(['queue-depth']);
  expect(failures).toEqual([{ part: 'group', subject: 'broken', reason: 'other', message: 'no such queue' }]);
});

test.each<[string, OwnGroup, string]>([
  [
    'no metric',
    { fill: () => new Gauge({ name: 'elsewhere', help: 'x' }).set(1) },
    "expected metrics in the group's registry, got none: make each with registers: [registry]",
  ],
  [
    'a value that is not finite',
    gauges({ a: Number.NaN }),
    'queue_messages{"queue_name":"a"}: expected a finite value, got NaN',
  ],
  [
    'a metric of the catalog',
    { fill: (registry) => new Gauge({ name: 'aws_resources', help: 'x', registers: [registry] }).set(1) },
    'expected a metric that Tollgate does not have itself, got aws_resources',
  ],
  [
    'a label that the grouping key overwrites',
    { ...gauges({ a: 1 }), groupingKey: { queue_name: 'b' } },
    'queue_messages{"queue_name":"a"}: expected label queue_name="b", the value in the grouping key',
  ],
  [
    'an empty job',
    { ...gauges({ a: 1 }), job: '' },
    'job: expected a name such as queue_depth, got an empty string',
  ],
  [
    'a job of the catalog',
    { ...gauges({ a: 1 }), job: 'TaggingResourceList_eu-west-1' },
    'job: expected a name that none of Tollgate\'s jobs has, got "TaggingResourceList_eu-west-1": TaggingResourceList is a job of Tollgate',
  ],
  [
    'a health job',
    { ...gauges({ a: 1 }), job: 'tollgate' },
    'job: expected a name that none of Tollgate\'s jobs has, got "tollgate": tollgate is a job of Tollgate',
  ],
  [
    'a reserved label',
    { ...gauges({ a: 1 }), groupingKey: { job: 'b' } },
    'groupingKey: expected labels without job, which Tollgate sets itself',
  ],
  [
    'an invalid label',
    { ...gauges({ a: 1 }), groupingKey: { 'queue-name': 'b' } },
    'groupingKey: expected labels of letters, digits and underscores such as queue, got "queue-name"',
  ],
  [
    'a value that is no string',
    { ...gauges({ a: 1 }), groupingKey: { queue: 1 as unknown as string } },
    'groupingKey: queue: expected a string, got a value of type number',
  ],
])('a group with %s is a failure', async (_, group, message) => {
  const { groups, failures } = await filledGroups(OWNER, [group]);
  expect(groups).toEqual([]);
  expect(failures.map((failure) => failure.message)).toEqual([message]);
});

test('two groups of one name are a failure, and the first is kept', async () => {
  const { groups, failures } = await filledGroups(OWNER, [gauges({ a: 1 }), gauges({ b: 1 })]);
  expect(groups).toHaveLength(1);
  expect(failures.map(({ message }) => message)).toEqual([
    'expected one group of each name, got two of ["queue-depth",[["account_id","111122223333"]]]',
  ]);
});

async function fill(...own: OwnGroup[]) {
  const { groups, failures } = await filledGroups(OWNER, own);
  return { texts: await Promise.all(groups.map(registeredText)), failures };
}

function gauges(depths: Readonly<Record<string, number>>): OwnGroup {
  return {
    fill(registry) {
      const gauge = new Gauge({
        name: 'queue_messages',
        help: 'Messages.',
        labelNames: ['queue_name'],
        registers: [registry],
      });
      for (const [queue_name, depth] of Object.entries(depths)) gauge.set({ queue_name }, depth);
    },
  };
}
