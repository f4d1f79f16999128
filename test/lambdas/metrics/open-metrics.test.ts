import fc from 'fast-check';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { prometheusText } from '../../../lambdas/metrics/exposition';
import { type Family, familiesOf } from '../../../lambdas/metrics/families';
import { type CreatedGroup, openMetrics } from '../../../lambdas/metrics/open-metrics';
import { hostileText } from '../../support/hostile-text';
import { openMetricsFaults, openMetricsSeries } from '../../support/open-metrics';

const CREATED = new Date('2026-03-01T06:00:00.250Z');

const textOf = (groups: readonly CreatedGroup[]) => [...openMetrics(groups)].join('');

const group = (families: readonly Family[], labels: Record<string, string> = { job: 'a' }): CreatedGroup => ({
  labels,
  families,
  createdAt: CREATED,
});

const gauge = (name: string, value: number, labels: Record<string, string> = {}): Family => ({
  name,
  help: 'Help',
  type: 'gauge',
  values: [{ labels, value }],
});

/** Returns the families of a registry that the test fills. */
function families(fill: (registers: Registry[]) => void): Promise<readonly Family[]> {
  const registry = new Registry();
  fill([registry]);
  return familiesOf(registry);
}

test('all types are written with their units, their endings and the time of their creation', async () => {
  const filled = await families((registers) => {
    new Gauge({ name: 'cost_usd', help: 'Say "cost"\\\n', labelNames: ['user'], registers }).set(
      { user: 'al"ice' },
      1.5,
    );
    new Counter({ name: 'runs_total', help: 'Runs', labelNames: ['state'], registers }).inc(
      { state: 'ok' },
      2,
    );
    new Histogram({ name: 'wait_seconds', help: 'Wait', buckets: [0.5, 1, 10], registers }).observe(0.7);
    new Summary({ name: 'size_bytes', help: 'Size', percentiles: [0.5, 1], registers }).observe(3);
  });
  expect(textOf([group(filled, { job: 'a', account_id: '1' })])).toBe(`# TYPE cost_usd gauge
# UNIT cost_usd usd
# HELP cost_usd Say \\"cost\\"\\\\\\n
cost_usd{user="al\\"ice",job="a",account_id="1"} 1.5
# TYPE runs counter
# HELP runs Runs
runs_total{state="ok",job="a",account_id="1"} 2
runs_created{state="ok",job="a",account_id="1"} 1772344800.25
# TYPE wait_seconds histogram
# UNIT wait_seconds seconds
# HELP wait_seconds Wait
wait_seconds_bucket{le="0.5",job="a",account_id="1"} 0
wait_seconds_bucket{le="1.0",job="a",account_id="1"} 1
wait_seconds_bucket{le="10.0",job="a",account_id="1"} 1
wait_seconds_bucket{le="+Inf",job="a",account_id="1"} 1
wait_seconds_count{job="a",account_id="1"} 1
wait_seconds_sum{job="a",account_id="1"} 0.7
wait_seconds_created{job="a",account_id="1"} 1772344800.25
# TYPE size_bytes summary
# UNIT size_bytes bytes
# HELP size_bytes Size
size_bytes{quantile="0.5",job="a",account_id="1"} 3
size_bytes{quantile="1.0",job="a",account_id="1"} 3
size_bytes_count{job="a",account_id="1"} 1
size_bytes_sum{job="a",account_id="1"} 3
size_bytes_created{job="a",account_id="1"} 1772344800.25
# EOF
`);
});

test('a family of several groups is written once, with the labels of each group', () => {
  const groups = [
    group([gauge('m', 1), gauge('other', 2)]),
    group([{ ...gauge('m', 3, { job: 'own', x: 'y' }), help: 'Another help' }], {
      job: 'b',
      constructor: 'c',
    }),
  ];
  expect(textOf(groups)).toBe(`# TYPE m gauge
# HELP m Help
m{job="a"} 1
m{x="y",job="b",constructor="c"} 3
# TYPE other gauge
# HELP other Help
other{job="a"} 2
# EOF
`);
  expect([...prometheusText(groups)].join('')).toBe(`# HELP m Help
# TYPE m gauge
m{job="a"} 1
m{x="y",job="b",constructor="c"} 3

# HELP other Help
# TYPE other gauge
other{job="a"} 2
`);
});

test('groups without families are an exposition', () => {
  expect(textOf([])).toBe('# EOF\n');
});

