import type { Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';

/** An account in Organizations. */
export interface Account {
  readonly accountId: string;
  /** Empty for an account without a name. */
  readonly name: string;
  /** State in Organizations: `ACTIVE`, `SUSPENDED`, `CLOSED`, … */
  readonly state: string;
}

/** The billed cost of one month. */
export interface MonthCost {
  /** Calendar month, `2026-03`. */
  readonly month: string;
  readonly usd: Usd;
  /** True while Cost Explorer marks the month as an estimate. */
  readonly estimated: boolean;
}

/** The billed cost of one account in one month, by charge type. */
export interface AccountMonthCost extends MonthCost {
  readonly accountId: string;
  /** Charge type in Cost Explorer: `Usage`, `Tax`, `Credit`, … */
  readonly chargeType: string;
}

/** The answer for a period that is over, for which Cost Explorer makes no forecast. */
export const PERIOD_OVER = 'period-over';

/** A forecast of Cost Explorer with its prediction interval. */
export interface Forecast {
  readonly mean: Usd;
  readonly lower: Usd;
  readonly upper: Usd;
}

interface Organization {
  /** The account that pays for all accounts, whose Cost Explorer has all costs. Undefined outside an organization. */
  readonly managementAccountId?: string;
  /** The accounts that this account may list, or this account alone. */
  readonly accounts: readonly Account[];
}

/** Access to Organizations and to the costs of all accounts. */
export interface AccountsSource {
  organization(accountId: string): Promise<Organization>;
  /** Returns the cost of all accounts that this account may see. */
  costs(period: ChargePeriod): Promise<readonly AccountMonthCost[]>;
  /** Returns the separate total for the check. */
  totals(period: ChargePeriod): Promise<readonly MonthCost[]>;
  /**
   * Returns the forecast for a period. Its days that are over count at the forecast's cost a day. Undefined if Cost Explorer has
   * too little history.
   */
  forecast(period: ChargePeriod): Promise<Forecast | typeof PERIOD_OVER | undefined>;
}
