import { deliveryOf } from '../../lambdas/catalog/delivery';
import { sinkId } from '../../lambdas/catalog/sink-settings';
import { deprecations, readSettings } from '../../lib/config';

const ROLE = 'arn:aws:iam::222233334444:role/tollgate';
const MEMBER = { accountId: '222233334444', roleArn: ROLE };
const SINK = { type: 'pushgateway', url: 'https://gateway.example.com' } as const;
const GATEWAY = { sinks: [SINK] };
const SHOWN = JSON.stringify(SINK);
const WORKSPACE = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-0a1b2c3d';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-AbCdEf';
const DIGEST = { prometheusUrl: 'https://prometheus.example.com', webhookSecretArn: SECRET };

test('only the URL of the gateway is required', () => {
  expect(readSettings(GATEWAY)).toEqual({
    ...GATEWAY,
    ownerTag: 'Owner',
    costDays: 14,
    resourceDays: 13,
    settleDays: 1,
    attribution: ['owner-tag'],
    maxRoleSessions: 100,
    resourceServices: ['Amazon Elastic Compute Cloud - Compute'],
    roleCosts: false,
    maxInventory: 10_000,
    maxSeries: 2000,
    maxRequests: 150,
    metricProfile: 'tollgate',
    projectTag: 'Project',
    projectDays: 30,
    projectUsageTypes: [],
    requiredTags: ['Owner', 'Project'],
    gapTolerance: { usd: 0.01, share: 0.001 },
    hours: {
      'iam-users': [5],
      'user-costs': [6],
      roles: [5],
      accounts: [7],
      services: [7],
      projects: [7],
      tags: [5],
      digest: [8],
    },
    timeZone: 'Etc/UTC',
    serve: { host: '127.0.0.1', port: 9464, dataDir: 'tollgate-data' },
    logRetentionDays: 30,
  });
});

test('reading settings that were already read changes nothing', () => {
  const settings = readSettings({ ...GATEWAY, metricProfile: 'xc3', digest: undefined });
  expect(readSettings(settings)).toEqual(settings);
  expect(settings.roleCosts).toBe(true);
});

