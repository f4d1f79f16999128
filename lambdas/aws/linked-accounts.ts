import {
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';

export interface LinkedAccount {
  readonly accountId: string;
  /** Empty where nobody named it. */
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED`, `CLOSED`, … */
  readonly state: string;
}

/**
 * The accounts of the organization, all pages, where this is its management account or a delegated administrator; else
 * this account alone. A role that lacks the permission is an error, not an account that is alone.
 */
export async function linkedAccounts(
  client: OrganizationsClient,
  accountId: string,
  abortSignal: AbortSignal,
): Promise<LinkedAccount[]> {
  try {
    await client.send(new DescribeOrganizationCommand({}), { abortSignal });
    return await allAccounts(client, abortSignal);
  } catch (error) {
    if (isAlone(error as Error)) return [{ accountId, name: '', state: 'ACTIVE' }];
    throw error;
  }
}

async function allAccounts(client: OrganizationsClient, abortSignal: AbortSignal): Promise<LinkedAccount[]> {
  const accounts: LinkedAccount[] = [];
  for await (const page of paginateListAccounts({ client }, {}, { abortSignal }))
    for (const { Id, Name = '', State } of page.Accounts ?? []) {
      if (!Id || !State)
        throw new Error(
          `organizations:ListAccounts: expected Id and State of each account, got ${Id} ${State}`,
        );
      accounts.push({ accountId: Id, name: Name, state: State });
    }
  return accounts;
}

/** Organizations denies a member account the list in other words than IAM denies a role the action. */
function isAlone({ name, message }: Error): boolean {
  if (name === 'AWSOrganizationsNotInUseException') return true;
  return name === 'AccessDeniedException' && !/is not authorized to perform/.test(message);
}
