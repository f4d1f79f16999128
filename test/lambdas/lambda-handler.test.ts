import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import type { Context } from 'aws-lambda';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { LEDGER_ACTIONS } from '../../lambdas/catalog/ledger';
import type { Collector, Findings, RunInput } from '../../lambdas/collector';
import { type CollectorFactory, lambdaHandler } from '../../lambdas/lambda-handler';
import { type SimulatedAws, type SimulatedAwsOptions, startSimulatedAws } from '../../lib/local/aws/server';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { MEMBER_ID, organizationBill } from '../support/bill';
import { HEADERS_SECRET } from '../support/deployment';
import { type SomeSettings, variablesOf } from '../support/functions';
import { type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { stopAfterEach } from '../support/stop';

const MEMBER = {
  accountId: MEMBER_ID,
  roleArn: `arn:aws:iam::${MEMBER_ID}:role/tollgate`,
  externalId: 'abc',
};
const NOW = new Date('2026-03-01T06:00:01Z');
const EVENT = { scheduledTime: '2026-03-01T06:00:00Z' };
const NOTHING: Findings = { groups: [], failures: [] };

const before = { ...process.env };
let gateway: RecordingGateway;
let aws: SimulatedAws;
let logged: jest.SpyInstance;
beforeEach(async () => {
  gateway = await stopAfterEach(startRecordingGateway());
  logged = jest.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  process.env = { ...before };
  globalThis.WITHOUT_LEDGER = undefined;
  globalThis.WITHOUT_MEMBERS = undefined;
  globalThis.WITHOUT_SECRETS = undefined;
  logged.mockRestore();
});

test('periods follow from the scheduled time, whatever the clock says', async () => {
  const { inputs } = await handled(EVENT);
  expect(inputs.map(({ scheduledTime }) => scheduledTime.toISOString())).toEqual([
    '2026-03-01T06:00:00.000Z',
  ]);
});

test('the run is for the account and the partition in the function’s ARN', async () => {
  const { inputs } = await handled(EVENT);
  expect(inputs).toMatchObject([
    { accountId: BILL_ACCOUNT_ID, partition: 'aws', suiteAccounts: [BILL_ACCOUNT_ID] },
  ]);
});

test('a member is entered by its role with its external id, after the function’s own account', async () => {
  const { inputs } = await handled(EVENT, { members: [MEMBER] });
  expect(inputs.map(({ accountId }) => accountId)).toEqual([BILL_ACCOUNT_ID, MEMBER_ID]);
  expect(requests().map(({ action, status }) => [action, status])).toEqual([['sts:AssumeRole', 200]]);
});

test('a role that requires another external id fails only the run of its account', async () => {
  const members = [{ ...MEMBER, externalId: 'other' }];
  await expect(handled(EVENT, { members })).rejects.toThrow(
    new RegExp(`^iam-users: incomplete run: account ${MEMBER_ID}: collect iam-users: .*sts:AssumeRole`),
  );
  expect([...gateway.groups.keys()].filter((name) => name.includes('tollgate_success'))).toEqual([
    `{"job":"tollgate_success","account_id":"${BILL_ACCOUNT_ID}","collector":"iam-users"}`,
  ]);
});

test('a member that the first run covered has no run', async () => {
  const { inputs } = await handled(EVENT, { members: [MEMBER] }, { ...NOTHING, covers: [MEMBER_ID] });
  expect(inputs.map(({ accountId }) => accountId)).toEqual([BILL_ACCOUNT_ID]);
});

test('the function’s own account is not entered, even if it is among the members', async () => {
  const own = { accountId: BILL_ACCOUNT_ID, roleArn: `arn:aws:iam::${BILL_ACCOUNT_ID}:role/tollgate` };
  const { inputs } = await handled(EVENT, { members: [own] });
  expect(inputs.map(({ accountId }) => accountId)).toEqual([BILL_ACCOUNT_ID]);
  expect(requests()).toEqual([]);
});

test('an event that names an account runs only for that account', async () => {
  const { inputs } = await handled({ ...EVENT, account: MEMBER_ID }, { members: [MEMBER] });
  expect(inputs.map(({ accountId }) => accountId)).toEqual([MEMBER_ID]);
});

test('an event that names an unknown account is an error that lists the known ones', async () => {
  await expect(handled({ ...EVENT, account: '999900001111' }, { members: [MEMBER] })).rejects.toThrow(
    `event: account: expected one of ${BILL_ACCOUNT_ID}, ${MEMBER_ID}, got "999900001111"`,
  );
});

test('the gateway’s headers come from their secret, and its request counts in the health of the run', async () => {
  const secrets = { [HEADERS_SECRET]: '{"Authorization":"Bearer token"}' };
  const sinks = [{ type: 'pushgateway', url: gateway.url, headersSecretArn: HEADERS_SECRET } as const];
  await handled(EVENT, { sinks }, NOTHING, { secrets });
  expect(new Set(gateway.requests.map(({ headers }) => headers.authorization))).toEqual(
    new Set(['Bearer token']),
  );
  const health = gateway.groups.get(
    `{"job":"tollgate","account_id":"${BILL_ACCOUNT_ID}","collector":"iam-users"}`,
  );
  expect(health).toContain('operation="GetSecretValue",outcome="ok"} 1');
});

test('the log has one line with the event for every account', async () => {
  await handled({ ...EVENT, replace: true }, { members: [MEMBER] });
  expect(logged.mock.calls.map(([line]) => JSON.parse(line))).toMatchObject(
    [BILL_ACCOUNT_ID, MEMBER_ID].map((accountId) => ({
      collector: 'iam-users',
      scheduledTime: '2026-03-01T06:00:00.000Z',
      replace: true,
      accountId,
      groupsPushed: 0,
      failures: [],
    })),
  );
});

test('a retry runs only in the accounts that were not complete, and in no member that was covered', async () => {
  const world = { ledger: { items: new Map() } };
  const denied = { members: [{ ...MEMBER, externalId: 'other' }] };
  await expect(handled(EVENT, denied, NOTHING, world)).rejects.toThrow('sts:AssumeRole');
  const replaced = { ...EVENT, account: MEMBER_ID, replace: true };
  expect(await accountsOf(replaced, { members: [MEMBER] }, world)).toEqual([MEMBER_ID]);
  expect(await accountsOf(EVENT, { members: [MEMBER] }, world)).toEqual([]);

  const covering = { ledger: { items: new Map() } };
  await handled(EVENT, { members: [MEMBER] }, { ...NOTHING, covers: [MEMBER_ID] }, covering);
  expect(await accountsOf(EVENT, { members: [MEMBER] }, covering)).toEqual([]);
});

test('a failure of a part fails the invocation', async () => {
  const failures = [{ part: 'users', reason: 'denied', message: 'not authorized' }] as const;
  await expect(handled(EVENT, {}, { groups: [], failures })).rejects.toThrow(
    'iam-users: incomplete run: users: not authorized (denied)',
  );
});

test('each account may send as many Cost Explorer requests as the settings allow', async () => {
  const settings = { members: [MEMBER], maxRequests: 3 };
  await invoked('services', sending(3), { event: EVENT, settings });
  const cap = 'collect services: the cap of 3 Cost Explorer requests per run is reached; raise maxRequests';
  await expect(invoked('services', sending(4), { event: EVENT, settings })).rejects.toThrow(
    new RegExp(`^services: incomplete run: ${cap}.*; account ${MEMBER_ID}: ${cap}`),
  );
});

test('a function bundled without members, secrets or ledger asks for another deployment', async () => {
  globalThis.WITHOUT_MEMBERS = true;
  globalThis.WITHOUT_SECRETS = true;
  await expect(handled(EVENT, { members: [MEMBER] })).rejects.toThrow(
    `account ${MEMBER_ID}: collect iam-users: this function was bundled without members: expected the settings it was deployed with`,
  );
  const sinks = [{ type: 'pushgateway', url: gateway.url, headersSecretArn: HEADERS_SECRET } as const];
  await expect(handled(EVENT, { sinks })).rejects.toThrow(
    'this function was bundled without secrets: expected the settings it was deployed with',
  );
  globalThis.WITHOUT_LEDGER = true;
  await expect(handled(EVENT)).rejects.toThrow('this function was bundled without the ledger');
});

async function accountsOf(event: object, settings: SomeSettings, world: Partial<SimulatedAwsOptions>) {
  const { inputs } = await handled(event, settings, NOTHING, world);
  return inputs.map(({ accountId }) => accountId);
}

/** Returns the requests besides those to the ledger. */
function requests() {
  return aws.requests.filter(({ action }) => !action.startsWith('dynamodb:'));
}

/** Returns a collector that finds nothing and sends the given number of requests to Cost Explorer. */
function sending(requests: number): CollectorFactory<'services'> {
  const command = new GetCostAndUsageCommand({
    TimePeriod: { Start: '2026-03-01', End: '2026-03-02' },
    Granularity: 'DAILY',
    Metrics: ['UnblendedCost'],
  });
  return (access) => async () => {
    const client = access.client(CostExplorerClient);
    for (let sent = 0; sent < requests; sent += 1) await client.send(command, { abortSignal: access.signal });
    return NOTHING;
  };
}

/** Invokes a handler whose collector finds `found` in the own account and nothing in members; resolves with the input of each run. */
async function handled(
  event: object,
  settings: SomeSettings = {},
  found: Findings = NOTHING,
  world: Partial<SimulatedAwsOptions> = {},
) {
  const inputs: RunInput[] = [];
  const collector: Collector = async (input) => {
    inputs.push(input);
    return input.accountId === BILL_ACCOUNT_ID ? found : NOTHING;
  };
  await invoked('iam-users', () => collector, { event, settings, world });
  return { inputs };
}

async function invoked<C extends CollectorName>(
  name: C,
  collectorOf: CollectorFactory<C>,
  { event, settings, world }: { event: object; settings: SomeSettings; world?: Partial<SimulatedAwsOptions> },
): Promise<void> {
  const actions = [
    ...LEDGER_ACTIONS,
    'sts:AssumeRole',
    'secretsmanager:GetSecretValue',
    'ce:GetCostAndUsage',
  ];
  aws = await stopAfterEach(
    startSimulatedAws({
      bill: organizationBill(),
      callers: [{ accessKeyId: 'AKIATEST', name: 'test', actions }],
      memberRoles: [{ ...MEMBER, actions }],
      ...world,
    }),
  );
  process.env = {
    ...before,
    ...variablesOf(name, { sinks: [{ type: 'pushgateway', url: gateway.url }], ...settings }),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: aws.url,
  };
  await lambdaHandler(name, collectorOf, () => NOW)(event, CONTEXT);
}

const CONTEXT = {
  invokedFunctionArn: `arn:aws:lambda:eu-west-1:${BILL_ACCOUNT_ID}:function:test`,
  getRemainingTimeInMillis: () => 300_000,
} as Context;
