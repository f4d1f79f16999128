import fc from 'fast-check';
import { parseUsd, type Usd } from '../../lambdas/domain/amounts';

/** Returns an amount of dollars, made like in the sources. */
export function dollars(amount: string | number): Usd {
  return parseUsd({ Amount: String(amount), Unit: 'USD' }, 'test');
}

/** Amounts from minus ten to ten dollars. */
export const anyCents: fc.Arbitrary<Usd> = fc
  .integer({ min: -1000, max: 1000 })
  .map((cents) => dollars(`${cents}e-2`));
