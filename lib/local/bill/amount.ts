import type { Random } from './random';

/** AWS counts up to ten decimals of a dollar. */
const DECIMALS = 10;
const UNITS_PER_USD = 10n ** BigInt(DECIMALS);

/** A price per day in 10⁻¹⁰ US dollars. It is a whole number, so that no amount is rounded. */
export type DailyPrice = bigint;

/** Returns a price between two amounts in whole cents per day. Small prices are more frequent, as in most bills. */
export function dailyPrice(random: Random, leastCents: number, mostCents: number): DailyPrice {
  const unitsPerCent = UNITS_PER_USD / 100n;
  const cents = BigInt(leastCents + random.below(1 + random.below(mostCents - leastCents + 1)));
  return cents * unitsPerCent + BigInt(random.below(Number(unitsPerCent)));
}

/** Returns the cost of a day at this price as an exact decimal string. Usage varies by a tenth. */
export function usdOfDay(random: Random, price: DailyPrice): string {
  return decimal((price * BigInt(900 + random.below(201))) / 1000n);
}

function decimal(units: bigint): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -DECIMALS)}${fraction && `.${fraction}`}`;
}
