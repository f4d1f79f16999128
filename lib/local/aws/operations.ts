import type { Bill } from '../bill/bill';
import { listRegions } from './account';
import { type Accounts, checkAccount } from './accounts';
import { remoteWrite } from './aps/remote-write';
import type { SimulatedWorkspace } from './aps/workspace';
import type { Identities } from './callers';
import { costExplorer } from './cost-explorer/operations';
import type { ResourceLimits } from './cost-explorer/rules';
import { dynamodb, type SimulatedLedger } from './dynamodb/operations';
import { describeInstances } from './ec2';
import { listUsers } from './iam';
import { getAccountAuthorizationDetails } from './iam-roles';
import type { Operations } from './operation';
import { organizations } from './organizations';
import { getSecretValue } from './secrets';
import { accountIdIn, assumeRole, getCallerIdentity, type MemberRole } from './sts';
import { getResources } from './tagging';

/** The behaviour of the simulated AWS. */
export interface OperationsOptions {
  readonly bill: Bill;
  /** The current time of Cost Explorer; it has no charges of later days. @default the time at which the bill is read */
  readonly now?: () => Date;
  /** Groups on a page of Cost Explorer. @default all on one page */
  readonly pageSize?: number;
  /** Most items on a page of other services, whatever the request asks for. @default 100, as AWS */
  readonly inventoryPageSize?: number;
  /** False if resource-level data is switched off in the account's preferences. @default true */
  readonly resourceDataEnabled?: boolean;
  /** Limits of resource-level data on which AWS's documents disagree. @default none */
  readonly resourceLimits?: ResourceLimits;
  /** False if Cost Explorer has no forecast. @default true, after a fortnight of charges */
  readonly forecastAvailable?: boolean;
  /** Roles that callers may assume; the ARN holds the account. @default none */
  readonly memberRoles?: readonly MemberRole[];
  /** Secret strings by ARN. @default none */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The ledger's table. @default empty */
  readonly ledger?: SimulatedLedger;
  /** Workspaces of Amazon Managed Service for Prometheus in the bill's account. @default none */
  readonly workspaces?: readonly SimulatedWorkspace[];
}

interface Known {
  readonly accounts: Accounts;
  readonly identities: Identities;
}

/**
 * Returns every operation of the simulated AWS.
 * @throws RangeError when a page size is not a whole number from 1, or a role belongs to an unknown account.
 */
export function operations(
  {
    bill,
    now = () => bill.asOf,
    pageSize = Number.MAX_SAFE_INTEGER,
    inventoryPageSize = 100,
    resourceDataEnabled = true,
    resourceLimits = {},
    forecastAvailable = true,
    memberRoles = [],
    secrets = {},
    ledger = {},
    workspaces = [],
  }: OperationsOptions,
  { accounts, identities }: Known,
): Operations {
  checkPageSizes({ pageSize, inventoryPageSize });
  for (const { roleArn } of memberRoles) checkAccount(accounts, accountIdIn(roleArn), roleArn);
  return {
    'account:ListRegions': listRegions(bill, inventoryPageSize),
    'aps:RemoteWrite': remoteWrite(workspaces, bill.accountId),
    ...costExplorer(bill, { now, pageSize, resourceDataEnabled, resourceLimits, forecastAvailable }),
    ...dynamodb(ledger, bill.accountId),
    'ec2:DescribeInstances': describeInstances(inventoryPageSize),
    'iam:GetAccountAuthorizationDetails': getAccountAuthorizationDetails(inventoryPageSize),
    'iam:ListUsers': listUsers(inventoryPageSize),
    ...organizations(bill, inventoryPageSize),
    'secretsmanager:GetSecretValue': getSecretValue(secrets),
    'sts:AssumeRole': assumeRole(memberRoles, identities),
    'sts:GetCallerIdentity': getCallerIdentity,
    'tag:GetResources': getResources(inventoryPageSize),
  };
}

function checkPageSizes(sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`${name}: expected a whole number from 1, got ${size}`);
  }
}
