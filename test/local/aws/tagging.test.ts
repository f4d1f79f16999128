import { GetResourcesCommand, paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import type { TaggedResource } from '../../../lib/local/bill/bill';
import { bill, clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

function resource(arn: string, different: Partial<TaggedResource> = {}): TaggedResource {
  return { arn, region: 'eu-west-1', tags: { Owner: 'ana' }, ...different };
}

test('a client sees the resources of its own Region', async () => {
  const resources = [resource('arn:1'), resource('arn:2', { region: 'us-east-1' })];
  const aws = await simulate({ bill: bill({ resources }) });
  const { tagging } = clients(aws, { region: 'us-east-1' });
  expect(await tagging.send(new GetResourcesCommand({}))).toMatchObject({
    ResourceTagMappingList: [{ ResourceARN: 'arn:2', Tags: [{ Key: 'Owner', Value: 'ana' }] }],
    PaginationToken: '',
  });
});

test('the SDK’s paginator sees every resource of a Region once', async () => {
  const resources = ['eu-west-1', 'us-east-1'].flatMap((region) =>
    Array.from({ length: 7 }, (_, index) => resource(`arn:${region}:${index}`, { region })),
  );
  const aws = await simulate({ bill: bill({ resources }), inventoryPageSize: 3 });
  for (const region of ['eu-west-1', 'us-east-1']) {
    const { tagging: client } = clients(aws, { region });
    const arns: (string | undefined)[] = [];
    for await (const page of paginateGetResources({ client }, { ResourcesPerPage: 100 }))
      arns.push(...(page.ResourceTagMappingList ?? []).map(({ ResourceARN }) => ResourceARN));
    expect(arns).toEqual(Array.from({ length: 7 }, (_, index) => `arn:${region}:${index}`));
  }
  expect(aws.requests.map(({ page }) => page)).toEqual([1, 2, 3, 1, 2, 3]);
});

test('a filter selects by key and by any of its values, and several filters must all match', async () => {
  const resources = [
    resource('ana-prod', { tags: { Owner: 'ana', environment: 'prod' } }),
    resource('ben-prod', { tags: { Owner: 'ben', environment: 'prod' } }),
    resource('prod', { tags: { environment: 'prod' } }),
    resource('ana', { tags: { Owner: 'ana' } }),
  ];
  const { tagging } = clients(await simulate({ bill: bill({ resources }) }));
  const found = async (...TagFilters: { Key: string; Values?: string[] }[]) => {
    const { ResourceTagMappingList = [] } = await tagging.send(new GetResourcesCommand({ TagFilters }));
    return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);
  };
  expect(await found({ Key: 'Owner' })).toEqual(['ana-prod', 'ben-prod', 'ana']);
  expect(await found({ Key: 'Owner', Values: ['ana', 'eve'] })).toEqual(['ana-prod', 'ana']);
  expect(await found({ Key: 'Owner', Values: ['ana'] }, { Key: 'environment' })).toEqual(['ana-prod']);
});

test('a token of another Region and an unknown token are refused', async () => {
  const resources = [resource('arn:1'), resource('arn:2')];
  const aws = await simulate({ bill: bill({ resources }), inventoryPageSize: 1 });
  const { PaginationToken } = await clients(aws).tagging.send(new GetResourcesCommand({}));
  const { tagging } = clients(aws, { region: 'us-east-1' });
  await expect(tagging.send(new GetResourcesCommand({ PaginationToken }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await expect(tagging.send(new GetResourcesCommand({ PaginationToken: 'old' }))).rejects.toMatchObject({
    name: 'PaginationTokenExpiredException',
  });
});

test('an error names a parameter that is not simulated', async () => {
  const { tagging } = clients(await simulate());
  await expect(tagging.send(new GetResourcesCommand({ ResourceTypeFilters: ['ec2'] }))).rejects.toMatchObject(
    {
      name: 'ValidationException',
      message:
        'ResourceTypeFilters: expected only PaginationToken, ResourcesPerPage, TagFilters, got ["ec2"]',
    },
  );
});
