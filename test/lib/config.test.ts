import { readSettings } from '../../lib/config';

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
    hours: { 'iam-users': [5], 'user-costs': [6] },
    timeZone: 'Etc/UTC',
    logRetentionDays: 30,
  });
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'pushgateway: expected object, got nothing'],
  [
    'an unknown key',
    { ...GATEWAY, costdays: 3 },
    'costdays: unknown key; allowed here: pushgateway, deployment, ownerTag, attribution, regions, costDays',
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