test.each<[string, unknown, string]>([
  [
    'no tollgate object',
    undefined,
    'expected an object such as {"sinks":[{"type":"pushgateway","url":"https://gateway.example.com"}]}, got nothing',
  ],
  [
    'a string from -c',
    '{sinks',
    'expected a JSON object such as {"sinks":[{"type":"pushgateway","url":"https://gateway.example.com"}]}, got 6 characters of other text: write the object into cdk.json, or quote the JSON after -c tollgate=',
  ],
  [
    'a string from -c that is JSON of another form',
    '"https://user:hunter2@gateway.example.com"',
    'expected an object such as {"sinks":[{"type":"pushgateway","url":"https://gateway.example.com"}]}, got a string of 40 characters, which is not shown because it may be secret',
  ],
  [
    'no sink',
    {},
    'sinks: expected an array such as [{"type":"pushgateway","url":"https://gateway.example.com"}], got nothing',
  ],
  ['a typo', { ...GATEWAY, costdays: 3 }, 'costdays: unknown key, did you mean "costDays"?'],
  [
    'an unknown key',
    { ...GATEWAY, vpc: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], id: 1 } },
    'vpc.id: unknown key, expected one of subnetIds, securityGroupIds',
  ],
  [
    'a typo in an item of an array',
    { ...GATEWAY, members: [{ ...MEMBER, external: 'x' }] },
    'members.0.external: unknown key, did you mean "externalId"?',
  ],
  [
    'an unknown collector',
    { ...GATEWAY, hours: { users: [5] } },
    'hours.users: unknown key, expected one of iam-users, user-costs, roles, accounts, services, projects, tags, digest',
  ],
  [
    'a number instead of an array',
    { ...GATEWAY, hours: { roles: 5 } },
    'hours.roles: expected an array such as [6, 18], got 5',
  ],
  [
    'a missing array',
    { ...GATEWAY, vpc: { subnetIds: ['subnet-1'] } },
    'vpc.securityGroupIds: expected an array such as ["sg-0a1b2c3d"], got nothing',
  ],
  [
    'a role of another account',
    { ...GATEWAY, members: [{ ...MEMBER, accountId: '333344445555' }] },
    `members.0.roleArn: expected a role of account 333344445555, got "${ROLE}"`,
  ],
  [
    'a member twice',
    { ...GATEWAY, members: [MEMBER, MEMBER] },
    'members.1: expected each account once, got an object',
  ],
  [
    'an external id with a space',
    { ...GATEWAY, members: [{ ...MEMBER, externalId: 'hunter 2' }] },
    'members.0.externalId: expected an external id of 2 to 1224 letters, digits and +=,.@:/-_, got a string of 8 characters, which is not shown because it may be secret',
  ],
  [
    'a required tag of AWS',
    { ...GATEWAY, requiredTags: ['aws:createdBy'] },
    'requiredTags.0: expected a tag key of your own such as Owner, not one of aws:, got "aws:createdBy"',
  ],
  [
    'a tag as the Billing console shows it',
    { ...GATEWAY, ownerTag: 'user:Owner' },
    'ownerTag: expected the tag key without "user:", as in "Owner", got "user:Owner"',
  ],
  [
    'a tag with a character that AWS forbids',
    { ...GATEWAY, projectTag: 'Project?' },
    'projectTag: expected a tag key such as Project, of letters, digits, spaces and _.:/=+-@, got "Project?"',
  ],
  [
    'a deployment with a slash and a line break',
    { ...GATEWAY, deployment: 'blue/green\n' },
    'deployment: expected at most 64 letters, digits, dots, hyphens and underscores such as blue, got "blue/green\\n"',
  ],
  [
    'another profile',
    { ...GATEWAY, metricProfile: 'XC3' },
    'metricProfile: expected one of tollgate, xc3, got "XC3"',
  ],
  [
    'a digest without its webhook',
    { ...GATEWAY, digest: { prometheusUrl: 'https://prometheus.example.com' } },
    'digest.webhookSecretArn: expected an ARN such as arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-AbCdEf, got nothing',
  ],
  [
    'a digest with the profile xc3',
    { ...GATEWAY, metricProfile: 'xc3', digest: DIGEST },
    'metricProfile: expected "tollgate" together with the setting digest, which reads the metrics of that profile, got "xc3"',
  ],
  [
    'another protocol',
    { sinks: [{ type: 'pushgateway', url: 'ftp://x' }] },
    'sinks.0.url: expected an http or https URL such as https://gateway.example.com, got "ftp://x"',
  ],
  [
    'a password in the URL',
    { sinks: [{ type: 'pushgateway', url: 'https://u:hunter2@x' }] },
    'sinks.0.url: expected a URL without credentials, query and fragment: put credentials into the headers secret, got "https://…", whose end is not shown because it may be secret',
  ],
  [
    'a token in the URL of the Prometheus',
    { ...GATEWAY, digest: { ...DIGEST, prometheusUrl: 'https://x?token=hunter2' } },
    'digest.prometheusUrl: expected a URL without credentials, query and fragment: put credentials into the headers secret, got "https://x…", whose end is not shown because it may be secret',
  ],
  [
    'the headers themselves',
    { sinks: [{ ...SINK, headers: { Authorization: 'hunter2' } }] },
    'sinks.0.headers: unknown key, expected one of type, url, headersSecretArn, allowInsecure, groupingLabels, tlsSecretArn, proxyUrl, retired',
  ],
  [
    'secret headers over http',
    { sinks: [{ type: 'pushgateway', url: 'http://10.0.0.7:9091', headersSecretArn: SECRET }] },
    'sinks.0.url: expected an https URL together with headersSecretArn, because http would send the headers unencrypted; set allowInsecure to true to send them anyway, got "http://10.0.0.7:9091"',
  ],
  [
    'secret headers over http to Prometheus',
    {
      ...GATEWAY,
      digest: { ...DIGEST, prometheusUrl: 'http://prometheus', prometheusHeadersSecretArn: SECRET },
    },
    'digest.prometheusUrl: expected an https URL together with prometheusHeadersSecretArn, because http would send the headers unencrypted; set allowInsecure to true to send them anyway, got "http://prometheus"',
  ],
  [
    'a secret instead of its ARN',
    { sinks: [{ ...SINK, headersSecretArn: 'hunter2' }] },
    'sinks.0.headersSecretArn: expected an ARN such as arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-AbCdEf, got a string of 7 characters, which is not shown because it may be secret',
  ],
  [
    'an empty ARN',
    { sinks: [{ ...SINK, headersSecretArn: 'arn:aws:secretsmanager:::' }] },
    'sinks.0.headersSecretArn: expected an ARN such as arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-AbCdEf, got "arn:aws:secretsmanager:::"',
  ],
  [
    'an array that is no array',
    { sinks: SINK },
    `sinks: expected an array such as [${SHOWN}], got an object`,
  ],
  ['no sink in the array', { sinks: [] }, `sinks: expected an array such as [${SHOWN}], got an empty array`],
  [
    'a sink that is no object',
    { sinks: ['hunter2'] },
    `sinks.0: expected an object such as ${SHOWN}, got a string of 7 characters, which is not shown because it may be secret`,
  ],
  [
    'a sink of another type',
    { sinks: [{ type: 'influx' }] },
    'sinks.0.type: expected one of pushgateway, remote-write, stdout, got a string of 6 characters, which is not shown because it may be secret',
  ],
  [
    'a sink without its URL',
    { sinks: [SINK, { type: 'pushgateway' }] },
    'sinks.1.url: expected an http or https URL such as https://gateway.example.com, got nothing',
  ],
  [
    'a sink twice, by its URL without a trailing slash',
    { sinks: [SINK, { ...SINK, url: `${SINK.url}/` }] },
    'sinks.1: expected a sink that no other entry names, got an object',
  ],
  [
    'the output twice',
    { sinks: [{ type: 'stdout' }, { type: 'stdout' }] },
    'sinks.1: expected a sink that no other entry names, got an object',
  ],
  [
    'only retired sinks',
    { sinks: [{ ...SINK, retired: true }] },
    'sinks: expected at least one sink that is not retired, got another array',
  ],
  [
    'the deprecated gateway beside sinks',
    { ...GATEWAY, pushgateway: { url: SINK.url } },
    'pushgateway: expected nothing beside the setting sinks, which replaces this one, got an object',
  ],
  [
    'remote write without a target',
    { sinks: [{ type: 'remote-write' }] },
    'sinks.0.url: expected exactly one of url and workspaceArn, got nothing',
  ],
  [
    'remote write to two targets',
    { sinks: [{ type: 'remote-write', url: SINK.url, workspaceArn: WORKSPACE }] },
    'sinks.0.url: expected exactly one of url and workspaceArn, got "https://gateway.example.com"',
  ],
  [
    'a workspace by its id',
    { sinks: [{ type: 'remote-write', workspaceArn: 'arn:aws:aps:eu-west-1:111122223333:ws-1' }] },
    'sinks.0.workspaceArn: expected the ARN of a workspace such as arn:aws:aps:eu-west-1:111122223333:workspace/ws-0a1b2c3d, got "arn:aws:aps:eu-west-1:111122223333:ws-1"',
  ],
  [
    'headers for a workspace, whose requests are signed',
    { sinks: [{ type: 'remote-write', workspaceArn: WORKSPACE, headersSecretArn: SECRET }] },
    `sinks.0.headersSecretArn: expected no secret together with workspaceArn, because requests to the workspace are signed, got "${SECRET}"`,
  ],
  [
    'remote write with the profile xc3',
    { sinks: [{ type: 'remote-write', url: SINK.url }], metricProfile: 'xc3' },
    'metricProfile: expected "tollgate" together with a sink of type remote-write, because XC3’s labels hold dates and amounts, got "xc3"',
  ],
  [
    'a grouping label of the catalog',
    { sinks: [{ ...SINK, groupingLabels: { account_id: '1' } }] },
    'sinks.0.groupingLabels.account_id: expected a label that no metric has, such as instance: job, le, quantile and the labels in docs/metrics.md are taken, got "account_id"',
  ],
  [
    'a grouping label of the profile xc3',
    {
      sinks: [SINK, { ...SINK, url: `${SINK.url}/2`, groupingLabels: { Usage_type: '1' } }],
      metricProfile: 'xc3',
    },
    'sinks.1.groupingLabels.Usage_type: expected a label that no metric of the profile xc3 has, such as instance, got "Usage_type"',
  ],
  [
    'a grouping label that is no label',
    { sinks: [{ ...SINK, groupingLabels: { 'a-b': '1' } }] },
    'sinks.0.groupingLabels.a-b: expected the name of a label such as instance, got "a-b"',
  ],
  [
    'a grouping label without a value',
    { sinks: [{ ...SINK, groupingLabels: { instance: '' } }] },
    'sinks.0.groupingLabels.instance: expected a value of 1 to 64 characters, got ""',
  ],
  [
    'an ARN with half an account',
    { ...GATEWAY, alarmTopicArn: 'arn:aws:sns:eu-west-1:1:alerts' },
    'alarmTopicArn: expected an ARN such as arn:aws:sns:eu-west-1:111122223333:alerts, got "arn:aws:sns:eu-west-1:1:alerts"',
  ],
  [
    'a rule twice',
    { ...GATEWAY, attribution: ['owner-tag', 'owner-tag'] },
    'attribution.1: expected each item at most once, got "owner-tag"',
  ],
  [
    'a string for a number',
    { ...GATEWAY, costDays: '14' },
    'costDays: expected a whole number from 1 to 365, got "14"',
  ],
  [
    'a number out of range',
    { ...GATEWAY, maxSeries: 0 },
    'maxSeries: expected a whole number from 20 to 1000000, got 0',
  ],
  [
    'an inventory that names nobody',
    { ...GATEWAY, maxInventory: 0 },
    'maxInventory: expected a whole number from 1 to 1000000, got 0',
  ],
  [
    'an hour out of range',
    { ...GATEWAY, hours: { 'user-costs': [24] } },
    'hours.user-costs.0: expected a whole number from 0 to 23, got 24',
  ],
  [
    'a Region that AWS does not have',
    { ...GATEWAY, regions: ['eu-south-9'] },
    'regions.0: expected a Region such as eu-south-1, global or NoRegion, got "eu-south-9"',
  ],
  [
    'a service by its API name',
    { ...GATEWAY, resourceServices: ['S3'] },
    'resourceServices.0: expected the name of a service in Cost Explorer such as "Amazon Simple Storage Service", got "S3"',
  ],
  [
    'the service of instances by its API name',
    { ...GATEWAY, resourceServices: ['EC2'] },
    'resourceServices.0: expected the name of a service in Cost Explorer such as "Amazon Elastic Compute Cloud - Compute", got "EC2"',
  ],
  [
    'a service with a typo',
    { ...GATEWAY, resourceServices: ['Amazon Relational Databse Service'] },
    'resourceServices.0: expected the name of a service in Cost Explorer such as "Amazon Relational Database Service", got "Amazon Relational Databse Service"',
  ],
  [
    'costs of roles without a service',
    { ...GATEWAY, resourceServices: [], roleCosts: true },
    'resourceServices: expected at least one service together with roleCosts, which is on by default in the profile xc3, got an empty array',
  ],
  [
    'the profile xc3 without a service',
    { ...GATEWAY, resourceServices: [], metricProfile: 'xc3' },
    'resourceServices: expected at least one service together with roleCosts, which is on by default in the profile xc3, got an empty array',
  ],
  [
    'a zone that does not exist',
    { ...GATEWAY, timeZone: 'Berlin' },
    'timeZone: expected a time zone such as Etc/UTC or Europe/Berlin, got "Berlin"',
  ],
  [
    'resources older than AWS keeps',
    { ...GATEWAY, settleDays: 3 },
    'resourceDays: expected at most 12 with settleDays 3: AWS keeps resource-level data for 14 days, got 13',
  ],
  [
    'a tolerance of 0',
    { ...GATEWAY, gapTolerance: { usd: 0 } },
    'gapTolerance.usd: expected a number of USD above 0 such as 0.01, got 0',
  ],
  [
    'a budget of 0',
    { ...GATEWAY, budgetUsd: 0 },
    'budgetUsd: expected a number of USD above 0 such as 1000, got 0',
  ],
])('%s is an error that names the key, the value and what is expected', (_, context, message) => {
  expect(() => readSettings(context)).toThrow(new Error(`cdk.json, context "tollgate":\n  ${message}`));
});

