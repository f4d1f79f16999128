import { readSettings } from '../../lib/config';

const ROLE = 'arn:aws:iam::222233334444:role/tollgate';
const MEMBER = { accountId: '222233334444', roleArn: ROLE };
const GATEWAY = { pushgateway: { url: 'https://gateway.example.com' } };
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
    'expected an object such as {"pushgateway":{"url":"https://gateway.example.com"}}, got nothing',
  ],
  [
    'a string from -c',
    '{pushgateway',
    'expected a JSON object such as {"pushgateway":{"url":"https://gateway.example.com"}}, got 12 characters of other text: write the object into cdk.json, or quote the JSON after -c tollgate=',
  ],
  [
    'a string from -c that is JSON of another form',
    '"https://user:hunter2@gateway.example.com"',
    'expected an object such as {"pushgateway":{"url":"https://gateway.example.com"}}, got a string of 40 characters, which is not shown because it may be secret',
  ],
  [
    'no gateway',
    {},
    'pushgateway: expected an object such as {"url":"https://gateway.example.com"}, got nothing',
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
    { pushgateway: { url: 'ftp://x' } },
    'pushgateway.url: expected an http or https URL such as https://gateway.example.com, or stdout:, got "ftp://x"',
  ],
  [
    'a password in the URL',
    { pushgateway: { url: 'https://u:hunter2@x' } },
    'pushgateway.url: expected a URL without credentials, query and fragment: put credentials into the headers secret, got "https://…", whose end is not shown because it may be secret',
  ],
  [
    'a token in the URL of the Prometheus',
    { ...GATEWAY, digest: { ...DIGEST, prometheusUrl: 'https://x?token=hunter2' } },
    'digest.prometheusUrl: expected a URL without credentials, query and fragment: put credentials into the headers secret, got "https://x…", whose end is not shown because it may be secret',
  ],
  [
    'the headers themselves',
    { pushgateway: { ...GATEWAY.pushgateway, headers: { Authorization: 'hunter2' } } },
    'pushgateway.headers: unknown key, expected one of url, headersSecretArn, allowInsecure',
  ],
  [
    'secret headers over http',
    { pushgateway: { url: 'http://10.0.0.7:9091', headersSecretArn: SECRET } },
    'pushgateway.url: expected an https URL together with headersSecretArn, because http would send the headers unencrypted; set allowInsecure to true to send them anyway, got "http://10.0.0.7:9091"',
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
    { pushgateway: { ...GATEWAY.pushgateway, headersSecretArn: 'hunter2' } },
    'pushgateway.headersSecretArn: expected an ARN such as arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-AbCdEf, got a string of 7 characters, which is not shown because it may be secret',
  ],
  [
    'an empty ARN',
    { pushgateway: { ...GATEWAY.pushgateway, headersSecretArn: 'arn:aws:secretsmanager:::' } },
    'pushgateway.headersSecretArn: expected an ARN such as arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-AbCdEf, got "arn:aws:secretsmanager:::"',
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
  { url: 'stdout:', headersSecretArn: SECRET },
])('the gateway %j sends no secret unencrypted over a network, or has permission to', (pushgateway) => {
  expect(readSettings({ pushgateway }).pushgateway).toEqual(pushgateway);
  const { url: prometheusUrl, headersSecretArn: prometheusHeadersSecretArn, allowInsecure } = pushgateway;
  if (prometheusUrl === 'stdout:') return;
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
    /^Costs, settings:\n {2}costDays: .*\n {2}Regions: unknown key, did you mean "regions"\?\n {2}colour: unknown key, expected one of pushgateway, .*$/,
  );
});
