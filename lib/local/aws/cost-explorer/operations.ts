import type { Bill } from '../../bill/bill';
import { dayOf } from '../../bill/day';
import { AwsFailure } from '../failure';
import type { Operation, Operations } from '../operation';
import { pageTokens } from '../page-tokens';
import { costAnswer } from './answer';
import { ALL_DIMENSIONS, DIMENSIONS_WITHOUT_RESOURCE, type Dimension } from './dimensions';
import { type Ledger, ledger } from './ledger';
import { queryReader } from './query';
import { check, RESOURCE_RULES, RULES, type Rule } from './rules';

export interface CostExplorerOptions {
  /** Groups a page. */
  readonly pageSize: number;
  /** False: resource-level data is switched off in the account's preferences. */
  readonly resourceDataEnabled: boolean;
}

export function costExplorer(bill: Bill, { pageSize, resourceDataEnabled }: CostExplorerOptions): Operations {
  const sums = ledger(bill);
  const plain = { sums, pageSize, dimensions: DIMENSIONS_WITHOUT_RESOURCE, rules: RULES, available: true };
  const withResources = {
    sums,
    pageSize,
    dimensions: ALL_DIMENSIONS,
    rules: [...RULES, ...RESOURCE_RULES],
    available: resourceDataEnabled,
  };
  return {
    'ce:GetCostAndUsage': costOperation(bill, plain),
    'ce:GetCostAndUsageWithResources': costOperation(bill, withResources),
  };
}

interface CostOperationOptions {
  readonly sums: Ledger;
  readonly pageSize: number;
  readonly dimensions: readonly Dimension[];
  readonly rules: readonly Rule[];
  readonly available: boolean;
}

function costOperation(
  bill: Bill,
  { sums, pageSize, dimensions, rules, available }: CostOperationOptions,
): Operation {
  const tokens = pageTokens({ unknown: 'InvalidNextTokenException', changed: 'RequestChangedException' });
  const read = queryReader({ accountId: bill.accountId, dimensions });
  const today = dayOf(bill.asOf);
  return {
    pageNumber: ({ NextPageToken }) => tokens.pageNumber(NextPageToken),
    answer(input) {
      const query = read(input);
      check(query, rules, today);
      if (!available)
        throw new AwsFailure(
          'DataUnavailableException',
          'Resource-level data is not enabled for the account.',
        );
      return costAnswer(sums(query), query, { tokens, pageSize, today });
    },
  };
}
