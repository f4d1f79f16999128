import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import { type AwsAccess, awsAccess } from './aws/access';
import { requestMeter } from './aws/request-meter';
import { secretHeaders } from './aws/secret-headers';
import type { CollectorName } from './catalog/collectors';
import type { Collector } from './collector';
import { deadlinesOf } from './deadlines';
import { type Environment, readEnvironment, type VariableOf } from './environment';
import { demandComplete, type RunReport, run } from './run';
import { sinkFor } from './sinks/sink-for';

/** What EventBridge Scheduler sends. */
export interface ScheduledEvent {
  /** ISO 8601, UTC. */
  readonly scheduledTime: string;
}

export interface Wiring<C extends CollectorName> {
  /** Builds the collector from its ports, once a run. */
  readonly collector: (aws: AwsAccess, environment: Environment<VariableOf<C>>) => Collector;
  /** Requests to Cost Explorer a run. */
  readonly costExplorerCap: (environment: Environment<VariableOf<C>>) => number;
}

/** The Lambda handler of a collector: wires ports from the environment, runs, and throws when the run was not whole. */
export function lambdaHandler<C extends CollectorName>(name: C, { collector, costExplorerCap }: Wiring<C>) {
  return async (event: ScheduledEvent, context: Context): Promise<void> => {
    const environment = readEnvironment(name, process.env);
    const meter = requestMeter(costExplorerCap(environment));
    const deadlines = deadlinesOf(context.getRemainingTimeInMillis());
    const aws = awsAccess(meter, deadlines.read);
    const report = await run({
      name,
      ...accountOf(context.invokedFunctionArn),
      scheduledTime: scheduledTimeOf(event),
      collect: collector(aws, environment),
      sink: sinkFor(environment.TOLLGATE_PUSHGATEWAY_URL, await headers(aws, environment)),
      meter,
      deployment: environment.TOLLGATE_DEPLOYMENT,
      deadlines,
      now: () => new Date(),
    });
    log(name, event, report);
    demandComplete(name, report);
  };
}

async function headers(
  aws: AwsAccess,
  environment: { TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN: string | undefined },
) {
  const arn = environment.TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN;
  return arn ? secretHeaders(aws.client(SecretsManagerClient), arn, aws.signal) : {};
}

/** arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME */
function accountOf(functionArn: string): { partition: string; accountId: string } {
  const [, partition, , , accountId] = functionArn.split(':');
  if (!partition || !accountId)
    throw new Error(`expected the function's ARN with an account id, got "${functionArn}"`);
  return { partition, accountId };
}

/** @throws Error with an example, for whoever invokes the function by hand. */
function scheduledTimeOf(event: Partial<ScheduledEvent> | undefined): Date {
  const time = new Date(event?.scheduledTime ?? '');
  if (Number.isNaN(time.getTime())) {
    throw new Error(`event: expected {"scheduledTime":"2026-03-01T06:00:00Z"}, got ${JSON.stringify(event)}`);
  }
  return time;
}

function log(collector: CollectorName, { scheduledTime }: ScheduledEvent, report: RunReport): void {
  console.log(JSON.stringify({ collector, scheduledTime, ...report }));
}
