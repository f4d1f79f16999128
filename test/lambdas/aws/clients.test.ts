import { IAMClient } from '@aws-sdk/client-iam';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsAccess } from '../../../lambdas/aws/access';
import { listIamUsers } from '../../../lambdas/aws/iam-users';
import { type RequestMeter, requestMeter } from '../../../lambdas/aws/request-meter';
import { secretHeaders } from '../../../lambdas/aws/secret-headers';
import { tlsSecret } from '../../../lambdas/aws/tls-secret';
import { everyAction } from '../../../lambdas/catalog/actions';
import { iamUsersSource } from '../../../lambdas/collectors/iam-users/source';
import { userCostsSource } from '../../../lambdas/collectors/user-costs/source';
import {
  type SimulatedAws,
  type SimulatedAwsOptions,
  startSimulatedAws,
} from '../../../lib/local/aws/server';
import { generateBill } from '../../../lib/local/bill/generated';
import { authority } from '../../support/certificates';
import { startHttpServer } from '../../support/http-server';

const BILL = generateBill({
  seed: 7,
  users: 230,
  regions: 3,
  resourcesPerUser: 3,
  ownerTag: 'Owner',
  days: 15,
  asOf: new Date('2026-03-01T06:00:00Z'),
});
const PERIOD = { start: '2026-02-15', end: '2026-03-01' };
const SCOPE = { ownerTag: 'Owner', resourceServices: ['Amazon Elastic Compute Cloud - Compute'] };
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-a1b2c3';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test('iam-users: every page of ListUsers is read', async () => {
  await withAws({}, async ({ aws, access }) => {
    const users = await iamUsersSource(access).users();
    expect(users.map(({ name }) => name).sort()).toEqual(BILL.users.map(({ userName }) => userName).sort());
    expect(aws.requests.map(({ action, page }) => [action, page])).toEqual(
      [1, 2, 3].map((page) => ['iam:ListUsers', page]),
    );
  });
});

test('user-costs: the rows do not depend on the number of pages, and requests are counted by service and outcome', async () => {
  const rows = (pageSize?: number) =>
    withAws({ pageSize }, async ({ access, meter }) => {
      const source = userCostsSource(access, SCOPE);
      const totals = await source.dailyTotals(BILL.accountId, PERIOD);
      const owners = await source.tagCosts(BILL.accountId, PERIOD, { tag: 'Owner', absent: [] });
      const resources = await source.resourceCosts(BILL.accountId, PERIOD);
      return {
        answers: JSON.stringify([totals, owners, resources]),
        requests: meter.counts(),
        usd: meter.costExplorerUsd(),
      };
    });
  const [onePage, paged] = [await rows(), await rows(50)];
  expect(paged.answers).toBe(onePage.answers);
  expect(onePage.requests).toEqual([
    { service: 'Cost Explorer', operation: 'GetCostAndUsage', outcome: 'ok', requests: 2 },
    { service: 'Cost Explorer', operation: 'GetCostAndUsageWithResources', outcome: 'ok', requests: 1 },
  ]);
  expect(onePage.usd).toBe(0.03);
  expect(paged.usd).toBeGreaterThan(0.1);
});

test('user-costs: every page is read for the owners of a Region’s tagged resources', async () => {
  await withAws({}, async ({ access }) => {
    const owners = await userCostsSource(access, SCOPE).owners('eu-west-1');
    const expected = BILL.resources.filter(({ region, tags }) => region === 'eu-west-1' && tags.Owner);
    expect(Object.fromEntries(owners)).toEqual(
      Object.fromEntries(expected.map(({ arn, tags }) => [arn, tags.Owner])),
    );
  });
});

test('user-costs: a Region that is switched off has no owners, and is not a failure', async () => {
  const off = { kind: 'region-off', action: 'tag:GetResources', region: 'eu-west-1' } as const;
  await withAws({ faults: [off] }, async ({ access }) => {
    const source = userCostsSource(access, SCOPE);
    expect([await source.owners('eu-west-1')].map(({ size }) => size)).toEqual([0]);
    expect((await source.owners('us-east-1')).size).toBeGreaterThan(0);
  });
});

test('user-costs: only Regions in scope are requested and returned', async () => {
  await withAws({}, async ({ access }) => {
    const source = userCostsSource(access, { ...SCOPE, regions: ['eu-west-1', 'global'] });
    const totals = await source.dailyTotals(BILL.accountId, PERIOD);
    expect([...new Set(totals.map(({ region }) => region))].sort()).toEqual(['eu-west-1', 'global']);
  });
});

test('user-costs: an account without resource-level data has no resource costs', async () => {
  await withAws({ resourceDataEnabled: false }, async ({ access }) => {
    expect(await userCostsSource(access, SCOPE).resourceCosts(BILL.accountId, PERIOD)).toBeUndefined();
  });
});

test('at the cap no further request is sent', async () => {
  await withAws(
    { pageSize: 10 },
    async ({ access, aws }) => {
      await expect(userCostsSource(access, SCOPE).dailyTotals(BILL.accountId, PERIOD)).rejects.toThrow(
        'the cap of 4 Cost Explorer requests per run is reached',
      );
      expect(aws.requests).toHaveLength(4);
    },
    requestMeter(4),
  );
});

