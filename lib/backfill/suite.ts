import type { AwsAccess } from '../../lambdas/aws/access';
import type { Settings } from '../../lambdas/catalog/settings';
import type { RunInput } from '../../lambdas/collector';
import type { Today } from './past-collectors';

/** An account of the suite with access to it. */
export interface PastAccount {
  readonly accountId: string;
  /** True for any account but the caller's own. */
  readonly isMember: boolean;
  readonly aws: AwsAccess;
  readonly today: Today;
}

/** The suite whose past is computed. */
export interface PastSuite {
  readonly settings: Settings;
  readonly partition: string;
  /** The caller's own account first, then the members. */
  readonly accounts: readonly PastAccount[];
  /** Labels that the installation adds to every series. */
  readonly labels: Readonly<Record<string, string>>;
  /** The oldest day of Cost Explorer. */
  readonly oldest: string;
}

/** Returns the input of the run that the suite would have had at the beginning of a day. */
export function inputOf(
  { partition, accounts }: PastSuite,
  { accountId }: PastAccount,
  day: string,
): RunInput {
  const suiteAccounts = accounts.map((account) => account.accountId);
  return { accountId, partition, suiteAccounts, scheduledTime: new Date(day) };
}
