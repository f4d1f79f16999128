import Big from 'big.js';

/** An exact amount of US dollars. */
export type Usd = Big;

export const ZERO: Usd = new Big(0);

/** An amount as Cost Explorer says it: a decimal text and the currency. */
export interface AmountText {
  readonly Amount?: string;
  readonly Unit?: string;
}

/**
 * Reads an amount strictly: an empty, non-decimal, non-USD or not finite amount throws. `what` names the metric, the period and the
 * group for the message.
 */
export function parseUsd({ Amount, Unit }: AmountText, what: string): Usd {
  try {
    const usd = new Big(Amount ?? '');
    if (Unit === 'USD' && Number.isFinite(usd.toNumber())) return usd;
  } catch {
    // big.js says only "Invalid number"; the message below says which
  }
  throw new InvalidAmountError(
    `${what}: expected a decimal amount in USD, got "${Amount ?? ''}" ${Unit ?? 'without a currency'}`,
  );
}

/** The exact sum. */
export function sumUsd(amounts: Iterable<Usd>): Usd {
  let sum = ZERO;
  for (const amount of amounts) sum = sum.plus(amount);
  return sum;
}

/** An amount that cannot be read: a number from it would be wrong, so there is none. */
export class InvalidAmountError extends Error {
  override readonly name = 'InvalidAmountError';
}
