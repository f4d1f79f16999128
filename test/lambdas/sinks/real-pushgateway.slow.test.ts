import * as path from 'node:path';
import fc from 'fast-check';
import { exposition } from '../../../lambdas/metrics/exposition';
import { group, groupId } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { toRegistry } from '../../../lambdas/metrics/registry';
import { sample } from '../../../lambdas/metrics/sample';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { checkMetrics } from '../../../lib/local/servers/promtool';
import type { Server } from '../../../lib/local/servers/server';
import { realPrograms, realPushgateway } from '../../support/real-servers';
import { callOf } from '../../support/sink-call';

/** No deadline of a run. */
const PATIENT = new AbortController().signal;

const user = (user_name: string) =>
  group('IAM_User_Details', { account_id: '1' }, [
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name }, 7),
  ]);

describe('against a real Pushgateway', () => {
  let gateway: Server;
  beforeAll(async () => {
    gateway = await realPushgateway();
  });
  afterAll(() => gateway.stop());

  test('replaces a group whole, and deletes it', async () => {
    const sink = pushgatewaySink({ url: `${gateway.url}/` });
    await sink.put(registered(user('alice')), callOf(PATIENT));
    await sink.put(registered(user('bob')), callOf(PATIENT));
    expect(await userNames(gateway)).toEqual(['bob']);
    await sink.delete(user('bob'), callOf(PATIENT));
    await sink.delete(user('bob'), callOf(PATIENT));
    await expectEventually(async () => expect(await userNames(gateway)).toEqual([]));
  });

  test('hostile label values are read back exactly', async () => {
    const names = fc.sample(hostileText(), { numRuns: 300, seed: 1 });
    const distinct = [...new Set(names)];
    const samples = distinct.map((user_name) =>
      sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name }, 7),
    );
    await pushgatewaySink({ url: gateway.url }).put(
      registered(group('IAM_User_Details', { account_id: '1' }, samples)),
      callOf(PATIENT),
    );
    expect((await userNames(gateway)).sort()).toEqual(distinct.sort());
  });

  test('hostile grouping values are read back exactly', async () => {
    const sink = pushgatewaySink({ url: gateway.url });
    for (const deployment of [
      ...fc.sample(hostileText(), { numRuns: 60, seed: 2 }),
      '',
      '.',
      '..',
      '/',
      'a/b',
      'https://x/?y#z',
    ]) {
      const pushed = { ...user('alice'), groupingKey: { account_id: '1', deployment } };
      await sink.put(registered(pushed), callOf(PATIENT));
      expect(await groupingValues(gateway, 'deployment')).toContain(deployment);
      expect((await sink.stored(PATIENT))?.get(groupId(pushed))).toBeGreaterThan(0);
      await sink.delete(pushed, callOf(PATIENT));
    }
  });

  test('a check is answered and stores nothing', async () => {
    const sink = pushgatewaySink({ url: gateway.url });
    const before = await groups(gateway);
    await sink.check(PATIENT);
    expect(await groups(gateway)).toEqual(before);
  });

  test('a rejected push names its job and the gateway’s first line', async () => {
    const clash = { ...user('alice'), groupingKey: { 'not-a-label': '1' } };
    await expect(
      pushgatewaySink({ url: gateway.url }).put(registered(clash), callOf(PATIENT)),
    ).rejects.toThrow(
      /^job IAM_User_Details: expected 200 or 202 from the Pushgateway at http:\/\/127\.0\.0\.1:\d+, got 400: .*not-a-label/,
    );
  });
});

test('the headers of the secret open a gateway that wants a password', async () => {
  const gateway = await realPushgateway({ webConfigFile: path.join(__dirname, 'web-config.yml') });
  try {
    await expect(
      pushgatewaySink({ url: gateway.url }).put(registered(user('alice')), callOf(PATIENT)),
    ).rejects.toThrow('got 401: Unauthorized');
    const headers = { Authorization: `Basic ${Buffer.from('tollgate:test').toString('base64')}` };
    await pushgatewaySink({ url: gateway.url, headers }).put(registered(user('alice')), callOf(PATIENT));
  } finally {
    await gateway.stop();
  }
});

test('promtool finds nothing to say about the text', async () => {
  const text = [...(await exposition(toRegistry(user('alice')))).chunks].join('');
  const { promtool } = await realPrograms('promtool');
  expect(await checkMetrics(promtool, text)).toBe('');
});

/** Any text but lone surrogates, which no UTF-8 can carry. */
function hostileText() {
  const nasty = fc.constantFrom(
    '"',
    '\\',
    '\n',
    '\r',
    '\t',
    '\0',
    '/',
    '..',
    '{}',
    '=',
    ',',
    '😀',
    '‮',
    '#',
    '%2F',
    '$',
  );
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(nasty).map((parts) => parts.join('')),
    fc.string({ minLength: 500, maxLength: 900 }),
  );
}

type Series = { labels: Record<string, string> };
type GatewayGroup = { labels: Record<string, string> } & Record<string, { metrics?: Series[] }>;

async function groups({ url }: Server): Promise<GatewayGroup[]> {
  const { data } = (await (await fetch(`${url}/api/v1/metrics`)).json()) as { data: GatewayGroup[] };
  return data;
}

async function userNames(gateway: Server): Promise<(string | undefined)[]> {
  const all = await groups(gateway);
  return all.flatMap(
    (one) => one.aws_iam_user_create_timestamp_seconds?.metrics?.map(({ labels }) => labels.user_name) ?? [],
  );
}

async function groupingValues(gateway: Server, label: string): Promise<(string | undefined)[]> {
  return (await groups(gateway)).map(({ labels }) => labels[label]);
}

/** Deletions are queued in the gateway. */
async function expectEventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 2_000; ; tries -= 1) {
    try {
      return await check();
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
