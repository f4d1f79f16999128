import { COST_EXPLORER_REQUEST_USD } from '../../lambdas/catalog/price';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { monthlyPrices } from '../../lib/price';
import { deployed } from '../support/deployed';
import { settingsWith } from '../support/functions';
import { type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { stopAfterAll } from '../support/stop';
import { type CountedRun, runCounted } from './simulated-runs';

const PAGES = { settings: {}, bill: { users: 8, regions: 3, resourcesPerUser: 3 }, pageSize: 14 };

let gateway: RecordingGateway;
let userCosts: DeployedFunction;
let whole: ReadonlyMap<string, string>;
/** Of the run that nothing stops. */
let requests: CountedRun['requests'];
beforeAll(async () => {
  gateway = await stopAfterAll(startRecordingGateway());
  userCosts = (await deployed('user-costs')).function;
  ({ requests } = await capped(10_000));
  whole = costGroups();
});

test('the answers have several pages each, of which a cap can keep some', () => {
  const lastPages = requests.filter((_, i) => (requests[i + 1]?.page ?? 1) === 1).map(({ page }) => page);
  expect(lastPages.length).toBeGreaterThanOrEqual(3);
  expect(Math.min(...lastPages)).toBeGreaterThan(1);
});

test('with a smaller cap no request more is sent, the cap is named, and each part is whole or not there', async () => {
  for (const cap of capsBelow(requests.length)) {
    const run = await capped(cap);
    expect({ cap, sent: run.requests.length }).toEqual({ cap, sent: cap });
    expect(run.error?.errorMessage).toContain(`the cap of ${cap} Cost Explorer requests per run is reached`);
    expect(costGroups()).toEqual(partsOfWhole(partsPublished()));
  }
});

test('the parts come one by one as the cap grows, and with enough all are there', async () => {
  const caps = [1, lastRequestOfUsers() - 1, lastRequestOfUsers(), requests.length - 1, requests.length];
  const published: [number, readonly string[]][] = [];
  for (const cap of caps) {
    await capped(cap);
    published.push([cap, partsPublished()]);
  }
  expect(published.map(([, parts]) => parts)).toEqual([[], [], [USERS], [USERS], [RESOURCES, USERS]]);
});

test('a month whose runs and retries all end at the cap costs what was announced at most', async () => {
  const settings = settingsWith({ maxRequests: 4 });
  const price = monthlyPrices(settings).find(({ collector }) => collector === 'user-costs');
  const run = await capped(settings.maxRequests);
  const retry = await capped(settings.maxRequests);
  const requestsAMonth = (run.requests.length + retry.requests.length) * (price?.runs ?? 0);
  expect(price?.mostUsd).toBeCloseTo(requestsAMonth * COST_EXPLORER_REQUEST_USD);
});

test('a part that the cap leaves out keeps the group of the run before', async () => {
  await capped(10_000, { seed: 9 });
  const before = costGroups();
  await capped(lastRequestOfUsers(), {}, { clear: false });
  const expected = [...before].map(([name, text]) => [name, name.includes(USERS) ? whole.get(name) : text]);
  expect([...costGroups()].sort()).toEqual(expected.sort());
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

/** Those about cost, not about the run. */
function costGroups(): Map<string, string> {
  return new Map([...gateway.groups].filter(([name]) => !name.includes('"job":"tollgate')));
}

function partsPublished(): string[] {
  return [RESOURCES, USERS].filter((part) => [...gateway.groups.keys()].some((name) => name.includes(part)));
}

/** The groups of these parts as the whole run has them. */
function partsOfWhole(parts: readonly string[]): Map<string, string> {
  return new Map([...whole].filter(([name]) => parts.some((part) => name.includes(part))));
}

/** Every third, and the largest. */
function capsBelow(count: number): number[] {
  const caps = Array.from({ length: count - 1 }, (_, i) => i + 1);
  return caps.filter((cap) => cap % 3 === 1 || cap === count - 1);
}

/** The resources are asked for last. */
function lastRequestOfUsers(): number {
  return requests.findIndex(({ action }) => action === 'ce:GetCostAndUsageWithResources');
}
