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
  const usd = parseDecimal(Amount);
  if (usd && Unit === 'USD') return usd;
  throw new InvalidAmountError(
    `${what}: expected a decimal amount in USD, got "${Amount ?? ''}" ${Unit ?? 'without a currency'}`,
  );
}

/** Undefined for what is no finite decimal number. */
function parseDecimal(text: string | undefined): Big | undefined {
  try {
    const value = new Big(text ?? '');
    return Number.isFinite(value.toNumber()) ? value : undefined;
  } catch {
    return undefined; // big.js says only "Invalid number"; the caller knows of what
  }
}

/** An exact quantity of usage, in its unit: `Hrs`, `GB-Mo`, … */
export interface Quantity {
  readonly amount: Big;
  readonly unit: string;
}

/** Reads a quantity as strictly as an amount of money; Cost Explorer leaves the unit out where it adds several. */
export function parseQuantity({ Amount, Unit = '' }: AmountText, what: string): Quantity {
  const amount = parseDecimal(Amount);
  if (amount) return { amount, unit: Unit };
  throw new InvalidAmountError(`${what}: expected a decimal quantity, got "${Amount ?? ''}"`);
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
