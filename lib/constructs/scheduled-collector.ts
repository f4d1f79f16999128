import { Duration, RemovalPolicy, Stack, TimeZone, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { LEDGER_ACTIONS } from '../../lambdas/catalog/ledger';
import { OWN_DEFAULTS } from '../../lambdas/catalog/own-defaults';
import { shortestGapHours } from '../../lambdas/catalog/schedule';
import { bundling } from './bundling';
import { CollectorAlarms } from './collector-alarms';
import { type CollectorSettings, demandSettings, functionEnvironment, needsOf } from './collector-settings';
import { LedgerTable } from './ledger-table';

/** Properties of one deployed collector. */
export interface ScheduledCollectorProps {
  /** The TypeScript or JavaScript file that exports the function `handler`. */
  readonly entry: string;
  /** Settings of the function, as in cdk.json. Only `sinks` is required. */
  readonly settings: CollectorSettings;
  /** The collector's name, for the descriptions of its alarms. @default the construct's id */
  readonly collector?: string;
  /** Describes the function and its schedule. @default names the collector */
  readonly description?: string;
  /** Further environment variables of the function. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * IAM actions that the function may call on any resource. For permissions on one resource, use its grants:
   * `queue.grantConsumeMessages(collector.function)`. @default none
   */
  readonly actions?: readonly string[];
  /** Hours of the day, 0 to 23, in `timeZone`. @default [6] */
  readonly hours?: readonly number[];
  /** @default TimeZone.ETC_UTC */
  readonly timeZone?: TimeZone;
  /** Megabytes. @default 512 */
  readonly memorySize?: number;
  /** @default Duration.minutes(5) */
  readonly timeout?: Duration;
  /** Automatic retries of a failed run. @default 1 */
  readonly retryAttempts?: number;
  /** @default RetentionDays.ONE_MONTH */
  readonly logRetention?: logs.RetentionDays;
  /** The table in which the function remembers its runs; `false` for a function that publishes no groups. @default a table of its own */
  readonly ledger?: LedgerTable | false;
  /** Notified by the alarms. @default no notification */
  readonly alarmTopic?: ITopic;
  /** @default the account's unreserved concurrency */
  readonly reservedConcurrency?: number;
  /** Needed only if a sink is private. @default outside of a VPC */
  readonly vpc?: { readonly subnetIds: string[]; readonly securityGroupIds: string[] };
}

/**
 * A collector on a schedule: its function, role, schedule, failure queue, logs and alarms.
 * @throws SettingsError for settings that cannot be used.
 */
export class ScheduledCollector extends Construct {
  readonly function: lambda.Function;
  /** Holds the events of runs that failed for good, and of schedules that could not be delivered. */
  readonly failures: sqs.Queue;

  constructor(scope: Construct, id: string, given: ScheduledCollectorProps) {
    super(scope, id);
    const props = withDefaults(id, given);
    demandSettings(given.settings, `${this.node.path}, settings`);
    this.failures = this.failureQueue();
    this.function = this.collectorFunction(props);
    this.schedule(props);
    new CollectorAlarms(this, 'Alarms', { ...props, function: this.function });
  }

  private failureQueue(): sqs.Queue {
    const queue = new sqs.Queue(this, 'Failures', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is the dead-letter queue.',
    });
    return queue;
  }

  private collectorFunction({ collector, settings, vpc, ...props }: Complete): lambda.Function {
    const ledger = props.ledger ?? new LedgerTable(this, 'Ledger');
    const { secretArns, workspaceArns, memberRoleArns, features } = needsOf({ ...props, settings, ledger });
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const fn = new NodejsFunction(this, 'Function', {
      description: props.description,
      entry: props.entry,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      bundling: bundling(features),
      environment: functionEnvironment({ ...props, collector, settings, ledger }),
      memorySize: props.memorySize,
      timeout: props.timeout,
      role: this.role({
        actions: props.actions,
        logGroup,
        ledgerArns: ledger ? [ledger.attrArn] : [],
        secretArns,
        workspaceArns,
        memberRoleArns,
        inVpc: vpc !== undefined,
      }),
      logGroup,
      reservedConcurrentExecutions: props.reservedConcurrency,
      retryAttempts: props.retryAttempts,
      maxEventAge: this.maxEventAge(props.hours),
      onFailure: new SqsDestination(this.failures),
    });
    (fn.node.defaultChild as lambda.CfnFunction).vpcConfig = vpc;
    return fn;
  }

  /** Allows the actions of the collector, and those for logs, queue, ledger, secrets, workspaces, member roles and network. */
  private role({ actions, logGroup, inVpc, ...arns }: Permissions): iam.Role {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    allow(role, actions, ['*']);
    allow(role, LEDGER_ACTIONS, arns.ledgerArns);
    allow(role, ['secretsmanager:GetSecretValue'], arns.secretArns);
    allow(role, ['aps:RemoteWrite'], arns.workspaceArns);
    allow(role, ['sts:AssumeRole'], arns.memberRoleArns);
    allow(role, NETWORK_INTERFACES, inVpc ? ['*'] : []);
    logGroup.grantWrite(role);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'List and billing actions, and network interfaces of functions, have no resource level.',
    });
    return role;
  }

  private schedule({ hours, timeZone, description }: Complete): void {
    new scheduler.Schedule(this, 'Schedule', {
      description,
      schedule: scheduler.ScheduleExpression.cron({
        minute: '0',
        hour: [...new Set(hours)].sort((a, b) => a - b).join(','),
        timeZone,
      }),
      target: new LambdaInvoke(this.function, {
        input: scheduler.ScheduleTargetInput.fromObject({
          scheduledTime: scheduler.ContextAttribute.scheduledTime,
        }),
        retryAttempts: DELIVERY_ATTEMPTS,
        maxEventAge: this.maxEventAge(hours),
        deadLetterQueue: this.failures,
        role: this.schedulerRole(),
      }),
    });
  }

  private schedulerRole(): iam.Role {
    const role = new iam.Role(this, 'SchedulerRole', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: sourcesOf(Stack.of(this)) },
      }),
    });
    const functionId = Stack.of(this).getLogicalId(this.function.node.defaultChild as lambda.CfnFunction);
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${functionId}.Arn>:*]`,
      reason: 'The schedule may invoke this one function; the wildcard is its versions and aliases.',
    });
    return role;
  }

  /** Stays below the schedule's period, so that an old event never runs after a newer one. */
  private maxEventAge(hours: readonly number[]): Duration {
    return Duration.minutes(Math.min(60, shortestGapHours(hours) * 30));
  }
}

type Defaulted =
  | 'collector'
  | 'description'
  | 'environment'
  | 'actions'
  | 'hours'
  | 'timeZone'
  | 'memorySize'
  | 'timeout'
  | 'retryAttempts'
  | 'logRetention';

/** Properties with their defaults. */
type Complete = ScheduledCollectorProps & Required<Pick<ScheduledCollectorProps, Defaulted>>;

function withDefaults(id: string, { collector = id, ...given }: ScheduledCollectorProps): Complete {
  return {
    collector,
    description: `Tollgate: runs the collector ${collector}.`,
    environment: {},
    actions: [],
    hours: OWN_DEFAULTS.hours,
    timeZone: TimeZone.ETC_UTC,
    memorySize: 512,
    timeout: Duration.seconds(OWN_DEFAULTS.timeoutSeconds),
    retryAttempts: 1,
    logRetention: logs.RetentionDays.ONE_MONTH,
    ...given,
  };
}

/** The Scheduler's attempts to deliver the event to Lambda. They cost nothing, because nothing has run. */
const DELIVERY_ATTEMPTS = 3;

const NETWORK_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
];

/** Returns the only source that may assume the Scheduler's roles. The Scheduler gives the group of a schedule, not the schedule. */
function sourcesOf(stack: Stack): Readonly<Record<string, string>> {
  const group = { service: 'scheduler', resource: 'schedule-group', resourceName: 'default' };
  return { 'aws:SourceAccount': stack.account, 'aws:SourceArn': stack.formatArn(group) };
}

interface Permissions {
  readonly actions: readonly string[];
  readonly logGroup: logs.ILogGroup;
  readonly ledgerArns: readonly string[];
  readonly secretArns: readonly string[];
  readonly workspaceArns: readonly string[];
  readonly memberRoleArns: readonly string[];
  readonly inVpc: boolean;
}

function allow(role: iam.Role, actions: readonly string[], resources: readonly string[]): void {
  if (actions.length === 0 || resources.length === 0) return;
  role.addToPolicy(new iam.PolicyStatement({ actions: [...actions], resources: [...resources] }));
}
