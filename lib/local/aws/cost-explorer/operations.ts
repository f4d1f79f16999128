import type { Bill } from '../../bill/bill';
import { dayOf } from '../../bill/day';
import { AwsFailure } from '../failure';
import type { Operation, Operations } from '../operation';
import { pageTokens } from '../page-tokens';
import { costAnswer } from './answer';
import { ALL_DIMENSIONS, DIMENSIONS_WITHOUT_RESOURCE, type Dimension } from './dimensions';
import { getCostForecast } from './forecast';
import { type Ledger, ledgers } from './ledger';
import { queryReader } from './query';
import { check, limitRules, RESOURCE_RULES, type ResourceLimits, RULES, type Rule } from './rules';

interface CostExplorerOptions {
  readonly now: () => Date;
  /** Groups on a page. */
  readonly pageSize: number;
  /** False if resource-level data is switched off in the account's preferences. */
  readonly resourceDataEnabled: boolean;
  readonly resourceLimits: ResourceLimits;
  /** False if Cost Explorer has no forecast. */
  readonly forecastAvailable: boolean;
}

/** Returns the operations of Cost Explorer. */
export function costExplorer(
  bill: Bill,
  { now, pageSize, resourceDataEnabled, resourceLimits, forecastAvailable }: CostExplorerOptions,
): Operations {
  const ledgerOf = ledgers(bill);
  const today = () => dayOf(now());
  const plain = { dimensions: DIMENSIONS_WITHOUT_RESOURCE, rules: RULES, available: true };
  const withResources = {
    dimensions: ALL_DIMENSIONS,
    rules: [...RULES, ...RESOURCE_RULES, ...limitRules(resourceLimits)],
    available: resourceDataEnabled,
  };
  return {
    'ce:GetCostAndUsage': costOperation({ ...plain, ledgerOf, pageSize, today }),
    'ce:GetCostAndUsageWithResources': costOperation({ ...withResources, ledgerOf, pageSize, today }),
    'ce:GetCostForecast': getCostForecast({ ledgerOf, today, available: forecastAvailable }),
  };
}

interface CostOperationOptions {
  readonly ledgerOf: (accountId: string) => Ledger;
  readonly pageSize: number;
  /** The UTC day of the request. */
  readonly today: () => string;
  readonly dimensions: readonly Dimension[];
  readonly rules: readonly Rule[];
  readonly available: boolean;
}

function costOperation({
  ledgerOf,
  pageSize,
  today,
  dimensions,
  rules,
  available,
}: CostOperationOptions): Operation {
  const tokens = pageTokens({ unknown: 'InvalidNextTokenException', changed: 'RequestChangedException' });
  const read = queryReader({ dimensions });
  return {
    pageNumber: ({ NextPageToken }) => tokens.pageNumber(NextPageToken),
    answer(input, { account: { accountId } }) {
      const query = read(input, accountId);
      const day = today();
      check(query, rules, day);
      if (!available)
        throw new AwsFailure(
          'DataUnavailableException',
          'Resource-level data is not enabled for the account.',
        );
      return costAnswer(ledgerOf(accountId)(query), query, { tokens, pageSize, today: day });
    },
  };
}
