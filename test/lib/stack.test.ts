import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { actionsOf } from '../../lambdas/catalog/actions';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { LEDGER_ACTIONS } from '../../lambdas/catalog/ledger';
import type { SettingsInput } from '../../lambdas/catalog/settings';
import { readSettings } from '../../lib/config';
import { CollectorsStack } from '../../lib/stacks/collectors-stack';

const GATEWAY = { type: 'pushgateway', url: 'https://gateway.example.com' } as const;
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-a1b2c3';

/** Returns the template of a stack. Tests with the same settings share it, because a synthesis takes a third of a second. */
function template(context: object = {}): Template {
  const key = JSON.stringify(context);
  const kept = templates.get(key) ?? synthesised(context);
  templates.set(key, kept);
  return kept;
}

const templates = new Map<string, Template>();

function synthesised(context: object): Template {
  const app = new App({ autoSynth: false, context: { 'aws:cdk:bundling-stacks': [] } });
  return Template.fromStack(
    new CollectorsStack(app, 'Tollgate', { settings: readSettings({ sinks: [GATEWAY], ...context }) }),
  );
}

const collectors = Object.keys(COLLECTORS) as CollectorName[];

const DIGEST = {
  prometheusUrl: 'https://prometheus.example.com',
  webhookSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-a1b2c3',
};

/** Returns the settings in the environment of the function whose logical id begins with a construct's id, which has no other setting. */
function settingsOf(stack: Template) {
  const functions = Object.entries(stack.findResources('AWS::Lambda::Function'));
  return (construct: string) => {
    const [, fn] = functions.find(([id]) => id.startsWith(construct)) ?? [];
    const variables = fn?.Properties.Environment.Variables ?? {};
    const { TOLLGATE_SETTINGS: settings, TOLLGATE_LEDGER: _, ...others } = variables;
    expect(others).toEqual({});
    return JSON.parse(settings);
  };
}

test.each(collectors)('%s runs on ARM64 and the newest LTS runtime, outside of a VPC', (collector) => {
  const stack = template({ digest: DIGEST });
  const { description, memoryMb, timeoutSeconds } = COLLECTORS[collector];
  stack.hasResourceProperties('AWS::Lambda::Function', {
    Description: description,
    Architectures: ['arm64'],
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: memoryMb,
    Timeout: timeoutSeconds,
    VpcConfig: Match.absent(),
    ReservedConcurrentExecutions: Match.absent(),
  });
});

test('every function sends failed events to its queue and is retried once; the digest, which posts to people, is not retried', () => {
  const stack = template({ digest: DIGEST });
  stack.resourceCountIs('AWS::SQS::Queue', collectors.length);
  const retries = (MaximumRetryAttempts: number) => ({
    MaximumRetryAttempts,
    MaximumEventAgeInSeconds: 3600,
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
  });
  stack.resourcePropertiesCountIs('AWS::Lambda::EventInvokeConfig', retries(1), collectors.length - 1);
  stack.resourcePropertiesCountIs('AWS::Lambda::EventInvokeConfig', retries(0), 1);
  stack.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
});

test('the digest is deployed only if the settings have one, and may read its secret', () => {
  template().resourceCountIs('AWS::Lambda::Function', collectors.length - 1);
  expect(settingsOf(template({ digest: DIGEST }))('Digest').digest).toEqual({ ...DIGEST, format: 'slack' });
});

test('functions may assume exactly the roles of the members', () => {
  const roleArn = 'arn:aws:iam::222233334444:role/tollgate';
  const members = [{ accountId: '222233334444', roleArn, externalId: 'abc' }];
  const stack = template({ members });
  stack.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{ Action: 'sts:AssumeRole', Effect: 'Allow', Resource: roleArn }]),
    },
  });
  expect(settingsOf(stack)('IamUsers').members).toEqual(members);
});

test('more members than a function’s environment can hold are an error that says so', () => {
  const members = Array.from({ length: 45 }, (_, i) => {
    const accountId = String(222200000000 + i);
    return { accountId, roleArn: `arn:aws:iam::${accountId}:role/some-path/tollgate-collectors` };
  });
  expect(() => template({ members })).toThrow(
    /^iam-users: expected settings of at most 4096 bytes, which is Lambda's limit for environment variables, got \d+; shorten sinks, members or accountNames$/,
  );
});

