import fc from 'fast-check';
import { parseUsd, type Usd } from '../../lambdas/domain/amounts';

/** Makes an amount of dollars in the way the sources make it. */
export function dollars(amount: string | number): Usd {
  return parseUsd({ Amount: String(amount), Unit: 'USD' }, 'test');
}

/** Amounts of at most ten dollars and at least minus ten. */
export const anyCents: fc.Arbitrary<Usd> = fc
  .integer({ min: -1000, max: 1000 })
  .map((cents) => dollars(`${cents}e-2`));
