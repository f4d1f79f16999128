import {
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';

interface LinkedAccount {
  readonly accountId: string;
  /** Empty for an account without a name. */
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED`, `CLOSED`, … */
  readonly state: string;
}

interface Organization {
  /** The account that pays for all accounts, whose Cost Explorer has all costs. Undefined outside an organization. */
  readonly managementAccountId?: string;
  readonly accounts: readonly LinkedAccount[];
}

/**
 * Returns the accounts of the organization to its management account and to delegated administrators, and this account
 * alone to others.
 * @throws an AWS error if the role lacks a permission.
 */
export async function organizationOf(
  client: OrganizationsClient,
  accountId: string,
  abortSignal: AbortSignal,
): Promise<Organization> {
  const alone = [{ accountId, name: '', state: 'ACTIVE' }];
  const managementAccountId = await managementAccount(client, abortSignal);
  if (managementAccountId === undefined) return { accounts: alone };
  try {
    return { managementAccountId, accounts: await allAccounts(client, abortSignal) };
  } catch (error) {
    if (mayNotList(error as Error)) return { managementAccountId, accounts: alone };
    throw error;
  }
}

async function managementAccount(
  client: OrganizationsClient,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { Organization } = await client.send(new DescribeOrganizationCommand({}), { abortSignal });
    if (Organization?.MasterAccountId) return Organization.MasterAccountId;
  } catch (error) {
    if ((error as Error).name === 'AWSOrganizationsNotInUseException') return undefined;
    throw error;
  }
  throw new Error('organizations:DescribeOrganization: expected a MasterAccountId, got none');
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

/** Reports whether Organizations denies the list to a member account. IAM's denial of an action has another message. */
function mayNotList({ name, message }: Error): boolean {
  return name === 'AccessDeniedException' && !/is not authorized to perform/.test(message);
}
