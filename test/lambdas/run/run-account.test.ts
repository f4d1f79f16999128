import type { AwsAccess } from '../../../lambdas/aws/access';
import { type RequestMeter, requestMeter } from '../../../lambdas/aws/request-meter';
import { tollgateProfile } from '../../../lambdas/metrics/profile';
import { deadlinesOf } from '../../../lambdas/run/deadlines';
import { runAccount, type Suite } from '../../../lambdas/run/run-account';
import type { Sink } from '../../../lambdas/sinks/sink';
import { registeredText } from '../../support/exposition';
import { gatewaySink } from '../../support/suite-sink';

const MEMBER_ID = '222233334444';
const MEMBER = { accountId: MEMBER_ID, roleArn: `arn:aws:iam::${MEMBER_ID}:role/tollgate` };
const HOME = { accountId: '111122223333' };
const ACCOUNTS = [HOME, { accountId: MEMBER_ID, member: MEMBER }] as const;

test('a run knows its account, and every account of the suite', async () => {
  const inputs: unknown[] = [];
  const suite = suiteWith({
    collectorOf: () => async (input) => {
      inputs.push(input);
      return { groups: [], failures: [] };
    },
  });
  for (const account of ACCOUNTS) await runAccount(suite, account);
  const shared = {
    partition: 'aws',
    scheduledTime: suite.scheduledTime,
    suiteAccounts: ['111122223333', MEMBER_ID],
  };
  expect(inputs).toMatchObject([
    { ...shared, accountId: '111122223333', isMember: false },
    { ...shared, accountId: MEMBER_ID, isMember: true },
  ]);
});

test('each account has its own requests and its own cap', async () => {
  const meters: RequestMeter[] = [];
  const suite = suiteWith({
    maxRequests: 1,
    enter: async (_, meter) => {
      meters.push(meter);
      meter.begin('Cost Explorer', 'Any');
      return ACCESS;
    },
  });
  const reports = await Promise.all(ACCOUNTS.map((account) => runAccount(suite, account)));
  expect(reports.map(({ accountId, failures }) => [accountId, failures])).toEqual(
    ACCOUNTS.map(({ accountId }) => [accountId, []]),
  );
  expect(new Set(meters).size).toBe(2);
});

test('a meter that has already counted requests continues to count', async () => {
  const meter = requestMeter(30);
  meter.begin('Secrets Manager', 'GetSecretValue')('ok');
  const { suite, texts } = recorded();
  await runAccount(suite, HOME, meter);
  expect(texts.some((text) => text.includes('operation="GetSecretValue"'))).toBe(true);
});

test('an account that cannot be entered is an incomplete run of that account', async () => {
  const suite = suiteWith({ enter: () => Promise.reject(new Error('role not found')) });
  expect((await runAccount(suite, ACCOUNTS[1])).failures).toEqual([
    { part: 'collect', subject: 'iam-users', reason: 'other', message: 'role not found' },
  ]);
});

const ACCESS: AwsAccess = {
  now: () => new Date(),
  signal: AbortSignal.timeout(60_000),
  as: () => ACCESS,
  client: () => {
    throw new Error('expected no client');
  },
};

const IDLE: Sink = {
  id: 'idle',
  groupingLabels: {},
  check: async () => {},
  put: async () => {},
  delete: async () => {},
  stored: async () => undefined,
};

function recorded() {
  const texts: string[] = [];
  const sink: Sink = {
    ...IDLE,
    put: async (group) => void texts.push(await registeredText(group)),
  };
  return { suite: suiteWith({ sinks: [gatewaySink(sink)] }), texts };
}

function suiteWith(different: Partial<Suite> = {}): Suite {
  return {
    name: 'iam-users',
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
    partition: 'aws',
    accounts: ACCOUNTS,
    collectorOf: () => async () => ({ groups: [], failures: [] }),
    enter: async () => ACCESS,
    maxRequests: 30,
    profile: tollgateProfile,
    sinks: [gatewaySink(IDLE)],
    leaseUntil: new Date('2026-03-01T06:10:00Z'),
    replace: false,
    deadlines: deadlinesOf(60_000),
    now: () => new Date('2026-03-01T06:00:01Z'),
    ...different,
  };
}
