import fc from 'fast-check';
import type { CollectorSettings } from '../../../lambdas/catalog/function-settings';
import { type TagsSource, tags } from '../../../lambdas/collectors/tags/collector';
import { regionTags, type TaggedResource } from '../../../lambdas/collectors/tags/region-tags';
import { ACCOUNT, exposition } from '../../support/exposition';

const SETTINGS: CollectorSettings<'tags'> = { requiredTags: ['Project', 'Owner'], maxInventory: 2_000 };

function resource(id: string, tags: Readonly<Record<string, string>> = {}): TaggedResource {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return { arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:${id}`, tags: list };
}

const RESOURCES: Readonly<Record<string, readonly TaggedResource[]>> = {
  'eu-central-1': [resource('compliant', { Project: 'p', Owner: 'o' })],
  'eu-west-1': [
    resource('d-none'),
    resource('c-empty', { Project: '', Owner: 'o' }),
    resource('b-other-case', { project: 'p', Owner: 'o' }),
    resource('a-of-aws', { 'aws:cloudformation:stack-name': 's', Project: 'p' }),
    resource('compliant', { Project: 'p', Owner: 'o', More: '' }),
  ],
  'us-east-1': [],
};

const SOURCE: TagsSource = {
  regions: async () => Object.keys(RESOURCES),
  resources: async (region) => RESOURCES[region] ?? [],
};

const FRANKFURT = `{"job":"TaggingResourceList_eu-central-1","account_id":"111122223333"}
# TYPE aws_resources gauge
aws_resources{account_id="111122223333",region="eu-central-1",compliant="true"} 1
aws_resources{account_id="111122223333",region="eu-central-1",compliant="false"} 0

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-central-1",list="untagged_resources"} 0
`;

const IRELAND = `{"job":"TaggingResourceList_eu-west-1","account_id":"111122223333"}
# TYPE aws_resources gauge
aws_resources{account_id="111122223333",region="eu-west-1",compliant="true"} 1
aws_resources{account_id="111122223333",region="eu-west-1",compliant="false"} 4

# TYPE aws_resource_missing_tag gauge
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="arn:aws:sqs:eu-west-1:111122223333:a-of-aws",tag="Owner"} 1
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="arn:aws:sqs:eu-west-1:111122223333:b-other-case",tag="Project"} 1
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="arn:aws:sqs:eu-west-1:111122223333:c-empty",tag="Project"} 1
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="arn:aws:sqs:eu-west-1:111122223333:d-none",tag="Owner"} 1
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="arn:aws:sqs:eu-west-1:111122223333:d-none",tag="Project"} 1

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="untagged_resources"} 0
`;

async function published(different: Partial<TagsSource> = {}, settings = SETTINGS): Promise<string> {
  const text = await exposition(tags({ ...SOURCE, ...different }, settings), '2026-03-01T05:00:00Z');
  return text.replace(/^# HELP .*\n/gm, '');
}

test('publishes the number of compliant resources of a Region and each missing tag; an empty value counts as missing', async () => {
  expect(await published()).toBe([FRANKFURT, IRELAND].join('\n'));
});

test('a Region that cannot be read affects no other Region', async () => {
  const resources = async (region: string) => {
    if (region === 'eu-west-1') throw named('ThrottledException', 'rate exceeded');
    return SOURCE.resources(region);
  };
  expect(await published({ resources })).toBe(
    [
      FRANKFURT,
      'failed: {"part":"tags","reason":"throttled","message":"rate exceeded","subject":"eu-west-1"}\n',
    ].join('\n'),
  );
});

test('a Region that cannot be reached is unavailable and no failure; a denial is a failure', async () => {
  const resources = async (region: string) => {
    if (region === 'eu-west-1') throw Object.assign(named('Error', 'no such host'), { code: 'ENOTFOUND' });
    if (region === 'us-east-1') throw named('AccessDeniedException', 'not you');
    return SOURCE.resources(region);
  };
  const run = { accountId: ACCOUNT, partition: 'aws', suiteAccounts: [], scheduledTime: new Date(0) };
  const found = await tags({ ...SOURCE, resources }, SETTINGS)(run);
  expect({ ...found, groups: found.groups.map(({ job }) => job) }).toEqual({
    groups: ['TaggingResourceList_eu-central-1'],
    failures: [{ part: 'tags', reason: 'denied', message: 'not you', subject: 'us-east-1' }],
    unavailable: [{ part: 'tags', jobs: ['TaggingResourceList'], region: 'eu-west-1' }],
  });
});

test('if no Region can be reached, each is a failure', async () => {
  const resources = () => Promise.reject(named('TimeoutError', 'no answer'));
  const text = await published({ resources });
  expect(text.match(/"reason":"timeout"/g)).toHaveLength(3);
});

test('without a list of Regions there is a failure of the part tags, and no group', async () => {
  const regions = () => Promise.reject(named('AccessDeniedException', 'not you'));
  expect(await published({ regions })).toBe(
    'failed: {"part":"tags","reason":"denied","message":"not you"}\n',
  );
});

test('resources beyond maxInventory are counted by the tags that they lack', async () => {
  expect(
    await published({ regions: async () => ['eu-west-1'] }, { ...SETTINGS, maxInventory: 2 }),
  ).toBe(`{"job":"TaggingResourceList_eu-west-1","account_id":"111122223333"}