test('NaN and infinities are written in the words of the formats', () => {
  const groups = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value, i) =>
    group([gauge('m', value)], { job: `${i}` }),
  );
  const lines = ['m{job="0"} NaN', 'm{job="1"} +Inf', 'm{job="2"} -Inf'];
  expect(textOf(groups).split('\n')).toEqual(expect.arrayContaining(lines));
  expect([...prometheusText(groups)].join('').split('\n')).toEqual(expect.arrayContaining(lines));
  expect(openMetricsFaults(textOf(groups))).toEqual([]);
});

test('sums and quantiles below zero are omitted, because they are no counters', async () => {
  const filled = await families((registers) => {
    new Histogram({ name: 'h', help: 'H', buckets: [1], registers }).observe(-2);
    new Histogram({ name: 'bounds', help: 'H', buckets: [-1, 1], registers }).observe(2);
    new Summary({ name: 's', help: 'S', percentiles: [0.5], registers }).observe(-2);
  });
  const text = textOf([group(filled)]);
  expect(openMetricsFaults(text)).toEqual([]);
  expect(openMetricsSeries(text).map(({ name }) => name)).toEqual([
    ...['h_bucket', 'h_bucket', 'h_created'],
    ...['bounds_bucket', 'bounds_bucket', 'bounds_bucket', 'bounds_created'],
    ...['s_count', 's_created'],
  ]);
});

test.each<[string, readonly Family[], string]>([
  [
    'two types',
    [gauge('m', 1), { ...gauge('m', 1), type: 'counter' }],
    'metric m: expected one type, got gauge in {"job":"0"} and counter in {"job":"1"}',
  ],
  [
    'a gauge with the name of a counter',
    [gauge('runs', 1), { ...gauge('runs_total', 1), type: 'counter' }],
    'metric runs_total: expected series names of its own, got runs also from runs',
  ],
  [
    'a gauge with the name of a count',
    [{ ...gauge('wait', 1), type: 'summary' }, gauge('wait_count', 1)],
    'metric wait_count: expected series names of its own, got wait_count also from wait',
  ],
])('%s is an error before anything is written', (_, all, message) => {
  const groups = all.map((family, i) => group([family], { job: `${i}` }));
  expect(() => openMetrics(groups)).toThrow(message);
  expect(() => prometheusText(groups)).toThrow(message);
});

test('the metrics of the process are valid in OpenMetrics', async () => {
  const filled = await families(([register]) => collectDefaultMetrics({ register }));
  expect(filled.length).toBeGreaterThan(10);
  expect(openMetricsFaults(textOf([group(filled)]))).toEqual([]);
});

test('any labels and values are valid in OpenMetrics and can be read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyContent(), { maxLength: 3 }), async (contents) => {
      const labels = contents.map(({ key }, i) => ({ job: `${i}`, key, constructor: key }));
      const groups = await Promise.all(
        contents.map(async (content, i) => group(await families(filling(content)), labels[i])),
      );
      const text = textOf(groups);
      expect(openMetricsFaults(text)).toEqual([]);
      const read = openMetricsSeries(text).filter(({ name }) => name === 'cost_usd');
      expect(read.map((series) => [Object.fromEntries(series.labels), Number(series.value)])).toEqual(
        contents.flatMap(({ costs }, i) => costs.map(([user, cost]) => [{ user, ...labels[i] }, cost + 0])),
      );
    }),
  );
});

interface Content {
  readonly costs: readonly (readonly [user: string, cost: number])[];
  readonly help: string;
  readonly key: string;
}

function anyContent(): fc.Arbitrary<Content> {
  const amount = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e21, max: 1e21 });
  const costs = fc.uniqueArray(fc.tuple(hostileText(), amount), { selector: ([user]) => user, maxLength: 4 });
  return fc.record({ costs, help: hostileText().map((text) => `Help ${text}`), key: hostileText() });
}

/** Returns a function that fills registers with a family of each type. */
function filling({ costs, help }: Content): (registers: Registry[]) => void {
  return (registers) => {
    const of = (name: string) => ({ name, help, labelNames: ['user'], registers });
    const cost = new Gauge(of('cost_usd'));
    const runs = new Counter(of('runs_total'));
    const wait = new Histogram(of('wait_seconds'));
    const size = new Summary(of('size_bytes'));
    for (const [user, value] of costs) {
      cost.set({ user }, value);
      runs.inc({ user }, Math.abs(value));
      wait.observe({ user }, value);
      size.observe({ user }, value);
    }
  };
}
