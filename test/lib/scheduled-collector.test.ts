import * as path from 'node:path';
import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LedgerTable, ScheduledCollector, type ScheduledCollectorProps } from '../../lib';

const ENTRY = path.join(__dirname, '..', '..', 'examples', 'own-collector', 'queues.ts');
const SETTINGS = { sinks: [{ type: 'pushgateway' as const, url: 'https://gateway.example.com' }] };
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-a1b2c3';

test('a collector of a user has a function, a schedule, alarms, and a ledger of its own', () => {
  const template = templateOf(deploy());
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'Tollgate: runs the collector Queues.',
    MemorySize: 512,
    Timeout: 300,
    Environment: {
      Variables: {
        TOLLGATE_SETTINGS: JSON.stringify(SETTINGS),
        TOLLGATE_LEDGER: { Ref: Match.stringLikeRegexp('^QueuesLedger') },
      },
    },
  });
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 6 * * ? *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
  });
  template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
  template.resourceCountIs('AWS::DynamoDB::Table', 1);
});

test('every property changes the default', () => {
  const template = templateOf(
    deploy({
      collector: 'queues',
      description: 'Reads the queues.',
      environment: { QUEUES_URL: 'https://queues.example.com' },
      hours: [0, 12],
      timeZone: TimeZone.of('Europe/Berlin'),
      memorySize: 256,
      timeout: Duration.minutes(1),
      retryAttempts: 0,
      reservedConcurrency: 1,
    }),
  );
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'Reads the queues.',
    MemorySize: 256,
    Timeout: 60,
    ReservedConcurrentExecutions: 1,
    Environment: { Variables: Match.objectLike({ QUEUES_URL: 'https://queues.example.com' }) },
  });
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Description: 'Reads the queues.',
    ScheduleExpression: 'cron(0 0,12 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
  });
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: Match.stringLikeRegexp('^Tollgate queues: '),
  });
});

test('two collectors may share a ledger', () => {
  const { stack } = deploy();
  const ledger = new LedgerTable(stack, 'Shared');
  new ScheduledCollector(stack, 'Second', { entry: ENTRY, settings: SETTINGS, ledger });
  new ScheduledCollector(stack, 'Third', { entry: ENTRY, settings: SETTINGS, ledger });
  templateOf({ stack }).resourceCountIs('AWS::DynamoDB::Table', 2);
});

test('its role may read the secrets of its sinks, call its actions, and receive grants', () => {
  const { stack, collector } = deploy({
    settings: {
      sinks: [{ type: 'pushgateway', url: 'https://gateway.example.com', headersSecretArn: SECRET }],
    },
    actions: ['cloudwatch:GetMetricData'],
  });
  new Queue(stack, 'Messages').grantConsumeMessages(collector.function);
  const policies = JSON.stringify(templateOf({ stack }).findResources('AWS::IAM::Policy'));
  expect(policies).toContain('"Action":"cloudwatch:GetMetricData","Effect":"Allow","Resource":"*"');
  expect(policies).toContain(
    `"Action":"secretsmanager:GetSecretValue","Effect":"Allow","Resource":"${SECRET}"`,
  );
  expect(policies).toContain('sqs:ReceiveMessage');
});

test.each<[string, Partial<ScheduledCollectorProps>, string]>([
  [
    'settings that the function would refuse',
    { settings: { sinks: [{ type: 'pushgateway', url: 'gateway:9091' }] } },
    'Stack/Queues, settings:\n  sinks.0.url: expected an http or https URL such as https://gateway.example.com, got',
  ],
  [
    'more variables than Lambda allows',
    { environment: { LONG: 'a'.repeat(4096) } },
    "Queues: expected settings of at most 4096 bytes, which is Lambda's limit for environment variables, got",
  ],
])('%s are an error at synth', (_, props, message) => {
  expect(() => deploy(props)).toThrow(message);
});

function deploy(props: Partial<ScheduledCollectorProps> = {}) {
  const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Stack');
  const collector = new ScheduledCollector(stack, 'Queues', { entry: ENTRY, settings: SETTINGS, ...props });
  return { stack, collector };
}

function templateOf({ stack }: { readonly stack: Stack }): Template {
  return Template.fromStack(stack);
}
