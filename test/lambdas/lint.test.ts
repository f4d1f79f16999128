import { METRICS, type MetricDefinition, type MetricName } from '../../lambdas/catalog/metrics';
import { exposition } from '../../lambdas/metrics/exposition';
import { toRegistry } from '../../lambdas/metrics/registry';
import type { Observed, Sample } from '../../lambdas/metrics/sample';
import { checkMetrics } from '../../lib/local/servers/promtool';
import { realPrograms } from '../support/real-servers';

test('promtool accepts every metric of the catalog', async () => {
  const all = Object.entries<MetricDefinition>(METRICS).map(([metric, { labels, type = 'gauge' }]) => ({
    metric: metric as MetricName,
    type,
    labels: Object.fromEntries(labels.map((label) => [label, 'x'])),
  }));
  const isObserved = ({ type }: (typeof all)[number]) => type === 'histogram' || type === 'summary';
  const samples = all
    .filter((one) => !isObserved(one))
    .map((one) => ({ ...one, value: 1 }) as unknown as Sample);
  const observed = all
    .filter(isObserved)
    .map((one) => ({ ...one, observations: [1] }) as unknown as Observed);
  const group = { job: 'lint', groupingKey: {}, samples, observed };
  const text = [...(await exposition(toRegistry(group))).chunks].join('');
  expect(text.match(/^# TYPE /gm)).toHaveLength(all.length);
  const { promtool } = await realPrograms('promtool');
  expect(await checkMetrics(promtool, text)).toBe('');
});
