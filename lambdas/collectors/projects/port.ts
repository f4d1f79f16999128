import type { Quantity, Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';

/** The billed cost of one project and service. */
export interface ProjectCost {
  /** The unchanged value of the tag; empty for cost without the tag. */
  readonly project: string;
  /** Name in Cost Explorer. */
  readonly service: string;
  readonly usd: Usd;
}

/** The cost and the quantity of one usage type of one project. */
export interface ProjectUsage extends ProjectCost {
  readonly usageType: string;
  readonly quantity: Quantity;
}

/** Access to the costs of projects. */
export interface ProjectsSource {
  costs(accountId: string, period: ChargePeriod): Promise<readonly ProjectCost[]>;
  /** Returns the separate total for the check. */
  total(accountId: string, period: ChargePeriod): Promise<Usd>;
  usage(accountId: string, period: ChargePeriod, project: string): Promise<readonly ProjectUsage[]>;
}
