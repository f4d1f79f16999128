import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type AwsAccess, awsAccess } from './aws/access';
import { type RequestMeter, requestMeter } from './aws/request-meter';
import { notBundled } from './bundled';
import type { CollectorName } from './catalog/collectors';
import type { AnyFunctionSettings, FunctionSettings } from './catalog/function-settings';
import type { Collector } from './collector';
import { accountOfFunctionArn } from './domain/arn';
import { readEvent, type ScheduledEvent } from './event';
import { dynamoStore } from './ledger/dynamo-store';
import { readFunctionSettings, readLedgerTable } from './read-settings';
import { type Deadlines, deadlinesOf } from './run/deadlines';
import { demandComplete } from './run/run';
import { runAccount, type Suite } from './run/run-account';
import type { PushHandler } from './sinks/push-handler';
import { runAccounts, type SuiteAccounts, suiteOf } from './suite';
import { suiteSinks } from './suite-sinks';

/** Builds a collector from its ports, once per account. */
export type CollectorFactory<C extends CollectorName> = (
  aws: AwsAccess,
  settings: FunctionSettings<C>,
) => Collector;

/** Returns the Lambda handler of a collector of the catalog. The exporter takes the collector from it. */
export function lambdaHandler<C extends CollectorName>(
  name: C,
  collectorOf: CollectorFactory<C>,
  now: () => Date = () => new Date(),
) {
  const read = (variables: NodeJS.ProcessEnv) => readFunctionSettings(name, variables);
  return Object.assign(handlerOf({ name, collectorOf, now, read }), { collectorOf });
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
    const suite = await functionSuite({ ...definition, now, event, settings, context, meter });
    const accounts = accountsFor(event, suite);
    // The first account's meter has already counted the requests for the secrets of the sinks.
    const reports = await runAccounts(accounts, (account) =>
      runAccount(suite, account, account === accounts[0] ? meter : undefined),
    );
    for (const report of reports) console.log(JSON.stringify({ collector: name, ...event, ...report }));
    demandComplete(name, reports);
  };
}

/**
 * Returns the accounts to run in.
 * @throws Error if the event names an account that does not belong to the suite.
 */
function accountsFor({ account }: ScheduledEvent, { accounts }: Suite): SuiteAccounts {
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

async function functionSuite<S extends AnyFunctionSettings>(invocation: Invocation<S>): Promise<Suite> {
  const { name, collectorOf, now, event, settings, context, meter } = invocation;
  const deadlines = deadlinesOf(context.getRemainingTimeInMillis());
  const aws = awsAccess(meter, deadlines.read);
  return suiteOf({
    name,
    home: accountOfFunctionArn(context.invokedFunctionArn),
    settings,
    collectorOf,
    scheduledTime: event.scheduledTime,
    sinks: await suiteSinks(aws, settings.sinks, invocation.push),
    ledger: ledgerOf(name, deadlines),
    leaseUntil: new Date(now().getTime() + context.getRemainingTimeInMillis()),
    replace: event.replace ?? false,
    deadlines,
    now,
  });
}

/** Returns the ledger, which is always in the function's own account; undefined for collectors without one. */
function ledgerOf(name: string, { ledger: signal }: Deadlines): Suite['ledger'] {
  const table = readLedgerTable(name, process.env);
  if (table === undefined) return undefined;
  return globalThis.WITHOUT_LEDGER
    ? notBundled('the ledger')
    : (meter) => dynamoStore({ client: awsAccess(meter, signal).client(DynamoDBClient), table, signal });
}
