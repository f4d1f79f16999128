import type { Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';

/** What one Region cost on one day. */
export interface RegionDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly region: string;
  /** Billed. */
  readonly usd: Usd;
  readonly effectiveUsd: Usd;
}

export interface ServiceDay extends RegionDay {
  /** As Cost Explorer names it. */
  readonly service: string;
}

export interface ServicesSource {
  costs(accountId: string, period: ChargePeriod): Promise<readonly ServiceDay[]>;
  /** The separate total that the costs are held against. */
  totals(accountId: string, period: ChargePeriod): Promise<readonly RegionDay[]>;
}
