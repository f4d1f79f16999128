import type { Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';

/** The cost of one Region on one day. */
export interface RegionDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly region: string;
  /** Billed cost. */
  readonly usd: Usd;
  readonly effectiveUsd: Usd;
}

/** The cost of one service in one Region on one day. */
export interface ServiceDay extends RegionDay {
  /** Name in Cost Explorer. */
  readonly service: string;
}

/** Access to the costs of services. */
export interface ServicesSource {
  costs(accountId: string, period: ChargePeriod): Promise<readonly ServiceDay[]>;
  /** Returns the separate totals for the check. */
  totals(accountId: string, period: ChargePeriod): Promise<readonly RegionDay[]>;
}
