import fc from 'fast-check';
import { type Group, group } from '../../lambdas/metrics/group';
import { sample } from '../../lambdas/metrics/sample';
import { pushgatewaySink } from '../../lambdas/sinks/pushgateway';
import type { Sink } from '../../lambdas/sinks/sink';
import { nextScrape, startPrometheus } from '../../lib/local/servers/prometheus';
import type { Server } from '../../lib/local/servers/server';
import { eventually } from '../support/eventually';
import { hostileText } from '../support/hostile-text';
import { realPrograms, realPushgateway } from '../support/real-servers';
import { callOf } from '../support/sink-call';
import { stopAfterAll } from '../support/stop';
import { forAll, putAll } from './push-all';
import { differences, gatewaySeries, NONE, prometheusSeries, pushedSeries } from './read-back';

/** Groups in the gateway. Every push checks all of them, so they are few: each batch replaces the one before. */
const SLOTS = 60;
/** Number of batches for each scrape that is checked: waiting for a scrape takes most of a batch's time. */
const SCRAPED_EVERY = 4;
const KEYS_AT_ONCE = 200;

let gateway: Server;
let prometheus: Server;

/** Pushes `count` hostile expositions, and a fifth as many hostile grouping keys, and reads them back. */
export function hostile(count: number): void {
  const keys = Math.ceil(count / 5);
  beforeAll(async () => {
    const programs = await realPrograms('prometheus');
    gateway = await stopAfterAll(realPushgateway());
    const options = { pushgatewayUrl: gateway.url, scrapeIntervalMs: 100 };
    prometheus = await stopAfterAll(startPrometheus(programs.prometheus, options));
  });

  test(`${count} hostile expositions are read back unchanged`, async () => {
    const sink = pushgatewaySink({ url: gateway.url });
    const groups = expositions(count);
    for (const [index, batch] of batches(groups, SLOTS).entries()) {
      await putAll(sink, batch);
      const pushed = groups.slice(0, index * SLOTS + batch.length);
      await expectReadBack(pushed.slice(-SLOTS), { scraped: index % SCRAPED_EVERY === 0 });
    }
    await deleteAll(sink, groups.slice(0, SLOTS));
  });

  test(`${keys} hostile grouping keys are read back unchanged, and deleted by the same key`, async () => {
    const sink = pushgatewaySink({ url: gateway.url });
    const groups = groupsByKey(keys);
    expect(groups.length).toBe(keys);
    for (const batch of batches(groups, KEYS_AT_ONCE)) {
      await putAll(sink, batch);
      await expectReadBack(batch, { scraped: true });
      await deleteAll(sink, batch);
    }
  });
}

async function expectReadBack(batch: readonly Group[], { scraped }: { scraped: boolean }): Promise<void> {
  const pushed = pushedSeries(batch);
  expect(differences(await gatewaySeries(gateway), pushed)).toEqual(NONE);
  if (!scraped) return;
  await eventually(async () => {
    await nextScrape(prometheus);
    expect(differences(await prometheusSeries(prometheus), pushed)).toEqual(NONE);
  });
}

/** Deletes the groups and waits until they are gone: the gateway deletes after it has answered. */
async function deleteAll(sink: Sink, groups: readonly Group[]): Promise<void> {
  await forAll(groups, (group) => sink.delete(group, callOf(new AbortController().signal)));
  await eventually(async () => expect(await gatewaySeries(gateway)).toEqual([]));
}

/** Returns hostile groups; they are equal for equal counts, because the seed is fixed. */
function expositions(count: number): Group[] {
  return fc.sample(hostileSamples(), { numRuns: count, seed: 8 }).map((samples, index) => ({
    ...group('IAM_User_Resource_List_Cost', PLACE, samples),
    groupingKey: { account_id: PLACE.account_id, deployment: `slot ${index % SLOTS}` },
  }));
}

const PLACE = { account_id: '111122223333', region: 'eu-west-1' };

/** Generates up to five series with three hostile labels each, and any value that a sample may have. */
function hostileSamples() {
  const names = fc.record({ user_name: hostileText(), service: hostileText(), resource: hostileText() });
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  return fc
    .uniqueArray(fc.tuple(names, value), {
      minLength: 1,
      maxLength: 5,
      selector: ([labels]) => JSON.stringify(labels),
    })
    .map((series) =>
      series.map(([labels, usd]) =>
        sample('aws_user_resource_billed_cost_usd', { ...PLACE, ...labels }, usd),
      ),
    );
}

/** Returns groups of one series, whose account, Region and deployment are hostile and distinct. */
function groupsByKey(count: number): Group[] {
  const key = fc.record({ account_id: hostileText(), region: hostileText(), deployment: hostileText() });
  const keys = fc.sample(key, { numRuns: count * 2, seed: 9 });
  const distinct = new Map(keys.map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()].slice(0, count).map(({ deployment, ...place }) => {
    const labels = { ...place, user_name: 'ana' };
    const named = group('IAM_User_Total_Services_Cost_List', place, [
      sample('aws_user_billed_cost_usd', labels, 1),
    ]);
    return { ...named, groupingKey: { ...named.groupingKey, deployment } };
  });
}

function batches(groups: readonly Group[], size: number): Group[][] {
  const count = Math.ceil(groups.length / size);
  return Array.from({ length: count }, (_, i) => groups.slice(i * size, (i + 1) * size));
}