test.each(collectors)(
  'the role of %s allows the actions of its catalog row, logs and its queue, and nothing else',
  (collector) => {
    const policies = Object.values(template({ digest: DIGEST }).findResources('AWS::IAM::Policy')).map(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const platform = [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:SendMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
    ];
    const actions = policies.map((statements) =>
      statements.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
    const special = collector === 'digest' ? ['secretsmanager:GetSecretValue'] : LEDGER_ACTIONS;
    const own = actionsOf(collector, readSettings({ sinks: [GATEWAY] }));
    expect(actions).toContainEqual([...own, ...special, ...platform]);
  },
);

test.each([
  ['Roles', {}, []],
  ['Roles', { roleCosts: true }, ['ce:GetCostAndUsageWithResources']],
  ['Roles', { metricProfile: 'xc3' }, ['ce:GetCostAndUsageWithResources']],
  [
    'UserCosts',
    {},
    ['ce:GetCostAndUsage', 'ce:GetCostAndUsageWithResources', 'iam:ListUsers', 'tag:GetResources'],
  ],
  ['UserCosts', { resourceServices: [] }, ['ce:GetCostAndUsage', 'iam:ListUsers']],
])(
  'the role of %s with %j may send only the billed requests of these settings',
  (construct, settings, billed) => {
    const actions = actionsOfRole(template(settings), construct);
    const known = ['ce:', 'tag:', ...(construct === 'UserCosts' ? ['iam:'] : [])];
    expect(actions.filter((action) => known.some((service) => action.startsWith(service)))).toEqual(billed);
  },
);

test('the digest enters no member, and has neither their roles nor their external ids', () => {
  const roleArn = 'arn:aws:iam::222233334444:role/tollgate';
  const members = [{ accountId: '222233334444', roleArn, externalId: 'abc-123' }];
  const stack = template({ members, digest: DIGEST });
  expect(actionsOfRole(stack, 'Digest')).not.toContain('sts:AssumeRole');
  expect(actionsOfRole(stack, 'Tags')).toContain('sts:AssumeRole');
  const settings = settingsOf(stack);
  expect(JSON.stringify(settings('Tags'))).toContain('abc-123');
  expect(JSON.stringify(settings('Digest'))).not.toMatch(/abc-123|222233334444/);
});

function actionsOfRole(stack: Template, construct: string): string[] {
  const policies = Object.entries(stack.findResources('AWS::IAM::Policy'));
  const [, policy] = policies.find(([id]) => id.startsWith(`${construct}RoleDefaultPolicy`)) ?? [];
  return policy?.Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action);
}

test('the schedule passes its scheduled time, uses the set time zone, and gives up before the next run', () => {
  const stack = template({ hours: { 'user-costs': [18, 6, 18] }, timeZone: 'Europe/Berlin' });
  stack.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 6,18 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    Target: {
      Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
      RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 },
      DeadLetterConfig: { Arn: Match.anyValue() },
    },
  });
  template({ hours: { 'user-costs': [6, 7] } }).hasResourceProperties('AWS::Scheduler::Schedule', {
    Target: { RetryPolicy: { MaximumEventAgeInSeconds: 1800 } },
  });
});

test('alarms fire for any error, and after the longest gap between runs plus two hours without success', () => {
  const stack = template({
    hours: { 'user-costs': [6, 18], 'iam-users': [5] },
    alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alerts',
  });
  stack.resourcePropertiesCountIs(
    'AWS::CloudWatch::Alarm',
    { MetricName: 'Errors', Threshold: 1, TreatMissingData: 'notBreaching' },
    collectors.length - 1,
  );
  for (const hours of [14, 26]) {
    stack.hasResourceProperties('AWS::CloudWatch::Alarm', {
      EvaluationPeriods: hours,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      Metrics: Match.arrayWith([Match.objectLike({ Expression: 'invocations - errors' })]),
      AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alerts'],
    });
  }
});

