import type { Bill } from '../../lib/local/bill/bill';
import { generateBill } from '../../lib/local/bill/generated';
import { pastData } from '../../lib/local/history/past';
import { startLocalCloud } from '../../lib/local/local-cloud';
import { startLocalServers } from '../../lib/local/servers/local-servers';
import { nextScrape } from '../../lib/local/servers/prometheus';
import type { Server } from '../../lib/local/servers/server';

export interface World {
  readonly bill: Bill;
  readonly prometheus: Server;
  /** Requests to Cost Explorer that were answered in the last round. */
  readonly costExplorerRequests: number;
  stop(): Promise<void>;
}

/** A generated world that every collector has watched for so many days, in a real Prometheus. */
export async function startWorld(days: number): Promise<World> {
  const bill = generatedBill(days);
  const progress = () => {};
  const past = (promtool: string) =>
    pastData(promtool, { bill, settings: settingsFor('stdout:'), days, progress });
  const servers = await startLocalServers({ gateway: true, past, progress });
  try {
    if (!servers.prometheus) throw servers.missing;
    const requests = await runOnce(bill, servers.gatewayUrl);
    await nextScrape(servers.prometheus);
    return { bill, prometheus: servers.prometheus, costExplorerRequests: requests, stop: servers.stop };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

async function runOnce(bill: Bill, gatewayUrl: string): Promise<number> {
  const cloud = await startLocalCloud({ bill, settings: settingsFor(gatewayUrl) });
  try {
    const invocations = await cloud.round(async () => {});
    const errors = invocations.flatMap(({ error }) => error ?? []);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return cloud.aws.requests.filter(({ action, status }) => action.startsWith('ce:') && status === 200)
      .length;
  } finally {
    await cloud.stop();
  }
}

/** Usage types of one project, so that no table is empty. */
function settingsFor(url: string) {
  return { pushgateway: { url }, projectUsageTypes: ['atlas'] };
}

function generatedBill(days: number): Bill {
  const midnight = new Date(new Date().toISOString().slice(0, 10));
  return generateBill({
    seed: 5,
    users: 12,
    regions: 3,
    resourcesPerUser: 4,
    ownerTag: 'Owner',
    days: 31 + days,
    asOf: midnight,
  });
}
