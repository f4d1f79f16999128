import type { AwsAccess } from '../../lambdas/aws/access';
import { requestMeter } from '../../lambdas/aws/request-meter';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings } from '../../lambdas/catalog/function-settings';
import type { Settings } from '../../lambdas/catalog/settings';
import type { Collector } from '../../lambdas/collector';
import * as accounts from '../../lambdas/collectors/accounts/handler';
import * as iamUsers from '../../lambdas/collectors/iam-users/handler';
import * as projects from '../../lambdas/collectors/projects/handler';
import * as roles from '../../lambdas/collectors/roles/handler';
import * as services from '../../lambdas/collectors/services/handler';
import * as tags from '../../lambdas/collectors/tags/handler';
import * as userCosts from '../../lambdas/collectors/user-costs/handler';
import type { LedgerStore } from '../../lambdas/ledger/store';
import { deadlinesOf } from '../../lambdas/run/deadlines';
import type { SuiteSink } from '../../lambdas/run/ports';
import { runAccount } from '../../lambdas/run/run-account';
import { suiteOf } from '../../lambdas/suite';
import { startSimulatedAws } from '../../lib/local/aws/server';
import type { Bill } from '../../lib/local/bill/bill';
import { EVERYTHING } from '../local/aws/simulation';

type Publisher = Exclude<CollectorName, 'digest'>;

/** The collectors that publish. */
const HANDLERS: Readonly<Record<Publisher, { readonly handler: { readonly collectorOf: Factory } }>> = {
  'iam-users': iamUsers,
  'user-costs': userCosts,
  roles,
  accounts,
  services,
  projects,
  tags,
};

/** Each collector takes the settings of its row. Its name selects both. */
type Factory = (aws: AwsAccess, settings: never) => Collector;

interface SuiteRun {
  readonly bill: Bill;
  readonly settings: Settings;
  readonly sinks: readonly SuiteSink[];
  readonly ledger: LedgerStore;
  /** The time of AWS and of the functions. The bill has no charges after it. */
  readonly at: Date;
}

/** Runs every collector once in this process, at a simulated time. Throws if a run was incomplete. */
export async function runSuite(options: SuiteRun): Promise<void> {
  const callers = [{ accessKeyId: 'AKIASUITE', name: 'suite', actions: EVERYTHING }];
  const aws = await startSimulatedAws({ bill: options.bill, callers, now: () => options.at });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIASUITE',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_SESSION_TOKEN: 'x',
  });
  try {
    for (const name of Object.keys(HANDLERS) as Publisher[]) await runOne(name, options);
  } finally {
    await aws.stop();
  }
}

async function runOne(name: Publisher, { bill, settings, sinks, ledger, at }: SuiteRun): Promise<void> {
  const { collectorOf } = HANDLERS[name].handler;
  const suite = suiteOf({
    name,
    home: { accountId: bill.accountId, partition: 'aws' },
    settings: functionSettings(name, settings) as Settings,
    collectorOf: (aws, own) => collectorOf(aws, own as never),
    scheduledTime: at,
    sinks,
    ledger: () => ledger,
    leaseUntil: new Date(at.getTime() + LEASE_MS),
    replace: false,
    deadlines: deadlinesOf(LEASE_MS),
    now: () => at,
  });
  const { failures, skipped } = await runAccount(suite, suite.accounts[0], requestMeter(1_000));
  if (failures.length > 0 || skipped) throw new Error(`${name}: ${skipped} ${JSON.stringify(failures)}`);
}

const LEASE_MS = 600_000;
