import { COST_EXPLORER_REQUEST_USD } from '../../lambdas/catalog/price';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { monthlyPrices } from '../../lib/price';
import { deployed } from '../support/deployed';
import { settingsWith } from '../support/functions';
import { costGroups, type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { stopAfterAll } from '../support/stop';
import { type CountedRun, runCounted } from './simulated-runs';

const PAGES = { settings: {}, bill: { users: 8, regions: 3, resourcesPerUser: 3 }, pageSize: 14 };

let gateway: RecordingGateway;
let userCosts: DeployedFunction;
/** Groups and requests of a run that no cap stops. */
let complete: ReadonlyMap<string, string>;
let requests: CountedRun['requests'];
beforeAll(async () => {
  gateway = await stopAfterAll(startRecordingGateway());
  userCosts = (await deployed('user-costs')).function;
  ({ requests } = await capped(10_000));
  complete = costGroups(gateway);
});

test('each answer has several pages, so a cap can stop in the middle of one', () => {
  const lastPages = requests.filter((_, i) => (requests[i + 1]?.page ?? 1) === 1).map(({ page }) => page);
  expect(lastPages.length).toBeGreaterThanOrEqual(3);
  expect(Math.min(...lastPages)).toBeGreaterThan(1);
});

test('a run sends no request beyond a smaller cap, its error names the cap, and each part is complete or missing', async () => {
  for (const cap of capsBelow(requests.length)) {
    const run = await capped(cap);
    expect({ cap, sent: run.requests.length }).toEqual({ cap, sent: cap });
    expect(run.error?.errorMessage).toContain(`the cap of ${cap} Cost Explorer requests per run is reached`);
    expect(costGroups(gateway)).toEqual(partsOfComplete(partsPublished()));
  }
});

test('a larger cap lets the run publish one part more, until it publishes all', async () => {
  const caps = [1, lastRequestOfUsers() - 1, lastRequestOfUsers(), requests.length - 1, requests.length];
  const published: [number, readonly string[]][] = [];
  for (const cap of caps) {
    await capped(cap);
    published.push([cap, partsPublished()]);
  }
  expect(published.map(([, parts]) => parts)).toEqual([[], [], [USERS], [USERS], [RESOURCES, USERS]]);
});

test('a month in which every run and retry reaches the cap costs exactly the announced maximum', async () => {
  const settings = settingsWith({ maxRequests: 4 });
  const price = monthlyPrices(settings).find(({ collector }) => collector === 'user-costs');
  const run = await capped(settings.maxRequests);
  const retry = await capped(settings.maxRequests);
  const requestsAMonth = (run.requests.length + retry.requests.length) * (price?.runs ?? 0);
  expect(price?.mostUsd).toBeCloseTo(requestsAMonth * COST_EXPLORER_REQUEST_USD);
});

test('a part that is missing because of the cap keeps the group of the earlier run', async () => {
  await capped(10_000, { seed: 9 });
  const before = costGroups(gateway);
  await capped(lastRequestOfUsers(), {}, { clear: false });
  const expected = [...before].map(([name, text]) => [
    name,
    name.includes(USERS) ? complete.get(name) : text,
  ]);
  expect([...costGroups(gateway)].sort()).toEqual(expected.sort());
});

const USERS = 'IAM_User_Total_Services_Cost_List';
const RESOURCES = 'IAM_User_Resource_List_Cost';

async function capped(maxRequests: number, world: { seed?: number } = {}, { clear = true } = {}) {
  if (clear) gateway.clear();
  const bill = { ...PAGES.bill, ...world };
  return runCounted({ ...userCosts, collector: 'user-costs' }, gateway, {
    ...PAGES,
    bill,
    settings: { maxRequests },
  });
}

function partsPublished(): string[] {
  return [RESOURCES, USERS].filter((part) => [...gateway.groups.keys()].some((name) => name.includes(part)));
}

/** Returns the groups that the complete run has for these parts. */
function partsOfComplete(parts: readonly string[]): Map<string, string> {
  return new Map([...complete].filter(([name]) => parts.some((part) => name.includes(part))));
}

/** Returns every third cap below the number of requests, and the largest. */
function capsBelow(count: number): number[] {
  const caps = Array.from({ length: count - 1 }, (_, i) => i + 1);
  return caps.filter((cap) => cap % 3 === 1 || cap === count - 1);
}

/** Returns the number of requests before the one for resources, which comes last. */
function lastRequestOfUsers(): number {
  return requests.findIndex(({ action }) => action === 'ce:GetCostAndUsageWithResources');
}
