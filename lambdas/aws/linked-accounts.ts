import {
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';

interface LinkedAccount {
  readonly accountId: string;
  /** Empty where nobody named it. */
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED`, `CLOSED`, … */
  readonly state: string;
}

export interface Organization {
  /** The account that pays for all: its Cost Explorer knows the costs of all. Undefined outside of an organization. */
  readonly managementAccountId?: string;
  readonly accounts: readonly LinkedAccount[];
}

/**
 * The accounts of the organization, all pages, where this is its management account or a delegated administrator; else
 * this account alone. A role that lacks the permission is an error, not an account that is alone.
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

/** Organizations denies a member account the list in other words than IAM denies a role the action. */
function mayNotList({ name, message }: Error): boolean {
  return name === 'AccessDeniedException' && !/is not authorized to perform/.test(message);
}
