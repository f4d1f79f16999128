import Big from 'big.js';
import type { Charge } from '../../bill/bill';

const USD = 'USD';

/** Cost Explorer's unit for a sum over several units, and for quantities without a unit. */
const MIXED = 'N/A';

/** The amount and the unit that each metric reads from a charge. */
export const COST_METRICS = {
  UnblendedCost: { amountOf: ({ usd }) => usd, unitOf: () => USD, unitOfNothing: USD },
  AmortizedCost: { amountOf: ({ effectiveUsd }) => effectiveUsd, unitOf: () => USD, unitOfNothing: USD },
  UsageQuantity: {
    amountOf: ({ quantity }) => quantity,
    unitOf: ({ unit }) => unit || MIXED,
    unitOfNothing: MIXED,
  },
} as const satisfies Record<string, CostMetric>;

/** A cost metric of Cost Explorer. */
export type MetricName = keyof typeof COST_METRICS;

export const METRIC_NAMES = Object.keys(COST_METRICS) as MetricName[];

interface CostMetric {
  readonly amountOf: (charge: Charge) => string;
  readonly unitOf: (charge: Charge) => string;
  readonly unitOfNothing: string;
}

/** An exact amount and its unit. */
export interface Sum {
  readonly amount: Big;
  readonly unit: string;
}

/** Returns the sum of no charges. */
export function nothing(metric: MetricName): Sum {
  return { amount: ZERO, unit: COST_METRICS[metric].unitOfNothing };
}

const ZERO = new Big(0);

/** Adds an amount. The unit is `N/A` if the units differ, as in Cost Explorer. */
export function plus(sum: Sum | undefined, { amount, unit }: Sum): Sum {
  if (!sum) return { amount, unit };
  return { amount: sum.amount.plus(amount), unit: sum.unit === unit ? unit : MIXED };
}
