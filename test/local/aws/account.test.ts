import { GetRegionOptStatusCommand, ListRegionsCommand, paginateListRegions } from '@aws-sdk/client-account';
import { bill, clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

const ENABLED = { RegionOptStatusContains: ['ENABLED' as const, 'ENABLED_BY_DEFAULT' as const] };
const enabledRegions = ['eu-west-1', 'af-south-1', 'us-east-1'];

test('Regions that are switched on are listed, with another status for those that are always on', async () => {
  const { account } = clients(await simulate({ bill: bill({ enabledRegions }) }));
  const { $metadata: _, ...answer } = await account.send(new ListRegionsCommand(ENABLED));
  expect(answer).toEqual({
    Regions: [
      { RegionName: 'af-south-1', RegionOptStatus: 'ENABLED' },
      { RegionName: 'eu-west-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
      { RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
    ],
  });
});

test('other Regions are listed as switched off, and Regions of other partitions are not listed', async () => {
  const { account } = clients(await simulate({ bill: bill({ enabledRegions }) }));
  const { Regions = [] } = await account.send(new ListRegionsCommand({}));
  const named = Object.fromEntries(
    Regions.map(({ RegionName, RegionOptStatus }) => [RegionName, RegionOptStatus]),
  );
  expect(named).toMatchObject({ 'ap-east-1': 'DISABLED', 'af-south-1': 'ENABLED' });
  expect(Regions.filter(({ RegionName = '' }) => /^(cn|us-gov|us-iso)/.test(RegionName))).toEqual([]);
});

test('the SDK’s paginator sees every Region once', async () => {
  const aws = await simulate({ bill: bill({ enabledRegions }), inventoryPageSize: 2 });
  const pages = [];
  for await (const { Regions = [] } of paginateListRegions({ client: clients(aws).account }, ENABLED))
    pages.push(Regions.map(({ RegionName }) => RegionName));
  expect(pages).toEqual([['af-south-1', 'eu-west-1'], ['us-east-1']]);
  expect(aws.requests.map(({ action, page }) => [action, page])).toEqual([
    ['account:ListRegions', 1],
    ['account:ListRegions', 2],
  ]);
});

test('the service refuses in its own format', async () => {
  const aws = await simulate();
  const { account } = clients(aws);
  await expect(account.send(new ListRegionsCommand({ AccountId: '222233334444' }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'AccountId: expected only MaxResults, NextToken, RegionOptStatusContains, got "222233334444"',
    $metadata: { httpStatusCode: 400 },
  });
  await expect(account.send(new ListRegionsCommand({ NextToken: 'mine' }))).rejects.toThrow(
    'expected a token of an earlier answer, got "mine"',
  );
});

test('a denied call and a throttled call have the service’s own error names and statuses', async () => {
  const callers = [{ accessKeyId: 'AKIACOLLECTOR', name: 'collector', actions: [] }];
  const denied = clients(await simulate({ callers })).account;
  await expect(denied.send(new ListRegionsCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('not authorized to perform: account:ListRegions'),
    $metadata: { httpStatusCode: 403 },
  });
  const busy = clients(await simulate({ faults: [{ action: 'account:*', kind: 'throttle' }] })).account;
  await expect(busy.send(new ListRegionsCommand({}))).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
});

test('an error names another operation of the service', async () => {
  const { account } = clients(await simulate());
  const command = new GetRegionOptStatusCommand({ RegionName: 'eu-west-1' });
  await expect(account.send(command)).rejects.toThrow('got POST /getRegionOptStatus');
});
