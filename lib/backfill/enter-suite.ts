import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsAccess } from '../../lambdas/aws/access';
import { AnswerError } from '../../lambdas/aws/answer-error';
import { assumeRole } from '../../lambdas/aws/assumed-role';
import type { Member } from '../../lambdas/catalog/runtime-settings';
import type { Settings } from '../../lambdas/catalog/settings';
import { accountsSource } from '../../lambdas/collectors/accounts/source';
import { userCostsSource } from '../../lambdas/collectors/user-costs/source';
import { type Kept, once } from './kept';
import type { Today } from './past-collectors';
import type { PastAccount } from './suite';

/** The account of the caller's credentials. */
interface Caller {
  readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}

/** Returns the account of the credentials. AWS answers every caller, and charges nothing. */
export async function callerOf(aws: AwsAccess): Promise<Caller> {
  const answer = await aws
    .client(STSClient)
    .send(new GetCallerIdentityCommand({}), { abortSignal: aws.signal });
  const [, partition] = answer.Arn?.split(':') ?? [];
  if (answer.Account && partition) return { accountId: answer.Account, partition };
  throw new AnswerError('sts:GetCallerIdentity: expected Account and Arn, got an answer without them');
}

interface EnterOptions {
  readonly settings: Settings;
  /** Returns the folder for the answers of an account. */
  readonly keptOf: (accountId: string) => Kept;
}

/** Enters the caller's own account and then every member, and reads who exists there today. */
export async function enterAccounts(
  aws: AwsAccess,
  { accountId }: Caller,
  { settings, keptOf }: EnterOptions,
): Promise<PastAccount[]> {
  const members = (settings.members ?? []).filter((member) => member.accountId !== accountId);
  const accounts: PastAccount[] = [];
  for (const member of [undefined, ...members]) {
    const id = member?.accountId ?? accountId;
    const own = member ? await enter(aws, member) : aws;
    const today = await todayIn(own, id, { settings, kept: keptOf(id) });
    accounts.push({ accountId: id, isMember: member !== undefined, aws: own, today });
  }
  return accounts;
}

async function enter(aws: AwsAccess, member: Member): Promise<AwsAccess> {
  const options = { sessionName: 'tollgate-backfill', abortSignal: aws.signal };
  return aws.as(await assumeRole(aws.client(STSClient), member, options));
}

async function todayIn(
  aws: AwsAccess,
  accountId: string,
  { settings, kept }: { readonly settings: Settings; readonly kept: Kept },
): Promise<Today> {
  const users = await once(kept, 'users', () => userCostsSource(aws, settings).users());
  const organization = await once(kept, 'organization', () => accountsSource(aws).organization(accountId));
  return { users: async () => users, organization: async () => organization };
}
