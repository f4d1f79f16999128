import { ListUsersCommand } from '@aws-sdk/client-iam';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import type { AwsFault } from '../../lib/local/aws/server';
import { type GatewayFault, startGatewayProxy } from '../../lib/local/faults/gateway-proxy';
import { striker } from '../../lib/local/faults/turns';
import { bill, charge, clients, costPages, queryCosts, simulate, stopAll } from '../local/aws/simulation';
import { stopAfterEach } from '../support/stop';
import { contentsOf } from './contents';
import { startGateway } from './gateway';

afterEach(stopAll);

const GROUPED = { GroupBy: [{ Type: 'DIMENSION' as const, Key: 'REGION' }] };

test.each<[AwsFault['kind'], { cost: object; users: object; tags: object }]>([
  ['throttle', each(400, 'LimitExceededException', 'Throttling', 'ThrottledException')],
  ['error-500', each(500, 'InternalFailure', 'ServiceFailureException', 'InternalFailure')],
  ['error-503', each(503, 'ServiceUnavailable', 'ServiceUnavailable', 'ServiceUnavailable')],
  ['not-enabled', { ...each(400, 'AccessDeniedException'), users: failure(403, 'AccessDenied') }],
  ['deny', { ...each(400, 'AccessDeniedException'), users: failure(403, 'AccessDenied') }],
  ['expired-credentials', { ...each(400, 'ExpiredTokenException'), users: failure(403, 'ExpiredToken') }],
  ['reset', lost()],
  ['truncate', lost()],
])('the fault %s reaches the SDK as the error that AWS would send', async (kind, expected) => {
  const faults = ['ce:*', 'iam:*', 'tag:*'].map((action) => ({ action, kind }) as AwsFault);
  const aws = await simulate({ faults });
  const { iam, tagging } = clients(aws);
  await expect(queryCosts(aws, {})).rejects.toMatchObject(expected.cost);
  await expect(iam.send(new ListUsersCommand())).rejects.toMatchObject(expected.users);
  await expect(tagging.send(new GetResourcesCommand())).rejects.toMatchObject(expected.tags);
  expect(aws.requests.map(({ fault }) => fault)).toEqual([kind, kind, kind]);
});

test.each(['hang', 'drip'] as const)('the fault %s lasts until the client gives up', async (kind) => {
  const aws = await simulate({ faults: [{ action: 'iam:ListUsers', kind }] });
  const sent = clients(aws).iam.send(new ListUsersCommand(), { abortSignal: AbortSignal.timeout(200) });
  await expect(sent).rejects.toThrow(/abort/i);
});

test('a fault strikes only its page, its turn and its Region', async () => {
  const charges = ['a', 'b', 'c'].map((region) => charge({ region }));
  const aws = await simulate({
    bill: bill({ charges }),
    pageSize: 1,
    faults: [
      { action: 'ce:GetCostAndUsage', kind: 'invalid-page-token', page: 3, turns: [1] },
      { action: 'tag:GetResources', kind: 'deny', region: 'us-east-1' },
    ],
  });
  await expect(costPages(aws, GROUPED)).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  expect(await costPages(aws, GROUPED)).toHaveLength(3);
  await expect(clients(aws, { region: 'us-east-1' }).tagging.send(new GetResourcesCommand())).rejects.toThrow(
    'not authorized',
  );
  await clients(aws, { region: 'eu-west-1' }).tagging.send(new GetResourcesCommand());
});

test('an amount is replaced in the first group only', async () => {
  const charges = ['a', 'b'].map((region) => charge({ region }));
  const faults: AwsFault[] = [{ action: 'ce:*', kind: 'amount', amount: 'N/A', unit: 'EUR' }];
  const aws = await simulate({ bill: bill({ charges }), faults });
  const { ResultsByTime: [result] = [] } = await queryCosts(aws, GROUPED);
  expect(result?.Groups?.map(({ Metrics }) => Metrics?.UnblendedCost)).toEqual([
    { Amount: 'N/A', Unit: 'EUR' },
    { Amount: '1', Unit: 'USD' },
  ]);
});

