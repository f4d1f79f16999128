import type { ChargePeriod } from '../../domain/charge-period';
import type { ResourceCost } from '../../domain/resource-cost';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** AROA…: unlike the name, never used again. */
  readonly id: string;
  /** Absent where IAM knows of no use in its tracking period. */
  readonly lastUsed?: { readonly at: Date; readonly region: string };
  /** ARNs; an instance that has one of them runs under the role. */
  readonly instanceProfiles: readonly string[];
  /** Who may assume it: JSON, URL-encoded, as IAM says it. */
  readonly trustPolicy: string;
}

/** An EC2 instance that is not terminated. */
export interface Instance {
  readonly id: string;
  readonly state: string;
  /** ARN, where it has one. */
  readonly instanceProfile?: string;
}

export interface RolesSource {
  roles(): Promise<readonly Role[]>;
  /** The Regions to ask for instances. */
  regions(): Promise<readonly string[]>;
  instances(region: string): Promise<readonly Instance[]>;
  /** `undefined` where the account has no resource-level data. */
  resourceCosts(accountId: string, period: ChargePeriod): Promise<readonly ResourceCost[] | undefined>;
}
