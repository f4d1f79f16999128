import { readSettings } from '../../lib/config';

const ROLE = 'arn:aws:iam::222233334444:role/tollgate';
const MEMBER = { accountId: '222233334444', roleArn: ROLE };
const GATEWAY = { pushgateway: { url: 'https://gateway.example.com' } };

test('a URL is all that must be said', () => {
  expect(readSettings(GATEWAY)).toEqual({
    ...GATEWAY,
    ownerTag: 'Owner',
    costDays: 14,
    resourceDays: 13,
    settleDays: 1,
    attribution: ['owner-tag'],
    maxRoleSessions: 100,
    resourceServices: ['Amazon Elastic Compute Cloud - Compute'],
    maxSeries: 2000,
    maxRequests: 30,
    metricProfile: 'tollgate',
    projectTag: 'Project',
    projectDays: 30,
    projectUsageTypes: [],
    requiredTags: ['Owner', 'Project'],
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
    logRetentionDays: 30,
  });
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'pushgateway: expected object, got nothing'],
  [
    'an unknown key',
    { ...GATEWAY, costdays: 3 },
    'costdays: unknown key; allowed here: pushgateway, deployment, members, metricProfile, accountNames, ownerTag,',
  ],
  [
    'an unknown key in an item of a list',
    { ...GATEWAY, members: [{ accountId: '222233334444', roleArn: ROLE, external: 'x' }] },
    'members.0.external: unknown key; allowed here: accountId, roleArn, externalId',
  ],
  [
    'a role of another account',
    { ...GATEWAY, members: [{ accountId: '333344445555', roleArn: ROLE }] },
    'members: expected each roleArn to be of its accountId, got [{"accountId":"333344445555"',
  ],
  [
    'a member twice',
    { ...GATEWAY, members: [MEMBER, MEMBER] },
    'members: expected each account once, got [{"accountId":"222233334444"',
  ],
  [
    'a required tag of AWS’s own',
    { ...GATEWAY, requiredTags: ['aws:createdBy'] },
    'requiredTags.0: expected a tag key of your own, not of aws:, got "aws:createdBy"',
  ],
  [
    'another profile',
    { ...GATEWAY, metricProfile: 'XC3' },
    'metricProfile: invalid option: expected one of "tollgate"|"xc3", got "XC3"',
  ],
  [
    'a digest without its webhook',
    { ...GATEWAY, digest: { prometheusUrl: 'https://prometheus.example.com' } },
    'digest.webhookSecretArn: expected string, got nothing',
  ],
  [
    'an unknown key inside',
    { pushgateway: { ...GATEWAY.pushgateway, token: 'x' } },
    'pushgateway.token: unknown key; allowed here: url, headersSecretArn',
  ],
  [
    'an unknown key in an optional object',
    { ...GATEWAY, vpc: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], id: 1 } },
    'vpc.id: unknown key; allowed here: subnetIds, securityGroupIds',
  ],
  [
    'an unknown collector',
    { ...GATEWAY, hours: { users: [5] } },
    'hours.users: unknown key; allowed here: iam-users, user-costs',
  ],
  [
    'another protocol',
    { pushgateway: { url: 'ftp://x' } },
    'pushgateway.url: expected an http or https URL, or stdout:, got "ftp://x"',
  ],
  [
    'a rule twice',
    { ...GATEWAY, attribution: ['owner-tag', 'owner-tag'] },
    'attribution: expected each rule at most once',
  ],
  [
    'a password in the URL',
    { pushgateway: { url: 'https://u:p@x' } },
    'pushgateway.url: expected a URL without credentials',
  ],
  ['a text for a number', { ...GATEWAY, costDays: '14' }, 'costDays: expected number, got "14"'],
  [
    'a number out of range',
    { ...GATEWAY, maxSeries: 0 },
    'maxSeries: too small: expected number to be >=20, got 0',
  ],
  [
    'an hour out of range',
    { ...GATEWAY, hours: { 'user-costs': [24] } },
    'hours.user-costs.0: too big: expected number to be <=23, got 24',
  ],
  [
    'a Region that AWS does not have',
    { ...GATEWAY, regions: ['eu-west-9'] },
    'regions.0: invalid option: expected one of "af-south-1"',
  ],
  [
    'a zone that does not exist',
    { ...GATEWAY, timeZone: 'Berlin' },
    'timeZone: expected a time zone such as Etc/UTC or Europe/Berlin, got "Berlin"',
  ],
  [
    'another kind of ARN',
    { ...GATEWAY, alarmTopicArn: 'arn:aws:sqs:x' },
    'alarmTopicArn: expected an ARN of sns, got "arn:aws:sqs:x"',
  ],
  [
    'resources older than AWS keeps',
    { ...GATEWAY, settleDays: 3 },
    'resourceDays: expected at most 12 with settleDays 3: AWS keeps resource-level data for 14 days, got 13',
  ],
])('%s is an error that names key, value and what is allowed', (_, context, message) => {
  expect(() => readSettings(context)).toThrow(`cdk.json, context "tollgate":\n  ${message}`);
});

test('every mistake is named at once', () => {
  expect(() => readSettings({ ...GATEWAY, costDays: 0, Regions: [] })).toThrow(
    /costDays: .*\n {2}Regions: unknown key/,
  );
});
