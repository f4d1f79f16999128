import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { prometheusText } from '../../../lambdas/metrics/exposition';
import { familiesOf } from '../../../lambdas/metrics/families';
import { type CreatedGroup, OPEN_METRICS, openMetrics } from '../../../lambdas/metrics/open-metrics';
import { nextScrape, query, startPrometheus } from '../../../lib/local/servers/prometheus';
import { checkMetrics } from '../../../lib/local/servers/promtool';
import { startHttpServer } from '../../support/http-server';
import { realPrograms } from '../../support/real-servers';
import { stopAfterAll } from '../../support/stop';

const CREATED = new Date('2026-03-01T06:00:00.250Z');
const HOSTILE = '"\\\n\r\t\0{},=#😀\u202e # EOF';

test('promtool finds nothing to say about the text of several groups', async () => {
  const { promtool } = await realPrograms('promtool');
  const groups = [await group('a'), await group('b')];
  expect(await checkMetrics(promtool, [...prometheusText(groups)].join(''))).toBe('');
});

test('a real Prometheus scrapes OpenMetrics, with the same values as the text of Prometheus', async () => {
  const { prometheus } = await realPrograms('prometheus');
  const groups = [await group('a'), await group('b'), await processMetrics()];
  const accepted = new Set<string | undefined>();
  const exporter = await stopAfterAll(
    startHttpServer(({ headers }, answer) => {
      accepted.add(headers.accept?.split(';')[0]);
      answer.writeHead(200, { 'Content-Type': OPEN_METRICS });
      for (const chunk of openMetrics(groups)) answer.write(chunk);
      answer.end();
    }),
  );
  const server = await stopAfterAll(startPrometheus(prometheus, { pushgatewayUrl: exporter.url }));
  await nextScrape(server);
  expect([...accepted]).toEqual(['application/openmetrics-text']);
  const created = CREATED.getTime() / 1000;
  for (const job of ['a', 'b'])
    for (const [name, value] of Object.entries({
      cost_usd: 1.5,
      runs_total: 2,
      runs_created: created,
      'wait_seconds_bucket{le=~"1|1.0"}': 1,
      wait_seconds_count: 1,
      wait_seconds_sum: 0.7,
      wait_seconds_created: created,
      'size_bytes{quantile="0.5"}': 3,
      size_bytes_count: 1,
      size_bytes_created: created,
    }))
      expect([
        name,
        await query(server, `sum by (job, user) (${name} and on (job) cost_usd{job="${job}"})`),
      ]).toEqual([name, [{ labels: { job, user: HOSTILE }, value }]]);
  expect(await query(server, 'count(process_start_time_seconds)')).toEqual([{ labels: {}, value: 1 }]);
});

/** Returns a group with a family of each type. */
async function group(job: string): Promise<CreatedGroup> {
  const registry = new Registry();
  const of = (name: string) => ({
    name,
    help: `Help ${HOSTILE}`,
    labelNames: ['user'],
    registers: [registry],
  });
  const labels = { user: HOSTILE };
  new Gauge(of('cost_usd')).set(labels, 1.5);
  new Counter(of('runs_total')).inc(labels, 2);
  new Histogram({ ...of('wait_seconds'), buckets: [0.5, 1, 10] }).observe(labels, 0.7);
  new Summary({ ...of('size_bytes'), percentiles: [0.5] }).observe(labels, 3);
  return { labels: { job }, families: await familiesOf(registry), createdAt: CREATED };
}

async function processMetrics(): Promise<CreatedGroup> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return { labels: { job: 'process' }, families: await familiesOf(register), createdAt: CREATED };
}