test('a JSON object from -c is read like one in cdk.json', () => {
  expect(readSettings(JSON.stringify(GATEWAY))).toEqual(readSettings(GATEWAY));
});

test.each([
  { url: 'http://10.0.0.7:9091', headersSecretArn: SECRET, allowInsecure: true },
  { url: 'http://10.0.0.7:9091' },
  { url: 'http://127.0.0.1:9091', headersSecretArn: SECRET },
  { url: 'http://[::1]:9091', headersSecretArn: SECRET },
  { url: 'http://localhost:9091', headersSecretArn: SECRET },
  { url: 'https://gateway.example.com', headersSecretArn: SECRET },
])('the gateway %j sends no secret unencrypted over a network, or has permission to', (gateway) => {
  const sinks = [
    { type: 'pushgateway', ...gateway },
    { type: 'remote-write', ...gateway, url: `${gateway.url}/write` },
  ];
  expect(readSettings({ sinks }).sinks).toEqual(sinks);
  const { url: prometheusUrl, headersSecretArn: prometheusHeadersSecretArn, allowInsecure } = gateway;
  const digest = { ...DIGEST, prometheusUrl, prometheusHeadersSecretArn, allowInsecure };
  expect(readSettings({ ...GATEWAY, digest }).digest).toMatchObject({ prometheusUrl });
});