test('a function receives one variable, with only those settings that it reads and that are set', () => {
  const settings = settingsOf(template({ regions: ['eu-west-1', 'global'], deployment: 'blue' }));
  expect(settings('UserCosts')).toEqual({
    sinks: [GATEWAY],
    deployment: 'blue',
    metricProfile: 'tollgate',
    ownerTag: 'Owner',
    attribution: ['owner-tag'],
    regions: ['eu-west-1', 'global'],
    costDays: 14,
    resourceDays: 13,
    settleDays: 1,
    resourceServices: ['Amazon Elastic Compute Cloud - Compute'],
    maxInventory: 10_000,
    maxSeries: 2000,
    maxRoleSessions: 100,
    maxRequests: 150,
  });
});

test('another CDK app passes only the settings that differ, and errors name its stack', () => {
  const app = new App({ autoSynth: false, context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new CollectorsStack(app, 'Costs', { settings: { sinks: [GATEWAY], maxInventory: 50 } });
  const settings = settingsOf(Template.fromStack(stack));
  expect(settings('Tags')).toEqual({
    sinks: [GATEWAY],
    metricProfile: 'tollgate',
    requiredTags: ['Owner', 'Project'],
    maxInventory: 50,
  });
  expect(() => new CollectorsStack(app, 'Wrong', { settings: { sinks: [GATEWAY], maxSeries: 1 } })).toThrow(
    'Wrong, settings:\n  maxSeries: expected a whole number from 20 to 1000000, got 1',
  );
});

test('the deprecated gateway is a warning that says what to write', () => {
  const app = new App({ autoSynth: false, context: { 'aws:cdk:bundling-stacks': [] } });
  const warningsOf = (id: string, settings: SettingsInput) =>
    Annotations.fromStack(new CollectorsStack(app, id, { settings }))
      .findWarning('*', Match.anyValue())
      .map(({ entry }) => String(entry.data));
  expect(warningsOf('Former', { pushgateway: { url: GATEWAY.url } })).toEqual([
    'the setting pushgateway is deprecated: write "sinks": [{"type":"pushgateway","url":"https://gateway.example.com"}] instead [ack: tollgate:pushgateway]',
  ]);
  expect(warningsOf('Current', { sinks: [GATEWAY] })).toEqual([]);
});

test('a headers secret adds permission for its exact ARN, and a VPC adds permission for network interfaces', () => {
  const stack = template({
    sinks: [{ ...GATEWAY, headersSecretArn: SECRET }],
    vpc: { subnetIds: ['subnet-0a'], securityGroupIds: ['sg-0a'] },
    reservedConcurrency: 1,
  });
  stack.hasResourceProperties('AWS::Lambda::Function', {
    VpcConfig: { SubnetIds: ['subnet-0a'], SecurityGroupIds: ['sg-0a'] },
    ReservedConcurrentExecutions: 1,
  });
  stack.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: 'secretsmanager:GetSecretValue', Resource: SECRET }),
        Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']), Resource: '*' }),
      ]),
    },
  });
});

test('a failed event is kept for fourteen days, encrypted, in a queue that refuses plain HTTP', () => {
  const stack = template();
  const count = collectors.length - 1;
  const queue = { MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true };
  stack.resourcePropertiesCountIs('AWS::SQS::Queue', queue, count);
  const withoutTls = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const policy = { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(withoutTls)]) } };
  stack.resourcePropertiesCountIs('AWS::SQS::QueuePolicy', policy, count);
});

test('only schedules of this account’s default group may assume the roles that invoke the functions', () => {
  const roles = Object.values(template().findResources('AWS::IAM::Role')).map(
    ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement,
  );
  const group = [
    'arn:',
    { Ref: 'AWS::Partition' },
    ':scheduler:',
    { Ref: 'AWS::Region' },
    ':',
    { Ref: 'AWS::AccountId' },
    ':schedule-group/default',
  ];
  const trust = {
    Action: 'sts:AssumeRole',
    Effect: 'Allow',
    Principal: { Service: 'scheduler.amazonaws.com' },
    Condition: {
      StringEquals: {
        'aws:SourceAccount': { Ref: 'AWS::AccountId' },
        'aws:SourceArn': { 'Fn::Join': ['', group] },
      },
    },
  };
  const ofSchedulers = roles.filter(([{ Principal }]) => Principal.Service === 'scheduler.amazonaws.com');
  expect(ofSchedulers).toEqual(collectors.slice(1).map(() => [trust]));
});

