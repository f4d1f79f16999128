import { nextScrape, type QueryResult, query, startPrometheus } from '../../../lib/local/servers/prometheus';
import { startPushgateway } from '../../../lib/local/servers/pushgateway';
import type { Server } from '../../../lib/local/servers/server';
import { eventually } from '../../support/eventually';
import { realPrograms } from '../../support/real-servers';
import { stopAfterAll } from '../../support/stop';

let gateway: Server;
let prometheus: Server;
let withoutGateway: Server;

beforeAll(async () => {
  const programs = await realPrograms('prometheus-pushgateway', 'prometheus');
  gateway = await stopAfterAll(startPushgateway(programs['prometheus-pushgateway']));
  const start = (pushgatewayUrl: string) =>
    stopAfterAll(startPrometheus(programs.prometheus, { pushgatewayUrl, scrapeIntervalMs: 100 }));
  [prometheus, withoutGateway] = await Promise.all([start(gateway.url), start('http://127.0.0.1:1')]);
  await nextScrape(prometheus);
});

test('a pushed series is scraped with its own labels, and gone after its group is deleted', async () => {
  await push('PUT', 'instance/here', 'pushed_cost_usd{service="Amazon S3"} 1.5\n');
  const labels = { __name__: 'pushed_cost_usd', job: 'Costs', instance: 'here', service: 'Amazon S3' };
  await expectAfterScrape('pushed_cost_usd', [{ labels, value: 1.5 }]);
  await push('DELETE', 'instance/here');
  await expectAfterScrape('pushed_cost_usd', []);
});

test('every push is visible after the next scrape', async () => {
  for (let value = 1; value <= 5; value++) {
    await push('PUT', 'instance/counting', `pushed_value ${value}\n`);
    await expectAfterScrape('sum(pushed_value)', [{ labels: {}, value }]);
  }
});

test('an answer can be a scalar or a number that is not finite', async () => {
  expect(await query(prometheus, 'scalar(vector(2))')).toEqual([{ labels: {}, value: 2 }]);
  expect(await query(prometheus, 'vector(-1/0)')).toEqual([{ labels: {}, value: -Infinity }]);
  expect(await query(prometheus, 'vector(0/0)')).toEqual([{ labels: {}, value: Number.NaN }]);
});

test('a query that Prometheus refuses fails with its message', async () => {
  await expect(query(prometheus, 'sum(')).rejects.toThrow(
    /^prometheus: invalid parameter "query": .*parse error/,
  );
  await expect(query(prometheus, 'up[1m]')).rejects.toThrow(
    'expected a vector or a scalar for up[1m], got a matrix',
  );
});

test('a gateway that cannot be scraped is an error with the reason', async () => {
  // Prometheus knows no reason before its first attempt to scrape.
  await eventually(() =>
    expect(nextScrape(withoutGateway, 500)).rejects.toThrow(
      /^prometheus: no scrape of the gateway in 0.5 s: .*connection refused/,
    ),
  );
});

/** Expects the answer after a scrape; it retries, because a late scrape on a busy machine hides all series until the next. */
function expectAfterScrape(expression: string, expected: readonly QueryResult[]): Promise<void> {
  return eventually(async () => {
    await nextScrape(prometheus);
    expect(await query(prometheus, expression)).toEqual(expected);
  });
}

async function push(method: 'PUT' | 'DELETE', grouping: string, body?: string): Promise<void> {
  const response = await fetch(`${gateway.url}/metrics/job/Costs/${grouping}`, { method, body });
  expect([200, 202]).toContain(response.status);
}