test('costs by resource are switched off with an empty array of services', () => {
  expect(readSettings({ ...GATEWAY, resourceServices: [] }).resourceServices).toEqual([]);
  const xc3 = { ...GATEWAY, resourceServices: [], metricProfile: 'xc3', roleCosts: false };
  expect(readSettings(xc3).roleCosts).toBe(false);
});

test('a service that is new to the catalog is accepted', () => {
  const resourceServices = ['Amazon Brand New Thing'];
  expect(readSettings({ ...GATEWAY, resourceServices }).resourceServices).toEqual(resourceServices);
});

test('one error names every problem, with the keys of the place where the settings are written', () => {
  const input = { ...GATEWAY, costDays: 0, Regions: [], colour: 'blue' };
  expect(() => readSettings(input, 'Costs, settings')).toThrow(
    /^Costs, settings:\n {2}costDays: .*\n {2}Regions: unknown key, did you mean "regions"\?\n {2}colour: unknown key, expected one of sinks, .*$/,
  );
});

test.each([
  [{ url: 'https://gateway.example.com' }, { type: 'pushgateway', url: 'https://gateway.example.com' }],
  [{ url: 'stdout:' }, { type: 'stdout' }],
  [
    { url: 'https://gateway.example.com', headersSecretArn: SECRET },
    { type: 'pushgateway', url: 'https://gateway.example.com', headersSecretArn: SECRET },
  ],
])('the deprecated gateway %j is one sink, and the message says what to write', (pushgateway, sink) => {
  const settings = readSettings({ pushgateway });
  expect(settings).toEqual({ ...readSettings({ sinks: [sink] }) });
  expect(deprecations({ pushgateway })).toEqual({
    pushgateway: `the setting pushgateway is deprecated: write "sinks": ${JSON.stringify([sink])} instead`,
  });
  expect(deprecations(JSON.stringify({ sinks: [sink] }))).toEqual({});
});

