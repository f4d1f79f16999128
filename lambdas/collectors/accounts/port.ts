import type { Usd } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';

export interface Account {
  readonly accountId: string;
  /** Empty where nobody named it. */
  readonly name: string;
  /** As Organizations says it: `ACTIVE`, `SUSPENDED`, `CLOSED`, … */
  readonly state: string;
}

export interface MonthCost {
  /** Calendar month, `2026-03`. */
  readonly month: string;
  readonly usd: Usd;
  /** Whether Cost Explorer still calls the month an estimate. */
  readonly estimated: boolean;
}

export interface AccountMonthCost extends MonthCost {
  readonly accountId: string;
  /** As Cost Explorer says it: `Usage`, `Tax`, `Credit`, … */
  readonly chargeType: string;
}

/** A forecast of Cost Explorer, and the ends of its prediction interval. */
export interface Forecast {
  readonly mean: Usd;
  readonly lower: Usd;
  readonly upper: Usd;
}

export interface Organization {
  /** The account that pays for all: its Cost Explorer knows the costs of all. Undefined outside of an organization. */
  readonly managementAccountId?: string;
  /** Those that this account may list, or just this one. */
  readonly accounts: readonly Account[];
}

export interface AccountsSource {
  organization(accountId: string): Promise<Organization>;
  /** Of all accounts that this one may see. */
  costs(period: ChargePeriod): Promise<readonly AccountMonthCost[]>;
  /** The separate total that the costs are held against. */
  totals(period: ChargePeriod): Promise<readonly MonthCost[]>;
  /** Undefined where Cost Explorer has too little history. */
  forecast(period: ChargePeriod): Promise<Forecast | undefined>;
}
