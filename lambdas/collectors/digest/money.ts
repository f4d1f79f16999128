const USD = { style: 'currency', currency: 'USD' } as const;

// "negative" leaves the sign off what rounds to zero
const AMOUNT = new Intl.NumberFormat('en-US', { ...USD, signDisplay: 'negative' });
const CHANGE = new Intl.NumberFormat('en-US', { ...USD, signDisplay: 'exceptZero' });
const SHARE = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** Nothing is known: a missing amount is not 0. */
export const UNKNOWN = '–';

export function amount(usd: number | undefined): string {
  return usd === undefined ? UNKNOWN : AMOUNT.format(usd);
}

/** With its sign. */
export function change(usd: number): string {
  return CHANGE.format(usd);
}

export function percent(share: number): string {
  return SHARE.format(share);
}

/** Of what is known; undefined where nothing is. Floats, so that what additions smear behind the sixth decimal goes. */
export function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((usd) => usd !== undefined);
  if (known.length === 0) return undefined;
  return Math.round(known.reduce((sum, usd) => sum + usd, 0) * 1e6) / 1e6;
}
