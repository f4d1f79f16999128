import { requestMeter } from '../../lambdas/aws/request-meter';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings } from '../../lambdas/catalog/function-settings';
import type { Settings } from '../../lambdas/catalog/settings';
import type { LedgerStore } from '../../lambdas/ledger/store';
import { deadlinesOf } from '../../lambdas/run/deadlines';
import type { SuiteSink } from '../../lambdas/run/ports';
import { runAccount } from '../../lambdas/run/run-account';
import { suiteOf } from '../../lambdas/suite';
import { startSimulatedAws } from '../../lib/local/aws/server';
import type { Bill } from '../../lib/local/bill/bill';
import { HANDLERS } from '../../lib/serve/handlers';
import { EVERYTHING } from '../local/aws/simulation';

type Publisher = Exclude<CollectorName, 'digest'>;

const PUBLISHERS = (Object.keys(HANDLERS) as CollectorName[]).filter(
  (name): name is Publisher => name !== 'digest',
);

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
    for (const name of PUBLISHERS) await runOne(name, options);
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
