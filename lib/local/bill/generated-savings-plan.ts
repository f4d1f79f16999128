import { dailyPrice, usdOfDay } from './amount';
import { type Charge, NO_REGION } from './bill';
import type { Random } from './random';
import { RESOURCE_KINDS } from './resource-kinds';
import { inRegion } from './usage-types';

interface SavingsPlanOptions {
  readonly accountId: string;
  readonly region: string;
  /** The days, oldest first. */
  readonly days: readonly string[];
}

/** Returns the charges of a Savings Plan. Covered usage is billed at 0. Its fee is billed a day later and has no effective cost. */
export function savingsPlan(random: Random, { accountId, region, days }: SavingsPlanOptions): Charge[] {
  const price = dailyPrice(random, 200, 1_500);
  const worth = days.map(() => usdOfDay(random, price));
  const line = { accountId, resourceId: '', tags: {} };
  const covered = { ...COVERED, region, usageType: inRegion('BoxUsage:m5.large', region) };
  return days.flatMap((day, index) => [
    { ...line, ...covered, day, usd: '0', effectiveUsd: worth[index] ?? '0' },
    { ...line, ...FEE, day, usd: worth[index - 1] ?? '0', effectiveUsd: '0' },
  ]);
}

const COVERED = {
  service: RESOURCE_KINDS[0].service,
  recordType: 'SavingsPlanCoveredUsage',
  quantity: '24',
  unit: 'Hrs',
} as const;

const FEE = {
  service: 'Savings Plans for AWS Compute usage',
  region: NO_REGION,
  recordType: 'SavingsPlanRecurringFee',
  usageType: 'ComputeSP:1yrNoUpfront',
  quantity: '24',
  unit: 'Hrs',
} as const;