test('throttled attempts are retried and counted, denied ones are not retried', async () => {
  const answers = [
    [400, 'Throttling'],
    [503, 'ServiceUnavailable'],
    [403, 'AccessDenied'],
  ] as const;
  let attempts = 0;
  const server = await startHttpServer((_, answer) => {
    const [status, code] = answers[attempts] ?? [500, 'Unexpected'];
    attempts += 1;
    answer.writeHead(status, { 'content-type': 'text/xml' });
    answer.end(
      `<ErrorResponse><Error><Code>${code}</Code><Message>${code} it is</Message></Error></ErrorResponse>`,
    );
  });
  setEnvironment(server.url);
  const meter = requestMeter(0);
  const { signal } = new AbortController();
  await expect(listIamUsers(awsAccess(meter, signal).client(IAMClient), signal)).rejects.toThrow(
    'AccessDenied it is',
  );
  await server.stop();
  expect(attempts).toBe(3);
  expect(meter.counts().map(({ outcome, requests }) => [outcome, requests])).toEqual([
    ['throttled', 1],
    ['error', 1],
    ['denied', 1],
  ]);
});

test('a run without time left sends no request', async () => {
  await withAws({}, async ({ meter, aws }) => {
    const expired = awsAccess(meter, AbortSignal.abort());
    await expect(iamUsersSource(expired).users()).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    expect(aws.requests).toEqual([]);
  });
});

test('request headers come from one secret, which no error shows', async () => {
  const secrets = {
    [SECRET]: '{"Authorization":"Bearer canary"}',
    [`${SECRET}x`]: '["canary"]',
    [`${SECRET}y`]: 'canary',
  };
  await withAws({ secrets }, async ({ access }) => {
    const client = access.client(SecretsManagerClient);
    expect(await secretHeaders(client, SECRET, access.signal)).toEqual({ Authorization: 'Bearer canary' });
    for (const arn of [`${SECRET}x`, `${SECRET}y`]) {
      await expect(secretHeaders(client, arn, access.signal)).rejects.toThrow(
        `secret ${arn}: expected a JSON object of request headers such as {"Authorization":"Bearer …"}, got a value of another form`,
      );
    }
  });
});

describe('the secret of certificates', () => {
  const ours = authority('ours');
  const client = ours.issue('tollgate');
  const EXPECTED = 'expected a JSON object of PEM strings such as {"ca":"…","cert":"…","key":"…"}, got';
  const PEM = 'with its line breaks (\\n in JSON), got a value of another form';

  test.each([{ ca: ours.ca }, { ca: ours.ca + ours.ca }, client, { ca: ours.ca, ...client }])(
    'may hold an authority, a client certificate, or both (%#)',
    async (held) => {
      await withAws({ secrets: { [SECRET]: JSON.stringify(held) } }, async ({ access }) => {
        expect(await tlsSecret(access.client(SecretsManagerClient), SECRET, access.signal)).toEqual(held);
      });
    },
  );

  test.each<[string, unknown, string]>([
    ['is a string', 'canary', `${EXPECTED} a value of another form`],
    ['is an array', ['canary'], `${EXPECTED} a value of another form`],
    ['is empty', {}, `${EXPECTED} no member`],
    ['has another member', { ca: ours.ca, canary: 'canary' }, `${EXPECTED} another member`],
    ['has no PEM', { ca: 'canary' }, `ca: expected certificates in PEM ${PEM}`],
    ['has an object', { ca: { canary: 1 } }, `ca: expected certificates in PEM ${PEM}`],
    [
      'has a broken certificate',
      { ca: '-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----' },
      `ca: expected certificates in PEM ${PEM}`,
    ],
    [
      'has a certificate without line breaks',
      { ca: ours.ca.replaceAll('\n', ' ') },
      `ca: expected certificates in PEM ${PEM}`,
    ],
    [
      'has a broken key',
      { ...client, key: 'canary' },
      `key: expected a private key in PEM, without a passphrase ${PEM}`,
    ],
    [
      'has a key in another form',
      { ...client, key: { key: client.key } },
      `key: expected a private key in PEM, without a passphrase ${PEM}`,
    ],
    [
      'has a certificate alone',
      { cert: client.cert },
      'expected "cert" and "key" together, got "cert" alone',
    ],
    ['has a key alone', { key: client.key }, 'expected "cert" and "key" together, got "key" alone'],
    [
      'has the key of another certificate',
      { ...client, key: ours.issue('other').key },
      'expected the key of the certificate in "cert", got another key in "key"',
    ],
  ])('that %s is an error that names the secret and shows no part of it', async (_, held, problem) => {
    await withAws({ secrets: { [SECRET]: JSON.stringify(held) } }, async ({ access }) => {
      const reading = tlsSecret(access.client(SecretsManagerClient), SECRET, access.signal);
      await expect(reading).rejects.toThrow(new Error(`secret ${SECRET}: ${problem}`));
    });
  });
});

interface Local {
  readonly aws: SimulatedAws;
  readonly access: ReturnType<typeof awsAccess>;
  readonly meter: RequestMeter;
}

async function withAws<T>(
  options: Partial<SimulatedAwsOptions>,
  use: (local: Local) => Promise<T>,
  meter = requestMeter(1_000),
): Promise<T> {
  const actions = [...everyAction(), 'secretsmanager:GetSecretValue'];
  const aws = await startSimulatedAws({
    bill: BILL,
    callers: [{ accessKeyId: 'AKIATEST', name: 'test', actions }],
    ...options,
  });
  setEnvironment(aws.url);
  try {
    return await use({ aws, meter, access: awsAccess(meter, new AbortController().signal) });
  } finally {
    await aws.stop();
  }
}

function setEnvironment(url: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
}
