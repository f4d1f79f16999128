/** How a number is shown. */
export interface Unit {
  /** As Grafana calls it. */
  readonly id: string;
  readonly decimals: number;
}

export const USD: Unit = { id: 'currencyUSD', decimals: 2 };
export const SHARE: Unit = { id: 'percentunit', decimals: 1 };
export const SECONDS: Unit = { id: 's', decimals: 1 };
export const DATE: Unit = { id: 'dateTimeAsIso', decimals: 0 };
export const COUNT: Unit = { id: 'none', decimals: 0 };
