import { cp, mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Bill } from '../../lib/local/bill/bill';
import { type GeneratedBillOptions, generateBill } from '../../lib/local/bill/generated';
import { pastData } from '../../lib/local/history/past';
import { startLocalServers } from '../../lib/local/servers/local-servers';
import { nextScrape } from '../../lib/local/servers/prometheus';
import type { Server } from '../../lib/local/servers/server';
import { schedulesWith } from './deployed';
import { kept } from './kept';
import { runRound } from './local-round';
import { realPrograms } from './real-servers';

export interface World {
  readonly bill: Bill;
  readonly prometheus: Server;
  /** Requests to Cost Explorer that were answered in the last round. */
  readonly costExplorerRequests: number;
  stop(): Promise<void>;
}

/** Starts a real Prometheus with the data of every collector for each of the last `days` days of a generated bill. */
export async function startWorld(days: number): Promise<World> {
  const bill = generateBill(billOptions(days));
  const servers = await startLocalServers({ gateway: true, past: () => pastOf(bill, days), progress: quiet });
  try {
    if (!servers.prometheus) throw servers.missing;
    const requests = await runRound({ bill, settings: settingsFor(servers.gatewayUrl) });
    await nextScrape(servers.prometheus);
    const answered = requests.filter(({ action, status }) => action.startsWith('ce:') && status === 200);
    return {
      bill,
      prometheus: servers.prometheus,
      costExplorerRequests: answered.length,
      stop: servers.stop,
    };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

/** Copies the data of earlier days, which is equal for all worlds of a day and therefore made once. */
async function pastOf(bill: Bill, days: number): Promise<string> {
  const settings = settingsFor();
  const hour = new Date().getUTCHours(); // The data omits the last run in the first three hours of its day.
  const folder = await kept('past', { ...billOptions(days), days, settings, hour }, async (draft) => {
    const schedules = await schedulesWith(settings);
    const { promtool } = await realPrograms('promtool');
    const data = await pastData(promtool, { bill, settings, schedules, days, progress: quiet });
    await rename(data, path.join(draft, 'data'));
  });
  const copy = await mkdtemp(path.join(tmpdir(), 'tollgate-world-'));
  await cp(path.join(folder, 'data'), copy, { recursive: true });
  return copy;
}

const quiet = () => {};

/** Returns settings with the usage types of one project, so that no table is empty. */
function settingsFor(url?: string) {
  const sink = url ? ({ type: 'pushgateway', url } as const) : ({ type: 'stdout' } as const);
  return { sinks: [sink], projectUsageTypes: ['atlas'] };
}

function billOptions(days: number): GeneratedBillOptions {
  const midnight = new Date(new Date().toISOString().slice(0, 10));
  return {
    seed: 5,
    users: 12,
    regions: 3,
    resourcesPerUser: 4,
    ownerTag: 'Owner',
    days: 31 + days,
    asOf: midnight,
  };
}
