import { functionSettings } from '../../lambdas/catalog/function-settings';
import { readFunctionSettings, readLedgerTable } from '../../lambdas/read-settings';
import { settingsWith, variablesOf } from '../support/functions';

test('a function receives the settings of its catalog row and of every function, and no others', () => {
  expect(readFunctionSettings('tags', variablesOf('tags', { regions: ['eu-west-1'] }))).toEqual({
    sinks: [{ type: 'pushgateway', url: 'http://127.0.0.1:9' }],
    metricProfile: 'tollgate',
    regions: ['eu-west-1'],
    requiredTags: ['Owner', 'Project'],
    maxInventory: 10_000,
  });
});

test('only functions that query Cost Explorer receive its cap, and the digest receives no members', () => {
  const members = [{ accountId: '222233334444', roleArn: 'arn:aws:iam::222233334444:role/tollgate' }];
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-AbCdEf';
  const digest = { prometheusUrl: 'https://prometheus.example.com', webhookSecretArn: secret };
  const keys = (collector: 'services' | 'roles' | 'iam-users' | 'digest') =>
    Object.keys(readFunctionSettings(collector, variablesOf(collector, { members, digest }))).sort();
  expect(keys('services')).toEqual([
    'costDays',
    'maxRequests',
    'maxSeries',
    'members',
    'metricProfile',
    'settleDays',
    'sinks',
  ]);
  expect(keys('roles')).toContain('maxRequests');
  expect(keys('iam-users')).toEqual(['maxInventory', 'members', 'metricProfile', 'sinks']);
  expect(keys('digest')).toEqual(['costDays', 'digest', 'hours', 'metricProfile', 'settleDays', 'sinks']);
});

test('a setting that is not set is not written into the environment', () => {
  const settings = settingsWith({ deployment: 'blue' });
  expect(Object.keys(functionSettings('iam-users', settings))).toEqual([
    'sinks',
    'deployment',
    'metricProfile',
    'maxInventory',
  ]);
});

test.each<[string, string | undefined, string]>([
  ['nothing', undefined, 'expected a JSON object of settings, which the stack sets, got nothing'],
  ['text', 'hunter2', 'expected a JSON object of settings, got 7 characters of other text'],
  ['null', 'null', 'expected an object such as the stack writes, got null'],
  [
    'settings that are wrong or missing',
    '{"sinks":[{"type":"pushgateway","url":"gateway"}],"maxInventory":"0","colour":1,"metricProfile":"tollgate"}',
    'sinks.0.url: expected an http or https URL such as https://gateway.example.com, got "gateway"; ' +
      'maxInventory: expected a whole number from 1 to 1000000, got "0"; ' +
      'colour: unknown key, expected one of sinks, deployment, metricProfile, accountNames, members, maxInventory',
  ],
])('%s is an error that names the variable', (_, json, message) => {
  expect(() => readFunctionSettings('iam-users', { TOLLGATE_SETTINGS: json })).toThrow(
    new Error(`TOLLGATE_SETTINGS: ${message}`),
  );
});

test('a collector that needs a setting does not run without it', () => {
  expect(() => readFunctionSettings('digest', variablesOf('digest'))).toThrow(
    'TOLLGATE_SETTINGS: digest: expected an object such as {"prometheusUrl"',
  );
});

test('a setting that the stack always writes has no default at run time', () => {
  const { maxRequests: _, ...settings } = JSON.parse(variablesOf('accounts').TOLLGATE_SETTINGS ?? '');
  expect(() => readFunctionSettings('accounts', { TOLLGATE_SETTINGS: JSON.stringify(settings) })).toThrow(
    new Error('TOLLGATE_SETTINGS: maxRequests: expected a whole number from 1 to 10000, got nothing'),
  );
});

test('the ledger’s table is read for collectors that publish groups, and is required there', () => {
  expect([
    readLedgerTable('services', { TOLLGATE_LEDGER: 'Ledger' }),
    readLedgerTable('digest', { TOLLGATE_LEDGER: 'Ledger' }),
  ]).toEqual(['Ledger', undefined]);
  expect(() => readLedgerTable('services', {})).toThrow(
    "TOLLGATE_LEDGER: expected the name of the ledger's table, which the stack sets, got nothing",
  );
});
