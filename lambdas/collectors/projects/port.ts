import type { Quantity, Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';

export interface ProjectCost {
  /** The value of the tag as it is; empty for spend without it. */
  readonly project: string;
  /** As Cost Explorer names it. */
  readonly service: string;
  readonly usd: Usd;
}

/** What one usage type of one project cost, and how much of it was used. */
export interface ProjectUsage extends ProjectCost {
  readonly usageType: string;
  readonly quantity: Quantity;
}

export interface ProjectsSource {
  costs(accountId: string, period: ChargePeriod): Promise<readonly ProjectCost[]>;
  /** The separate total that the costs are held against. */
  total(accountId: string, period: ChargePeriod): Promise<Usd>;
  usage(accountId: string, period: ChargePeriod, project: string): Promise<readonly ProjectUsage[]>;
}
