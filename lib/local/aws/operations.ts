import type { Bill } from '../bill/bill';
import { costExplorer } from './cost-explorer/operations';
import { listUsers } from './iam';
import type { Operations } from './operation';
import { getSecretValue } from './secrets';
import { getResources } from './tagging';

export interface OperationsOptions {
  readonly bill: Bill;
  /** Groups a page of Cost Explorer. @default all on one */
  readonly pageSize?: number;
  /** Users and resources a page of IAM and Tagging at most, whatever is asked for. @default 100, as AWS */
  readonly inventoryPageSize?: number;
  /** False: resource-level data is switched off in the account's preferences. @default true */
  readonly resourceDataEnabled?: boolean;
  /** Texts of the secrets by ARN. @default none */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Everything that the simulated AWS knows. Throws a RangeError when a page size is not a whole number from 1. */
export function operations({
  bill,
  pageSize = Number.MAX_SAFE_INTEGER,
  inventoryPageSize = 100,
  resourceDataEnabled = true,
  secrets = {},
}: OperationsOptions): Operations {
  checkPageSizes({ pageSize, inventoryPageSize });
  return {
    ...costExplorer(bill, { pageSize, resourceDataEnabled }),
    'iam:ListUsers': listUsers(bill, inventoryPageSize),
    'secretsmanager:GetSecretValue': getSecretValue(secrets),
    'tag:GetResources': getResources(bill, inventoryPageSize),
  };
}

function checkPageSizes(sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`${name}: expected a whole number from 1, got ${size}`);
  }
}
