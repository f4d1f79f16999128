import type { Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';
import type { ResourceCost } from '../../domain/resource-cost';

export interface DayCost {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly region: string;
  /** As Cost Explorer names it. */
  readonly service: string;
  readonly usd: Usd;
  /** Whether Cost Explorer still calls the day an estimate. */
  readonly estimated: boolean;
}

export interface TagCost {
  /** The value of the tag as it is; empty for spend without it. */
  readonly value: string;
  readonly region: string;
  readonly usd: Usd;
}

/** An IAM user that exists. */
export interface LivingUser {
  readonly name: string;
  /** AIDA…: unlike the name, never used again. */
  readonly id: string;
}

export interface UserCostsSource {
  /** The separate total that every breakdown is held against. */
  dailyTotals(accountId: string, period: ChargePeriod): Promise<readonly DayCost[]>;
  /** Cost by the value of a tag, of what has none of the tags in `absent`. */
  tagCosts(
    accountId: string,
    period: ChargePeriod,
    by: { readonly tag: string; readonly absent: readonly string[] },
  ): Promise<readonly TagCost[]>;
  /** `undefined` where the account has no resource-level data. */
  resourceCosts(accountId: string, period: ChargePeriod): Promise<readonly ResourceCost[] | undefined>;
  /** Owner by ARN of every resource in the Region that has the owner tag today. */
  owners(region: string): Promise<ReadonlyMap<string, string>>;
  users(): Promise<readonly LivingUser[]>;
}
