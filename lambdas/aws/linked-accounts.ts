import {
  type Account,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { wellFormed } from '../domain/well-formed';
import { AnswerError, listIn } from './answer-error';
import { pagesOf } from './pages';

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
  throw new AnswerError('organizations:DescribeOrganization: expected a MasterAccountId, got none');
}

async function allAccounts(client: OrganizationsClient, abortSignal: AbortSignal): Promise<LinkedAccount[]> {
  const pages = pagesOf(LIST_ACCOUNTS, {
    request: (NextToken) => client.send(new ListAccountsCommand({ NextToken }), { abortSignal }),
    tokenOf: ({ NextToken }) => NextToken,
  });
  const accounts: LinkedAccount[] = [];
  for await (const { Accounts } of pages)
    accounts.push(...listIn(LIST_ACCOUNTS, { Accounts }).map(linkedAccount));
  if (accounts.length > 0) return accounts;
  throw new AnswerError(`${LIST_ACCOUNTS}: expected at least the management account, got no account`);
}

const LIST_ACCOUNTS = 'organizations:ListAccounts';

function linkedAccount({ Id, Name = '', State }: Account): LinkedAccount {
  if (Id && State) return { accountId: Id, name: wellFormed(Name), state: State };
  throw new AnswerError(`${LIST_ACCOUNTS}: expected Id and State of each account, got ${Id} ${State}`);
}

/** Reports whether Organizations denies the list to a member account. IAM's denial of an action has another message. */
function mayNotList({ name, message }: Error): boolean {
  return name === 'AccessDeniedException' && !/is not authorized to perform/.test(message);
}
