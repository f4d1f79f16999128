import { dashboardModels } from '../../lib/dashboards/all';
import { expressions } from '../../lib/dashboards/expressions';
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
      demanded().map(async (asked) => ({ ...asked, rows: (await query(prometheus, asked.expr)).length })),
    );
    expect(answers.length).toBeGreaterThan(60);
    expect(answers.filter(({ rows }) => rows === 0)).toEqual([]);
  } finally {
    await Promise.all([cloud.stop(), servers.stop()]);
  }
});

/** The expressions of all dashboards, without those that are empty while all is well, or on the first day. */
function demanded() {
  return dashboardModels().flatMap(({ name, plan, model }) => {
    const excused = [...(plan.emptyWhenHealthy ?? []), ...(plan.needsHistory ?? [])];
    return expressions(model)
      .filter(({ title }) => !excused.includes(title))
      .map((expression) => ({ dashboard: name, ...expression }));
  });
}
