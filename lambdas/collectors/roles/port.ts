import type { ChargePeriod } from '../../domain/charge-period';
import type { ResourceCost } from '../../domain/resource-cost';

/** An IAM role that exists. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  /** AROA…: unlike the name, AWS never reuses it. */
  readonly id: string;
  /** Absent if IAM knows of no use in its tracking period. */
  readonly lastUsed?: { readonly at: Date; readonly region: string };
  /** ARNs. An instance with one of these profiles runs under the role. */
  readonly instanceProfiles: readonly string[];
  /** URL-encoded JSON in the format of IAM. */
  readonly trustPolicy: string;
}

/** An EC2 instance that is not terminated. */
export interface Instance {
  readonly id: string;
  readonly state: string;
  /** ARN; absent for an instance without a profile. */
  readonly instanceProfile?: string;
}

/** Access to roles, instances and their costs. */
export interface RolesSource {
  roles(): Promise<readonly Role[]>;
  /** Returns the Regions to read instances from. */
  regions(): Promise<readonly string[]>;
  instances(region: string): Promise<readonly Instance[]>;
  /** Returns undefined if the account has no resource-level data. */
  resourceCosts(accountId: string, period: ChargePeriod): Promise<readonly ResourceCost[] | undefined>;
}
