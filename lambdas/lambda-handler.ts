import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { STSClient } from '@aws-sdk/client-sts';
import { type AwsAccess, awsAccess } from './aws/access';
import { assumeRole } from './aws/assumed-role';
import { type RequestMeter, requestMeter } from './aws/request-meter';
import { notBundled } from './bundled';
import type { CollectorName } from './catalog/collectors';
import type { AnyFunctionSettings, FunctionSettings } from './catalog/function-settings';
import type { Collector } from './collector';
import { accountOfFunctionArn } from './domain/arn';
import { readEvent, type ScheduledEvent } from './event';
import { inParallel } from './in-parallel';
import { dynamoStore } from './ledger/dynamo-store';
import { profileFor } from './metrics/profile-for';
import { readFunctionSettings, readLedgerTable } from './read-settings';
import { type Deadlines, deadlinesOf } from './run/deadlines';
import { demandComplete, type RunReport } from './run/run';
import { runAccount, type Suite, type SuiteAccount } from './run/run-account';
import type { PushHandler } from './sinks/push-handler';
import { suiteSinks } from './suite-sinks';

/** Builds a collector from its ports, once per account. */
export type CollectorFactory<C extends CollectorName> = (
  aws: AwsAccess,
  settings: FunctionSettings<C>,
) => Collector;

/** Returns the Lambda handler of a collector of the catalog. */
export function lambdaHandler<C extends CollectorName>(
  name: C,
  collectorOf: CollectorFactory<C>,
  now: () => Date = () => new Date(),
): LambdaHandler {
  return handlerOf({ name, collectorOf, now, read: (variables) => readFunctionSettings(name, variables) });
}

/** The handler of a function. It throws when a run was incomplete. */
export type LambdaHandler = (event: unknown, context: InvocationContext) => Promise<void>;

/** The properties of Lambda's context that a run needs. */
interface InvocationContext {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** A function: its collector and its settings. */
interface FunctionDefinition<S extends AnyFunctionSettings> {
  readonly name: string;
  readonly collectorOf: (aws: AwsAccess, settings: S) => Collector;
  /** Reads the settings from environment variables. */
  readonly read: (variables: NodeJS.ProcessEnv) => S;
  /** Handles every request to a sink. @default requests are sent as they are */
  readonly push?: PushHandler;
  readonly now?: () => Date;
}

/**
 * Returns the Lambda handler of a function. It runs in the function's own account and then in every member that this run did
 * not cover, or only in the account that the event names.
 */
export function handlerOf<S extends AnyFunctionSettings>(definition: FunctionDefinition<S>): LambdaHandler {
  const { name, read, now = () => new Date() } = definition;
  return async (input, context) => {
    const event = readEvent(input);
    const settings = read(process.env);
    const meter = requestMeter(settings.maxRequests ?? 0);
    const suite = await suiteOf({ ...definition, now, event, settings, context, meter });
    const reports = await runAccounts(suite, accountsFor(event, suite), meter);
    for (const report of reports) console.log(JSON.stringify({ collector: name, ...event, ...report }));
    demandComplete(name, reports);
  };
}

/** Accounts run side by side, because Cost Explorer throttles each separately and one that hangs must not block the others. */
const ACCOUNTS_AT_ONCE = 4;

/** Runs the first account with the given meter, which has already counted the requests for the secrets of the sinks. */
async function runAccounts(
  suite: Suite,
  [first, ...others]: readonly [SuiteAccount, ...SuiteAccount[]],
  meter: RequestMeter,
): Promise<readonly RunReport[]> {
  const report = await runAccount(suite, first, meter);
  const left = others.filter(({ accountId }) => !report.covers.includes(accountId));
  return [
    report,
    ...(await inParallel(left, { atOnce: ACCOUNTS_AT_ONCE }, (account) => runAccount(suite, account))),
  ];
}

/**
 * Returns the accounts to run in.
 * @throws Error if the event names an account that does not belong to the suite.
 */
function accountsFor(
  { account }: ScheduledEvent,
  { accounts }: Suite,
): readonly [SuiteAccount, ...SuiteAccount[]] {
  const [first, ...others] = account ? accounts.filter(({ accountId }) => accountId === account) : accounts;
  if (first) return [first, ...others];
  const known = accounts.map(({ accountId }) => accountId);
  throw new Error(`event: account: expected one of ${known.join(', ')}, got "${account}"`);
}

interface Invocation<S extends AnyFunctionSettings> extends Omit<FunctionDefinition<S>, 'read'> {
  readonly now: () => Date;
  readonly event: ScheduledEvent;
  readonly settings: S;
  readonly context: InvocationContext;
  readonly meter: RequestMeter;
}

async function suiteOf<S extends AnyFunctionSettings>(invocation: Invocation<S>): Promise<Suite> {
  const { name, collectorOf, now, event, settings, context, meter } = invocation;
  const deadlines = deadlinesOf(context.getRemainingTimeInMillis());
  const { partition, accountId } = accountOfFunctionArn(context.invokedFunctionArn);
  const members = (settings.members ?? []).filter((member) => member.accountId !== accountId);
  const home = awsAccess(meter, deadlines.read);
  return {
    name,
    scheduledTime: event.scheduledTime,
    partition,
    accounts: [{ accountId }, ...members.map((member) => ({ accountId: member.accountId, member }))],
    collectorOf: (aws) => collectorOf(aws, settings),
    enter: (account, ownMeter) => enterAccount(name, account, awsAccess(ownMeter, deadlines.read)),
    maxRequests: settings.maxRequests ?? 0,
    profile: profileFor(settings),
    sinks: await suiteSinks(home, settings.sinks, invocation.push),
    deployment: settings.deployment,
    ledger: ledgerOf(name, deadlines),
    leaseUntil: new Date(now().getTime() + context.getRemainingTimeInMillis()),
    replace: event.replace ?? false,
    deadlines,
    now,
  };
}

/** Returns the ledger, which is always in the function's own account; undefined for collectors without one. */
function ledgerOf(name: string, { ledger: signal }: Deadlines): Suite['ledger'] {
  const table = readLedgerTable(name, process.env);
  if (table === undefined) return undefined;
  return globalThis.WITHOUT_LEDGER
    ? notBundled('the ledger')
    : (meter) => dynamoStore({ client: awsAccess(meter, signal).client(DynamoDBClient), table, signal });
}

async function enterAccount(name: string, { member }: SuiteAccount, aws: AwsAccess): Promise<AwsAccess> {
  if (!member) return aws;
  const options = { sessionName: `tollgate-${name}`, abortSignal: aws.signal };
  return globalThis.WITHOUT_MEMBERS
    ? notBundled('members')
    : aws.as(await assumeRole(aws.client(STSClient), member, options));
}
