import type { Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';
import type { ResourceCost } from '../../domain/resource-cost';

/** The billed cost of one service in one Region on one day. */
export interface DayCost {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly region: string;
  /** Name in Cost Explorer. */
  readonly service: string;
  readonly usd: Usd;
  /** True while Cost Explorer marks the day as an estimate. */
  readonly estimated: boolean;
}

/** The billed cost of one tag value in one Region. */
export interface TagCost {
  /** The unchanged value of the tag; empty for cost without the tag. */
  readonly value: string;
  readonly region: string;
  readonly usd: Usd;
}

/** An IAM user that exists. */
export interface LivingUser {
  readonly name: string;
  /** AIDA…: unlike the name, AWS never reuses it. */
  readonly id: string;
}

/** Access to costs, users and owner tags. */
export interface UserCostsSource {
  /** Returns the separate total for the checks. */
  dailyTotals(accountId: string, period: ChargePeriod): Promise<readonly DayCost[]>;
  /** Returns the cost without any tag in `absent`, by the value of a tag. */
  tagCosts(
    accountId: string,
    period: ChargePeriod,
    by: { readonly tag: string; readonly absent: readonly string[] },
  ): Promise<readonly TagCost[]>;
  /** Returns undefined if the account has no resource-level data. */
  resourceCosts(accountId: string, period: ChargePeriod): Promise<readonly ResourceCost[] | undefined>;
  /** Returns the owner by ARN of every resource in the Region that has the owner tag today. */
  owners(region: string): Promise<ReadonlyMap<string, string>>;
  users(): Promise<readonly LivingUser[]>;
}
