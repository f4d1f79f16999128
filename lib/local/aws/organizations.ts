import type { AccountState, Bill, Organization, OrganizationAccount } from '../bill/bill';
import { AwsFailure } from './failure';
import type { CallContext, Operation, Operations } from './operation';
import { pageOfList, pageTokens } from './page-tokens';
import { optional, structure, text, wholeNumber } from './shape';

/**
 * Returns the operations of Organizations.
 * @param pageSize Most accounts on a page, whatever MaxResults is.
 */
export function organizations({ organization }: Bill, pageSize: number): Operations {
  return {
    'organizations:DescribeOrganization': describeOrganization(organization),
    'organizations:ListAccounts': listAccounts(organization, pageSize),
  };
}

const ID = 'o-exampleorgid';

function describeOrganization(organization: Organization | undefined): Operation {
  const readNothing = structure<object>({});
  return {
    pageNumber: () => 1,
    answer(input) {
      readNothing(input, '');
      const { managementAccountId } = inUse(organization);
      return {
        Organization: {
          Id: ID,
          Arn: `arn:aws:organizations::${managementAccountId}:organization/${ID}`,
          FeatureSet: 'ALL',
          MasterAccountArn: accountArn(managementAccountId, managementAccountId),
          MasterAccountId: managementAccountId,
          MasterAccountEmail: emailOf(managementAccountId),
        },
      };
    },
  };
}

interface ListAccountsInput {
  readonly MaxResults: number | undefined;
  readonly NextToken: string | undefined;
}

const MOST = 20;

const readListAccounts = structure<ListAccountsInput>({
  MaxResults: optional(wholeNumber(1, MOST)),
  NextToken: optional(text),
});

function listAccounts(organization: Organization | undefined, pageSize: number): Operation {
  const tokens = pageTokens({ unknown: 'InvalidInputException', changed: 'InvalidInputException' });
  return {
    pageNumber: ({ NextToken }) => tokens.pageNumber(NextToken),
    answer(input, context) {
      const { MaxResults = MOST, NextToken } = readListAccounts(input, '');
      const { managementAccountId, accounts } = asManagement(inUse(organization), context);
      const pages = pagesOf(accounts, Math.min(MaxResults, pageSize));
      const query = JSON.stringify([context.account.accountId, MaxResults]);
      const { items, next } = pageOfList(tokens, pages, { query, token: NextToken, size: 1 });
      const page = items.flat().map((account) => wireAccount(account, managementAccountId));
      return { Accounts: page, NextToken: next };
    },
  };
}

function inUse(organization: Organization | undefined): Organization {
  if (organization) return organization;
  throw new AwsFailure(
    'AWSOrganizationsNotInUseException',
    'Your account is not a member of an organization.',
  );
}

function asManagement(organization: Organization, { account }: CallContext): Organization {
  if (account.accountId === organization.managementAccountId) return organization;
  throw new AwsFailure('AccessDeniedException', "You don't have permissions to access this resource.");
}

/** Returns an empty page and then the accounts. AWS may send empty pages, and no caller may stop at one. */
function pagesOf(accounts: readonly OrganizationAccount[], size: number): OrganizationAccount[][] {
  const count = Math.ceil(accounts.length / size);
  return [[], ...Array.from({ length: count }, (_, page) => accounts.slice(page * size, (page + 1) * size))];
}

function wireAccount({ id, name, state }: OrganizationAccount, managementAccountId: string) {
  return {
    Id: id,
    Arn: accountArn(managementAccountId, id),
    Email: emailOf(id),
    Name: name,
    Status: STATUSES[state],
    State: state,
    JoinedMethod: id === managementAccountId ? 'INVITED' : 'CREATED',
    JoinedTimestamp: JOINED,
  };
}

const JOINED = new Date('2024-01-02T03:04:05Z');

/** Values of the older field Status, which has fewer, by state. */
const STATUSES: Readonly<Record<AccountState, string>> = {
  PENDING_ACTIVATION: 'ACTIVE',
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  PENDING_CLOSURE: 'PENDING_CLOSURE',
  CLOSED: 'SUSPENDED',
};

function accountArn(managementAccountId: string, id: string): string {
  return `arn:aws:organizations::${managementAccountId}:account/${ID}/${id}`;
}

function emailOf(id: string): string {
  return `aws+${id}@example.com`;
}