# TYPE aws_resources gauge
aws_resources{account_id="111122223333",region="eu-west-1",compliant="true"} 1
aws_resources{account_id="111122223333",region="eu-west-1",compliant="false"} 4

# TYPE aws_resource_missing_tag gauge
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="arn:aws:sqs:eu-west-1:111122223333:a-of-aws",tag="Owner"} 1
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="arn:aws:sqs:eu-west-1:111122223333:b-other-case",tag="Project"} 1
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="__other__",tag="Owner"} 1
aws_resource_missing_tag{account_id="111122223333",region="eu-west-1",resource="__other__",tag="Project"} 2

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="untagged_resources"} 2
`);
});

test('at most four Regions are read at a time', async () => {
  const regions = Array.from({ length: 10 }, (_, index) => `eu-west-${index}`);
  let open = 0;
  const opened: number[] = [];
  const resources = async () => {
    opened.push(++open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return [];
  };
  await published({ regions: async () => regions, resources });
  expect([opened.length, Math.max(...opened)]).toEqual([10, 4]);
});

test('whatever the tags, a Region names at most maxInventory resources and counts every resource and every missing tag', () => {
  const key = fc.constantFrom('Owner', 'Project', 'constructor', '__proto__', 'aws:x');
  const tag = fc.record({ key, value: fc.constantFrom('', 'v') });
  const one = fc.record({ arn: fc.string(), tags: fc.uniqueArray(tag, { selector: (each) => each.key }) });
  const all = fc.uniqueArray(one, { selector: ({ arn }) => arn, maxLength: 30 });
  const required = fc.uniqueArray(key, { minLength: 1 });
  fc.assert(
    fc.property(all, required, fc.integer({ min: 0, max: 40 }), (resources, requiredTags, maxInventory) => {
      const place = { accountId: ACCOUNT, region: 'eu-west-1' };
      const { samples } = regionTags({ ...place, resources, requiredTags, maxInventory });
      const sumOf = (metric: string) =>
        samples.filter((each) => each.metric === metric).reduce((sum, { value }) => sum + value, 0);
      const present = resources.flatMap(({ tags }) =>
        tags.filter(({ key, value }) => requiredTags.includes(key) && value !== ''),
      );
      const missing = resources.length * requiredTags.length - present.length;
      const named = samples.flatMap(({ labels }) => ('resource' in labels ? labels.resource : []));
      expect(new Set(named.filter((arn) => arn !== '__other__')).size).toBeLessThanOrEqual(maxInventory);
      expect(sumOf('aws_resources')).toBe(resources.length);
      expect(sumOf('aws_resource_missing_tag')).toBe(missing);
    }),
  );
});

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
