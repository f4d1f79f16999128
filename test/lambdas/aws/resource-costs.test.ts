import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import type { AwsAccess } from '../../../lambdas/aws/access';
import { resourceCosts } from '../../../lambdas/aws/resource-costs';
import { ACCOUNT, bill, COMPUTE, charge, stopAll } from '../../local/aws/simulation';
import { local } from '../../support/local-access';

const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  await stopAll();
});

const CHARGES = ['2026-03-05', '2026-03-06'].map((day) => charge({ day, resourceId: 'i-0a', usd: '1.5' }));
const QUERY = {
  metric: 'aws_user_resource_billed_cost_usd',
  accountId: ACCOUNT,
  period: { start: '2026-03-02', end: '2026-03-15' },
  services: [COMPUTE],
} as const;
const ask = (access: AwsAccess, services: readonly string[] = [COMPUTE]) =>
  resourceCosts(access.client(CostExplorerClient), { ...QUERY, services }, access.signal);

test.each([
  ['months and days are allowed', undefined, ['3'], 1],
  ['days are refused', ['MONTHLY'], ['3'], 1],
  ['months are refused', ['DAILY'], ['1.5', '1.5'], 2],
] as const)('the cost is exact if %s', async (_, granularities, amounts, requests) => {
  const { access, aws } = await local({
    bill: bill({ charges: CHARGES }),
    resourceLimits: { granularities },
  });
  expect((await ask(access))?.map(({ usd }) => String(usd))).toEqual(amounts);
  expect(aws.requests).toHaveLength(requests);
});

test('a refused service names the setting and the service that is always allowed', async () => {
  const { access } = await local({ resourceLimits: { services: [COMPUTE] } });
  await expect(ask(access, [COMPUTE, 'Amazon Simple Storage Service'])).rejects.toThrow(
    `aws_user_resource_billed_cost_usd: resourceServices: expected services whose resources Cost Explorer shows, such as "${COMPUTE}", which it always allows, got "${COMPUTE}", "Amazon Simple Storage Service": Resource-level data requires`,
  );
});

test('if only EC2 was requested, the refusal is that of AWS', async () => {
  const { access } = await local({ resourceLimits: { granularities: [] } });
  await expect(ask(access)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('any other error is not followed by another query', async () => {
  const { access, aws } = await local({ faults: [{ action: 'ce:*', kind: 'deny' }] });
  await expect(ask(access)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(aws.requests).toHaveLength(1);
});

test('without resource-level data there are none', async () => {
  const { access } = await local({ resourceDataEnabled: false });
  expect(await ask(access)).toBeUndefined();
});
