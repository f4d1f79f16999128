import { STSClient } from '@aws-sdk/client-sts';
import { type AwsAccess, awsAccess } from './aws/access';
import { assumeRole } from './aws/assumed-role';
import { notBundled } from './bundled';
import type { Settings } from './catalog/settings';
import type { Collector } from './collector';
import type { Arn } from './domain/arn';
import { inParallel } from './in-parallel';
import { profileFor } from './metrics/profile-for';
import type { RunReport } from './run/run';
import type { Suite, SuiteAccount } from './run/run-account';

/** The accounts of a suite: its own account first, then the members. */
export type SuiteAccounts = readonly [SuiteAccount, ...SuiteAccount[]];

interface SuiteOptions<S>
  extends Omit<
    Suite,
    'partition' | 'accounts' | 'collectorOf' | 'enter' | 'maxRequests' | 'profile' | 'deployment'
  > {
  /** The account whose credentials the process has. */
  readonly home: Pick<Arn, 'accountId' | 'partition'>;
  readonly settings: S;
  readonly collectorOf: (aws: AwsAccess, settings: S) => Collector;
}

/** The settings that every collector has. */
type SuiteSettings = Partial<Pick<Settings, 'members' | 'maxRequests'>> &
  Pick<Settings, 'deployment' | 'metricProfile' | 'accountNames'>;

/** Returns the suite of a collector: its accounts, their access to AWS and its settings. */
export function suiteOf<S extends SuiteSettings>({
  home: { accountId, partition },
  settings,
  collectorOf,
  ...rest
}: SuiteOptions<S>): Suite & { readonly accounts: SuiteAccounts } {
  const members = (settings.members ?? []).filter((member) => member.accountId !== accountId);
  return {
    ...rest,
    partition,
    accounts: [{ accountId }, ...members.map((member) => ({ accountId: member.accountId, member }))],
    collectorOf: (aws) => collectorOf(aws, settings),
    enter: (account, meter) => enterAccount(rest.name, account, awsAccess(meter, rest.deadlines.read)),
    maxRequests: settings.maxRequests ?? 0,
    profile: profileFor(settings),
    deployment: settings.deployment,
  };
}

async function enterAccount(name: string, { member }: SuiteAccount, aws: AwsAccess): Promise<AwsAccess> {
  if (!member) return aws;
  const options = { sessionName: `tollgate-${name}`, abortSignal: aws.signal };
  return globalThis.WITHOUT_MEMBERS
    ? notBundled('members')
    : aws.as(await assumeRole(aws.client(STSClient), member, options));
}

/** Runs the first account, and then each of the others that the first run did not cover. */
export async function runAccounts(
  [first, ...others]: SuiteAccounts,
  run: (account: SuiteAccount) => Promise<RunReport>,
): Promise<readonly RunReport[]> {
  const report = await run(first);
  const left = others.filter(({ accountId }) => !report.covers.includes(accountId));
  return [report, ...(await inParallel(left, { atOnce: ACCOUNTS_AT_ONCE }, run))];
}

/** Accounts run side by side, because Cost Explorer throttles each separately and one that hangs must not block the others. */
const ACCOUNTS_AT_ONCE = 4;
