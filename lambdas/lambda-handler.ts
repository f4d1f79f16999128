import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context } from 'aws-lambda';
import { type AwsAccess, awsAccess } from './aws/access';
import { assumeRole } from './aws/assumed-role';
import { type RequestMeter, requestMeter } from './aws/request-meter';
import { secretHeaders } from './aws/secret-headers';
import { notBundled } from './bundled';
import type { CollectorName } from './catalog/collectors';
import type { Member } from './catalog/environment';
import type { Collector } from './collector';
import { type Deadlines, deadlinesOf } from './deadlines';
import { type Environment, readEnvironment, type VariableOf } from './environment';
import { inBatches } from './in-batches';
import { profileFor } from './metrics/profile-for';
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
  /** Requests to Cost Explorer a run and account. */
  readonly costExplorerCap: (environment: Environment<VariableOf<C>>) => number;
}

/**
 * The Lambda handler of a collector: wires ports from the environment, runs in its own account and then in every member
 * that this did not cover, and throws when a run was not whole.
 */
export function lambdaHandler<C extends CollectorName>(name: C, wiring: Wiring<C>) {
  return async (event: ScheduledEvent, context: Context): Promise<void> => {
    const scheduledTime = scheduledTimeOf(event);
    const environment = readEnvironment(name, process.env);
    const deadlines = deadlinesOf(context.getRemainingTimeInMillis());
    const home = accountOf(context.invokedFunctionArn);
    const newMeter = () => requestMeter(wiring.costExplorerCap(environment));
    const homeMeter = newMeter();
    const homeAccess = awsAccess(homeMeter, deadlines.read);
    const sink = sinkFor(environment.TOLLGATE_PUSHGATEWAY_URL, await headers(homeAccess, environment));
    const members = (environment.TOLLGATE_MEMBERS ?? []).filter(
      ({ accountId }) => accountId !== home.accountId,
    );
    const suiteAccounts = [home, ...members].map(({ accountId }) => accountId);
    const suite = { environment, deadlines, scheduledTime, sink, suiteAccounts, ...home };
    const inAccount = accountRunner(name, wiring, suite);
    const own = await inAccount(homeMeter);
    const others = members.filter(({ accountId }) => !own.covers.includes(accountId));
    const reports = [
      own,
      ...(await inBatches(others, ACCOUNTS_AT_ONCE, (member) => inAccount(newMeter(), member))),
    ];
    for (const report of reports) log(name, event, report);
    demandComplete(name, reports);
  };
}

/** Cost Explorer throttles each account for itself; a hanging one must not use up the time of all. */
const ACCOUNTS_AT_ONCE = 4;

interface Suite<C extends CollectorName> {
  readonly environment: Environment<VariableOf<C>>;
  readonly deadlines: Deadlines;
  readonly scheduledTime: Date;
  readonly sink: ReturnType<typeof sinkFor>;
  readonly partition: string;
  readonly accountId: string;
  readonly suiteAccounts: readonly string[];
}

/** Runs in one account: its own requests, failures and health. Without a member, in the function's own. */
function accountRunner<C extends CollectorName>(name: C, wiring: Wiring<C>, suite: Suite<C>) {
  const { environment, deadlines, accountId, ...rest } = suite;
  return (meter: RequestMeter, member?: Member): Promise<RunReport> => {
    const home = awsAccess(meter, deadlines.read);
    const enter = async () =>
      member ? awsAccess(meter, deadlines.read, await enterRole(home, member)) : home;
    return run({
      ...rest,
      name,
      accountId: member?.accountId ?? accountId,
      isMember: member !== undefined,
      collect: async (input) => wiring.collector(await enter(), environment)(input),
      profile: profileFor(environment),
      meter,
      deployment: environment.TOLLGATE_DEPLOYMENT,
      deadlines,
      now: () => new Date(),
    });
  };

  function enterRole({ client, signal }: AwsAccess, member: Member) {
    return globalThis.WITHOUT_MEMBERS
      ? notBundled('members')
      : assumeRole(client(STSClient), member, { sessionName: `tollgate-${name}`, abortSignal: signal });
  }
}

async function headers(
  aws: AwsAccess,
  environment: { TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN: string | undefined },
) {
  const arn = environment.TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN;
  if (!arn) return {};
  return globalThis.WITHOUT_SECRETS
    ? notBundled('secrets')
    : secretHeaders(aws.client(SecretsManagerClient), arn, aws.signal);
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
