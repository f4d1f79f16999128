import { toDashboard } from '../../lib/dashboards/dashboard';
import { expressions } from '../../lib/dashboards/expressions';
import { people } from '../../lib/dashboards/people';
import { generateBill } from '../../lib/local/bill/generated';
import { startLocalCloud } from '../../lib/local/local-cloud';
import { startLocalServers } from '../../lib/local/servers/local-servers';
import { nextScrape, query } from '../../lib/local/servers/prometheus';

test('every expression returns rows from the Prometheus of the demo', async () => {
  const servers = await startLocalServers({ gateway: true, progress: () => {} });
  const { prometheus } = servers;
  if (!prometheus) throw servers.missing;
  const bill = generateBill({
    seed: 1,
    users: 12,
    regions: 3,
    resourcesPerUser: 4,
    ownerTag: 'Owner',
    days: 15,
    asOf: new Date(),
  });
  const cloud = await startLocalCloud({ bill, settings: { pushgateway: { url: servers.gatewayUrl } } });
  try {
    expect((await cloud.round(async () => {})).flatMap(({ error }) => error ?? [])).toEqual([]);
    await nextScrape(prometheus);
    const answers = await Promise.all(
      expressions(toDashboard(people))
        .filter(({ title }) => !people.emptyWhenHealthy?.includes(title))
        .map(async ({ title, expr }) => ({ title, expr, rows: (await query(prometheus, expr)).length })),
    );
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter(({ rows }) => rows === 0)).toEqual([]);
  } finally {
    await Promise.all([cloud.stop(), servers.stop()]);
  }
});
