import type { AwsAccess } from './aws/access';
import { type RequestMeter, requestMeter } from './aws/request-meter';
import type { CollectorName } from './catalog/collectors';
import type { Member } from './catalog/settings';
import type { Collector } from './collector';
import type { Deadlines } from './deadlines';
import type { Profile } from './metrics/profile';
import { type RunReport, run } from './run';
import type { Sink } from './sinks/sink';

/** An account that one invocation runs in; it is the function's own where there is no member. */
export interface SuiteAccount {
  readonly accountId: string;
  readonly member?: Member;
}

/** What the runs of one invocation share. */
export interface Suite {
  readonly name: CollectorName;
  readonly scheduledTime: Date;
  /** The partition of the function: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** The function's own account first, then the members. */
  readonly accounts: readonly SuiteAccount[];
  readonly collectorOf: (aws: AwsAccess) => Collector;
  /** Enters an account: its requests are counted by the meter. */
  readonly enter: (account: SuiteAccount, meter: RequestMeter) => Promise<AwsAccess>;
  /** Cost Explorer requests that a run may send for one account. */
  readonly maxRequests: number;
  readonly profile: Profile;
  readonly sink: Sink;
  /** Added to the grouping key of every group. */
  readonly deployment?: string;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

/**
 * Runs the collector in one account, with its own requests, cap, failures and health. An account that cannot be entered
 * is an incomplete run of that account.
 */
export function runAccount(
  { accounts, enter, collectorOf, maxRequests, ...suite }: Suite,
  account: SuiteAccount,
  meter: RequestMeter = requestMeter(maxRequests),
): Promise<RunReport> {
  return run({
    ...suite,
    accountId: account.accountId,
    isMember: account.member !== undefined,
    suiteAccounts: accounts.map(({ accountId }) => accountId),
    meter,
    collect: async (input) => collectorOf(await enter(account, meter))(input),
  });
}