test('results of Cost Explorer lose what the fault names', async () => {
  const kinds = ['no-periods', 'last-period-missing', 'another-period', 'days-with-time'] as const;
  const days = { TimePeriod: { Start: '2026-03-01', End: '2026-03-03' }, Granularity: 'DAILY' as const };
  const starts = kinds.map(async (kind) => {
    const aws = await simulate({ faults: [{ action: 'ce:*', kind }] });
    const { ResultsByTime = [] } = await queryCosts(aws, days);
    return ResultsByTime.map(({ TimePeriod }) => TimePeriod?.Start);
  });
  expect(await Promise.all(starts)).toEqual([
    [],
    ['2026-03-01'],
    ['2017-03-01', '2026-03-02'],
    ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'],
  ]);
});

test.each([
  ['no-estimated', 'Estimated'],
  ['no-groups', 'Groups'],
  ['no-total', 'Total'],
] as const)('the fault %s removes %s from each result', async (kind, member) => {
  const aws = await simulate({ faults: [{ action: 'ce:*', kind }] });
  const { ResultsByTime: [result = {}] = [] } = await queryCosts(aws, {});
  expect(Object.keys(result)).not.toContain(member);
  expect(Object.keys(result)).toHaveLength(3);
});

test('a padded answer is read like any other', async () => {
  const aws = await simulate({ faults: [{ action: 'ce:*', kind: 'padded', bytes: 3_000_000 }] });
  expect((await queryCosts(aws, {})).ResultsByTime).toHaveLength(1);
});

test('a delayed answer arrives complete', async () => {
  const aws = await simulate({ faults: [{ action: 'ce:*', kind: 'delay', ms: 100 }] });
  const startedAt = performance.now();
  expect((await queryCosts(aws, {})).ResultsByTime).toHaveLength(1);
  expect(performance.now() - startedAt).toBeGreaterThan(80);
});

test('turns count from 1, and the same seed strikes the same requests', () => {
  const struck = (turns: Parameters<typeof striker>[0]) => {
    const strikes = striker(turns);
    return Array.from({ length: 1_000 }, (_, i) => (strikes() ? i + 1 : 0)).filter((turn) => turn > 0);
  };
  expect(struck({ turns: [2, [5, 7]] })).toEqual([2, 5, 6, 7]);
  expect(struck({ probability: 0.3, seed: 5 })).toEqual(struck({ probability: 0.3, seed: 5 }));
  expect(struck({ probability: 0.3 }).length / 1_000).toBeCloseTo(0.3, 1);
  expect(struck({})).toHaveLength(1_000);
});

test('the proxy forwards requests that no fault strikes, and reports each PUT', async () => {
  const gateway = await stopAfterEach(startGateway());
  const faults: GatewayFault[] = [
    { kind: 'error-503', job: /^b$/ },
    { kind: 'redirect', method: 'DELETE' },
  ];
  const puts: number[] = [];
  const afterPut = (n: number) => void puts.push(n);
  const proxy = await stopAfterEach(startGatewayProxy({ target: gateway.url, faults, afterPut }));
  const push = (job: string, method: string) =>
    fetch(`${proxy.url}/metrics/job@base64/${Buffer.from(job).toString('base64url')}`, {
      method,
      redirect: 'manual',
      ...(method === 'PUT' && { body: 'aws_x 1\n' }),
    });
  const statuses = [await push('a', 'PUT'), await push('b', 'PUT'), await push('a', 'DELETE')].map(
    ({ status }) => status,
  );
  expect([statuses, puts, proxy.requests.map(({ job }) => job)]).toEqual([
    [200, 503, 302],
    [1],
    ['a', 'b', 'a'],
  ]);
  expect((await contentsOf(gateway)).groups).toEqual(['a']);
});

function failure(status: number, name: string) {
  return { name, $metadata: { httpStatusCode: status } };
}

function each(status: number, cost: string, users = cost, tags = cost) {
  return { cost: failure(status, cost), users: failure(status, users), tags: failure(status, tags) };
}

/** Names of errors for a broken connection; the name depends on the moment. */
function lost() {
  const broken = { message: expect.stringMatching(/ECONNRESET|aborted|hang up/) };
  return { cost: broken, users: broken, tags: broken };
}
