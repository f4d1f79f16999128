import type { Row } from './ask';
import { amount } from './money';

/** What the running month will have cost at its end, for all accounts that one account pays for. */
export interface Forecast {
  readonly accountId: string;
  readonly mean?: number;
  readonly lower?: number;
  readonly upper?: number;
}

export function forecastsOf(bounds: readonly Row<'account_id' | 'bound'>[]): Forecast[] {
  const payers = new Set(bounds.map(({ labels }) => labels.account_id));
  return [...payers].map((accountId) => {
    const own = bounds.filter(({ labels }) => labels.account_id === accountId);
    return { accountId, ...Object.fromEntries(own.map(({ labels, value }) => [labels.bound, value])) };
  });
}

/** Only where there are several is it worth saying who pays. */
export function forecastLines(forecasts: readonly Forecast[]): string[] {
  return forecasts.map(({ accountId, mean, lower, upper }) => {
    const whose = forecasts.length > 1 ? ` of ${accountId}` : '';
    return `Forecast${whose} for the end of the month: ${amount(mean)} (${amount(lower)} to ${amount(upper)})`;
  });
}
