import {
  Counter,
  exposition,
  Gauge,
  Histogram,
  ownCollector,
  type Registry,
  Summary,
} from '../../../lambdas';

test('a Counter has inc, with and without an amount', async () => {
  const text = await expositionOf(({ registers }) => {
    const sent = new Counter({ name: 'queue_sent_total', help: 'Sent.', registers });
    sent.inc();
    sent.inc(41);
  });
  expect(text).toContain('\n# TYPE queue_sent_total counter\nqueue_sent_total 42\n');
});

test('a Gauge has set, inc and dec', async () => {
  const text = await expositionOf(({ registers }) => {
    const messages = new Gauge({ name: 'queue_messages', help: 'Messages.', registers });
    messages.set(10);
    messages.inc();
    messages.inc(4);
    messages.dec();
    messages.dec(2.5);
  });
  expect(text).toContain('\n# TYPE queue_messages gauge\nqueue_messages 11.5\n');
});

test('a Gauge has setToCurrentTime, in Unix seconds', async () => {
  const from = Date.now() / 1000;
  const text = await expositionOf(({ registers }) => {
    new Gauge({ name: 'queue_read_timestamp_seconds', help: 'Read.', registers }).setToCurrentTime();
  });
  const [, seconds] = /^queue_read_timestamp_seconds ([\d.]+)$/m.exec(text) ?? [];
  expect(Number(seconds)).toBeGreaterThanOrEqual(from);
  expect(Number(seconds)).toBeLessThanOrEqual(Date.now() / 1000);
});

test('a Histogram has observe, buckets, a sum and a count', async () => {
  const text = await expositionOf(({ registers }) => {
    const wait = new Histogram({ name: 'queue_wait_seconds', help: 'Wait.', buckets: [1, 5], registers });
    for (const seconds of [0.5, 3, 9]) wait.observe(seconds);
  });
  expect(text.split('\n').filter((line) => line.startsWith('queue_wait'))).toEqual([
    'queue_wait_seconds_bucket{le="1"} 1',
    'queue_wait_seconds_bucket{le="5"} 2',
    'queue_wait_seconds_bucket{le="+Inf"} 3',
    'queue_wait_seconds_sum 12.5',
    'queue_wait_seconds_count 3',
  ]);
});

test('a Summary has observe, quantiles, a sum and a count', async () => {
  const text = await expositionOf(({ registers }) => {
    const size = new Summary({ name: 'queue_size_bytes', help: 'Size.', percentiles: [0.5], registers });
    for (const bytes of [100, 200, 300]) size.observe(bytes);
  });
  expect(text.split('\n').filter((line) => line.startsWith('queue_size'))).toEqual([
    'queue_size_bytes{quantile="0.5"} 200',
    'queue_size_bytes_sum 600',
    'queue_size_bytes_count 3',
  ]);
});

test('a series has the labels of its metric', async () => {
  const text = await expositionOf(({ registers }) => {
    const labelNames = ['state', 'region'] as const;
    const messages = new Gauge({ name: 'queue_messages', help: 'Messages.', labelNames, registers });
    messages.set({ state: 'waiting', region: 'eu-west-1' }, 7);
    messages.labels('failed', 'eu-west-1').inc(2);
  });
  expect(text).toContain('queue_messages{state="waiting",region="eu-west-1"} 7\n');
  expect(text).toContain('queue_messages{state="failed",region="eu-west-1"} 2\n');
});

test('groups have separate registries and grouping keys, so one metric may be in several', async () => {
  const collector = ownCollector({
    name: 'queues',
    collect: () =>
      ['orders', 'mails'].map((queue) => ({
        groupingKey: { queue },
        fill: (registry) =>
          new Gauge({ name: 'queue_messages', help: 'Messages.', registers: [registry] }).set(queue.length),
      })),
  });
  const text = await exposition(collector);
  expect(text.split('\n').filter((line) => /^(# group|queue_)/.test(line))).toEqual([
    '# group {"job":"queues","account_id":"000000000000","queue":"orders"}',
    'queue_messages 6',
    '# group {"job":"queues","account_id":"000000000000","queue":"mails"}',
    'queue_messages 5',
  ]);
});

/** Returns the text of an own collector with one group. */
function expositionOf(fill: (options: { readonly registers: Registry[] }) => void): Promise<string> {
  const groups = [{ fill: (registry: Registry) => fill({ registers: [registry] }) }];
  return exposition(ownCollector({ name: 'queues', collect: () => groups }));
}
