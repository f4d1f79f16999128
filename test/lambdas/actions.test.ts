import { actionsOf, everyAction, isOn } from '../../lambdas/catalog/actions';

test('a function has an optional action only while its setting is on, and each action once', () => {
  const basic = ['ce:GetCostAndUsage', 'iam:ListUsers'];
  const inventory = ['account:ListRegions', 'ec2:DescribeInstances', 'iam:GetAccountAuthorizationDetails'];
  const resources = 'ce:GetCostAndUsageWithResources';
  expect([
    actionsOf('user-costs', { resourceServices: [] }),
    actionsOf('user-costs', { resourceServices: ['Amazon Simple Storage Service'] }),
    actionsOf('roles', { roleCosts: false }),
    actionsOf('roles', { roleCosts: true }),
    actionsOf('roles', {}),
    actionsOf('digest', { roleCosts: true, resourceServices: ['Amazon Simple Storage Service'] }),
  ]).toEqual([
    basic,
    ['ce:GetCostAndUsage', resources, 'iam:ListUsers', 'tag:GetResources'],
    inventory,
    ['account:ListRegions', resources, 'ec2:DescribeInstances', 'iam:GetAccountAuthorizationDetails'],
    inventory,
    [],
  ]);
});

test('the actions of all collectors are those with every setting on, sorted', () => {
  expect(everyAction()).toEqual([
    'account:ListRegions',
    'ce:GetCostAndUsage',
    'ce:GetCostAndUsageWithResources',
    'ce:GetCostForecast',
    'ec2:DescribeInstances',
    'iam:GetAccountAuthorizationDetails',
    'iam:ListUsers',
    'organizations:DescribeOrganization',
    'organizations:ListAccounts',
    'tag:GetResources',
  ]);
});

test('a setting is on if it is true or has an item', () => {
  expect([true, false, undefined, [], ['a']].map((value) => isOn(value))).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});
