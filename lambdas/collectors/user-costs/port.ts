import type { ChargePeriod } from '../../aws/charge-period';
import type { Usd } from '../../aws/usd';

export interface RegionDayCost {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly region: string;
  readonly usd: Usd;
}

export interface OwnerCost {
  /** The value of the owner tag as it is; empty for untagged spend. */
  readonly owner: string;
  readonly region: string;
  readonly usd: Usd;
}

export interface ResourceCost {
  /** As Cost Explorer names it: an instance id, an ARN, a bucket name, … */
  readonly resource: string;
  readonly region: string;
  readonly usd: Usd;
}

export interface UserCostsSource {
  /** The separate total that every breakdown is held against. */
  dailyTotals(accountId: string, period: ChargePeriod): Promise<readonly RegionDayCost[]>;
  ownerCosts(accountId: string, period: ChargePeriod): Promise<readonly OwnerCost[]>;
  /** `undefined` where the account has no resource-level data. */
  resourceCosts(accountId: string, period: ChargePeriod): Promise<readonly ResourceCost[] | undefined>;
  /** Owner by ARN of every resource in the Region that has the owner tag today. */
  owners(region: string): Promise<ReadonlyMap<string, string>>;
  /** Of every IAM user. */
  userNames(): Promise<readonly string[]>;
}
