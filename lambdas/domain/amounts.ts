import Big from 'big.js';

declare const UNIT: unique symbol;

/** An exact decimal number of one unit. Two units are two types, so they cannot be added or compared. */
interface Exact<Unit extends string> {
  readonly [UNIT]: Unit;
  plus(other: Exact<Unit>): Exact<Unit>;
  minus(other: Exact<Unit>): Exact<Unit>;
  abs(): Exact<Unit>;
  cmp(other: Exact<Unit>): number;
  eq(other: Exact<Unit>): boolean;
  toNumber(): number;
}

/** An exact amount of US dollars. */
export type Usd = Exact<'USD'>;

export const ZERO_USD = exact<'USD'>(new Big(0));

/** A decimal amount and its unit in the format of Cost Explorer. */
export interface AmountText {
  readonly Amount?: string;
  readonly Unit?: string;
}

/**
 * Reads an amount of US dollars. `what` names the metric, the period and the group in the error.
 * @throws InvalidAmountError for an amount that is empty, not decimal, not finite or not in USD.
 */
export function parseUsd({ Amount, Unit }: AmountText, what: string): Usd {
  const amount = parseDecimal(Amount);
  if (amount && Unit === 'USD') return exact(amount);
  throw new InvalidAmountError(
    `${what}: expected a decimal amount in USD, got "${Amount ?? ''}" ${Unit ?? 'without a currency'}`,
  );
}

/** Returns the exact sum. */
export function sumUsd(amounts: Iterable<Usd>): Usd {
  return sum(amounts, ZERO_USD);
}

/** Returns the amount for `days` days if it is the amount for `of` days, at the same cost a day. */
export function perDays(amount: Usd, { days, of }: { readonly days: number; readonly of: number }): Usd {
  return days === of ? amount : exact(new Big(amount as unknown as Big).times(days).div(of));
}

/** Anything with a cost in US dollars. */
export interface Cost {
  readonly usd: Usd;
}

/** Returns the exact sum of the costs. */
export function sumCosts(costs: readonly Cost[]): Usd {
  return sumUsd(costs.map(({ usd }) => usd));
}

/** An exact amount of usage, and its unit in the words of Cost Explorer: `Hrs`, `GB-Mo`, … */
export interface Quantity {
  readonly amount: Exact<'usage'>;
  readonly unit: string;
}

/**
 * Reads a quantity of usage. Cost Explorer omits the unit of a sum over several units; it is then the empty string.
 * @throws InvalidAmountError for an amount that is empty, not decimal or not finite.
 */
export function parseQuantity({ Amount, Unit = '' }: AmountText, what: string): Quantity {
  const amount = parseDecimal(Amount);
  if (amount) return { amount: exact(amount), unit: Unit };
  throw new InvalidAmountError(`${what}: expected a decimal quantity, got "${Amount ?? ''}"`);
}

/**
 * Returns the exact sum, with the unit that all quantities have.
 * @throws RangeError for quantities of two units.
 */
export function sumQuantities(quantities: readonly Quantity[]): Quantity {
  const [unit = '', ...others] = new Set(quantities.map((quantity) => quantity.unit));
  if (others.length > 0)
    throw new RangeError(`expected quantities of one unit, got "${[unit, ...others].join('", "')}"`);
  return {
    unit,
    amount: sum(
      quantities.map(({ amount }) => amount),
      exact(new Big(0)),
    ),
  };
}

/** The size of a row for sorting. It may combine several amounts, so it is no amount of dollars. */
export type Weight = Exact<'weight'>;

/** Returns the sum of the amounts without their signs, so that a refund weighs as much as a charge. */
export function weightOf(amounts: readonly Usd[]): Weight {
  const size: Exact<string> = sumUsd(amounts.map((amount) => amount.abs()));
  return size as Weight;
}

/** Returns the size of a cost, whatever its sign. */
export function costWeight({ usd }: Cost): Weight {
  return weightOf([usd]);
}

/** Thrown when an amount cannot be read; the metric is then not published. */
export class InvalidAmountError extends Error {
  override readonly name = 'InvalidAmountError';
}

function sum<Unit extends string>(amounts: Iterable<Exact<Unit>>, start: Exact<Unit>): Exact<Unit> {
  let total = start;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}

/** Returns undefined for a string that is not a finite decimal number. */
function parseDecimal(text: string | undefined): Big | undefined {
  try {
    const value = new Big(text ?? '');
    return Number.isFinite(value.toNumber()) ? value : undefined;
  } catch {
    return undefined; // big.js reports only "Invalid number"; the caller's error names the metric
  }
}

/** Gives a number its unit. An Exact is a Big with fewer visible methods, and only this function creates one. */
function exact<Unit extends string>(value: Big): Exact<Unit> {
  return value as unknown as Exact<Unit>;
}