test('every schedule is in the default group, which the trust of its role names', () => {
  template().allResourcesProperties('AWS::Scheduler::Schedule', { GroupName: Match.absent() });
});

test('functions that publish remember their runs in one table, which goes with the stack; the digest has none', () => {
  const stack = template({ digest: DIGEST });
  stack.resourceCountIs('AWS::DynamoDB::Table', 1);
  stack.hasResource('AWS::DynamoDB::Table', {
    Properties: {
      AttributeDefinitions: [
        { AttributeName: 'account', AttributeType: 'S' },
        { AttributeName: 'item', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'account', KeyType: 'HASH' },
        { AttributeName: 'item', KeyType: 'RANGE' },
      ],
      TableName: Match.absent(),
    },
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
  });
  const tables = Object.entries(stack.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => [
    id.startsWith('Digest'),
    Properties.Environment.Variables.TOLLGATE_LEDGER,
  ]);
  expect(tables).toHaveLength(collectors.length);
  for (const [isDigest, table] of tables) expect(table).toEqual(isDigest ? undefined : { Ref: 'Ledger' });
});

test('functions may send the four requests of a ledger to their own table alone', () => {
  const statements = Object.values(template({ digest: DIGEST }).findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
  const aboutTables = statements.filter(({ Action }) =>
    [Action].flat().some((name) => /^dynamodb:/.test(name)),
  );
  expect(aboutTables).toHaveLength(collectors.length - 1);
  for (const statement of aboutTables)
    expect(statement).toEqual({
      Effect: 'Allow',
      Action: ['dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      Resource: { 'Fn::GetAtt': ['Ledger', 'Arn'] },
    });
});

test('functions may write to the workspaces of their sinks alone', () => {
  const workspaceArn = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-1';
  const sinks = [{ type: 'remote-write' as const, workspaceArn }, { type: 'stdout' as const }];
  const statements = Object.values(
    template({ sinks, digest: DIGEST }).findResources('AWS::IAM::Policy'),
  ).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const written = statements.filter(({ Action }) => [Action].flat().includes('aps:RemoteWrite'));
  expect(written).toHaveLength(collectors.length);
  for (const statement of written)
    expect(statement).toEqual({ Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: workspaceArn });
});

test('logical ids do not change, because a new id would replace a deployed resource', () => {
  const stateful = Object.entries(template().toJSON().Resources as Record<string, { Type: string }>)
    .filter(([, { Type }]) => /Function$|Queue$|Table$|Schedule$|LogGroup$/.test(Type))
    .map(([id]) => id);
  expect(stateful.sort()).toMatchInlineSnapshot(`
[
  "AccountsFailures8E9CC2E4",
  "AccountsFunction7CFD3FEB",
  "AccountsLogsEBFFF4AD",
  "AccountsSchedule5C420E9B",
  "IamUsersFailuresE6E06EE0",
  "IamUsersFunction08757905",
  "IamUsersLogs3D3D1866",
  "IamUsersSchedule3AB6D92A",
  "Ledger",
  "ProjectsFailures47D69F6E",
  "ProjectsFunction7C107978",
  "ProjectsLogs07B63268",
  "ProjectsScheduleF395CFEA",
  "RolesFailures4C8A46A1",
  "RolesFunction494F6659",
  "RolesLogs155196BC",
  "RolesSchedule1D7671C1",
  "ServicesFailures7ABE74CE",
  "ServicesFunction8EA9B532",
  "ServicesLogs43B4E769",
  "ServicesScheduleD64BC920",
  "TagsFailures1AA9989E",
  "TagsFunction01698A1F",
  "TagsLogs94C7ECE0",
  "TagsSchedule12F62275",
  "UserCostsFailures808CC3C2",
  "UserCostsFunction657B13BC",
  "UserCostsLogsBB6129DB",
  "UserCostsSchedule04B4E5D0",
]
`);
});
