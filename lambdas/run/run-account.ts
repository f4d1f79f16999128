import type { AwsAccess } from '../aws/access';
import { type RequestMeter, requestMeter } from '../aws/request-meter';
import type { Member } from '../catalog/runtime-settings';
import type { Collector } from '../collector';
import type { LedgerStore } from '../ledger/store';
import type { Profile } from '../metrics/profile';
import type { Deadlines } from './deadlines';
import type { SuiteSink } from './ports';
import { type RunReport, run } from './run';

/** An account of the suite: a member, or without `member` the function's own. */
export interface SuiteAccount {
  readonly accountId: string;
  readonly member?: Member;
}

/** The properties that all runs of one invocation share. */
export interface Suite {
  readonly name: string;
  readonly scheduledTime: Date;
  /** The partition of the function: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** The function's own account first, then the members. */
  readonly accounts: readonly SuiteAccount[];
  readonly collectorOf: (aws: AwsAccess) => Collector;
  /** Returns access to an account. The meter counts its requests. */
  readonly enter: (account: SuiteAccount, meter: RequestMeter) => Promise<AwsAccess>;
  /** Cost Explorer requests that a run may send for one account. */
  readonly maxRequests: number;
  readonly profile: Profile;
  readonly sinks: readonly SuiteSink[];
  /** Added to the grouping key of every group. */
  readonly deployment?: string;
  /** Returns the record of runs and groups; the meter counts its requests. Undefined for collectors without one. */
  readonly ledger?: (meter: RequestMeter) => LedgerStore;
  /** The time at which Lambda ends the function. */
  readonly leaseUntil: Date;
  /** Runs even if a run of the same or of a later time was complete. */
  readonly replace: boolean;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

/**
 * Runs the collector in one account, with its own requests, cap, failures and health. If the account cannot be entered, its
 * run is incomplete.
 */
export function runAccount(
  { accounts, enter, collectorOf, maxRequests, ledger, ...suite }: Suite,
  account: SuiteAccount,
  meter: RequestMeter = requestMeter(maxRequests),
): Promise<RunReport> {
  return run({
    ...suite,
    accountId: account.accountId,
    isMember: account.member !== undefined,
    pays: maxRequests > 0,
    ledger: ledger?.(meter),
    suiteAccounts: accounts.map(({ accountId }) => accountId),
    meter,
    collect: async (input) => collectorOf(await enter(account, meter))(input),
  });
}
