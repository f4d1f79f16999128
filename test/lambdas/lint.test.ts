import { METRICS, type MetricName } from '../../lambdas/catalog/metrics';
import { exposition } from '../../lambdas/metrics/exposition';
import type { Sample } from '../../lambdas/metrics/sample';
import { checkMetrics } from '../../lib/local/servers/promtool';
import { realPrograms } from '../support/real-servers';

test('promtool accepts every metric of the catalog', async () => {
  const samples = (Object.keys(METRICS) as MetricName[]).map((metric) => {
    const labels = Object.fromEntries(METRICS[metric].labels.map((label) => [label, 'x']));
    return { metric, labels, value: 1 } as Sample;
  });
  const text = [...(await exposition({ job: 'lint', groupingKey: {}, samples })).chunks].join('');
  expect(text.match(/^# TYPE /gm)).toHaveLength(samples.length);
  const { promtool } = await realPrograms('promtool');
  expect(await checkMetrics(promtool, text)).toBe('');
});