test('a retired sink of remote write may stay beside the profile xc3, until its series are gone', () => {
  const sinks = [SINK, { type: 'remote-write', url: SINK.url.replace('gateway', 'mimir'), retired: true }];
  expect(readSettings({ sinks, metricProfile: 'xc3' }).sinks).toEqual(sinks);
});

test.each([
  [[SINK], 'scraped'],
  [[{ type: 'stdout' }], 'scraped'],
  [[{ type: 'stdout' }, { type: 'remote-write' }, SINK], 'written'],
  [[SINK, { type: 'remote-write' }], 'scraped'],
] as const)(
  'samples of the sinks %j are %s: the first sink that Prometheus reads counts',
  (sinks, delivery) => {
    expect(deliveryOf(sinks)).toBe(delivery);
  },
);

test('a workspace has a URL of its own, by its Region and partition', () => {
  const idOf = (workspaceArn: string) => sinkId({ type: 'remote-write', workspaceArn });
  expect(idOf(WORKSPACE)).toBe(
    'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d/api/v1/remote_write',
  );
  expect(idOf(WORKSPACE.replace('aws:aps:eu-west-1', 'aws-cn:aps:cn-north-1'))).toBe(
    'https://aps-workspaces.cn-north-1.amazonaws.com.cn/workspaces/ws-0a1b2c3d/api/v1/remote_write',
  );
});
