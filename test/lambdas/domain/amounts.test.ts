import type Big from 'big.js';
import fc from 'fast-check';
import { errorKind } from '../../../lambdas/aws/error-kind';
import {
  InvalidAmountError,
  parseQuantity,
  parseUsd,
  perDays,
  type Quantity,
  sumQuantities,
  sumUsd,
  type Usd,
  type Weight,
  weightOf,
  ZERO_USD,
} from '../../../lambdas/domain/amounts';
import { anyCents, dollars } from '../../support/amounts';

test.each([
  ['', 'USD', 'got "" USD'],
  [undefined, 'USD', 'got "" USD'],
  ['N/A', 'USD', 'got "N/A" USD'],
  ['1,5', 'USD', 'got "1,5" USD'],
  [' 1', 'USD', 'got " 1" USD'],
  ['Infinity', 'USD', 'got "Infinity" USD'],
  ['1', 'EUR', 'got "1" EUR'],
  ['1', undefined, 'got "1" without a currency'],
])('the amount %p in %p is an error that shows it', (Amount, Unit, got) => {
  expect(() => parseUsd({ Amount, Unit }, 'aws_user_billed_cost_usd of March')).toThrow(
    `aws_user_billed_cost_usd of March: expected a decimal amount in USD, ${got}`,
  );
});

test.each([
  ['0', '0'],
  ['-12.5', '-12.50'],
  ['1.2E-7', '0.00000012'],
  ['0.00000000000000000000001', '1e-23'],
])('%s and %s are the same exact amount', (one, other) => {
  expect(dollars(one).eq(dollars(other))).toBe(true);
  expect(dollars(one).eq(dollars(one).plus(dollars('1e-30')))).toBe(false);
});

test('a sum is exact in any order', () => {
  const tiny = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  fc.assert(
    fc.property(fc.array(tiny), (amounts) => {
      const exact = amounts.reduce((total, amount) => total + amount, 0n);
      const sum = sumUsd(amounts.map((amount) => dollars(`${amount}e-10`)));
      expect(sum.eq(dollars(`${exact}e-10`))).toBe(true);
    }),
  );
});

test('an amount that cannot be read has its own failure reason', () => {
  expect(errorKind(new InvalidAmountError('x'))).toBe('bad_amount');
});

test('a quantity has its unit, which Cost Explorer omits for a sum over several units', () => {
  expect(quantity('0.5', 'GB-Mo').amount.toNumber()).toBe(0.5);
  expect(quantity('0.5', 'GB-Mo').unit).toBe('GB-Mo');
  expect(parseQuantity({ Amount: '1' }, 'all').unit).toBe('');
});

test.each([undefined, '', 'N/A', '1e999', '1,5'])(
  'the quantity %s is an error that names the usage',
  (Amount) => {
    expect(() => parseQuantity({ Amount, Unit: 'Hrs' }, 'usage of atlas')).toThrow(
      `usage of atlas: expected a decimal quantity, got "${Amount ?? ''}"`,
    );
  },
);

test('quantities of one unit add up exactly', () => {
  const sum = sumQuantities([quantity('0.1', 'Hrs'), quantity('0.2', 'Hrs')]);
  expect(sum.unit).toBe('Hrs');
  expect(sum.amount.eq(quantity('0.3', 'Hrs').amount)).toBe(true);
  expect(sumQuantities([]).amount.toNumber()).toBe(0);
  expect(sumQuantities([]).unit).toBe('');
});

test('quantities of two units are an error', () => {
  expect(() => sumQuantities([quantity('1', 'Hrs'), quantity('2', 'GB-Mo')])).toThrow(
    'expected quantities of one unit, got "Hrs", "GB-Mo"',
  );
});

test('a weight ignores the sign of every amount', () => {
  fc.assert(
    fc.property(fc.array(anyCents), (amounts) => {
      const opposite = amounts.map((amount) => ZERO_USD.minus(amount));
      expect(weightOf(amounts).eq(weightOf(opposite))).toBe(true);
      expect(weightOf(amounts).toNumber()).toBeCloseTo(
        amounts.reduce((sum, amount) => sum + Math.abs(amount.toNumber()), 0),
      );
    }),
  );
});

type Accepts<To, From> = From extends To ? true : false;

test('dollars, quantities and weights are distinct types', () => {
  const accepted: readonly [
    Accepts<Usd, Quantity['amount']>,
    Accepts<Usd, Weight>,
    Accepts<Weight, Usd>,
    Accepts<Usd, Big>,
    Accepts<Parameters<Usd['plus']>[0], Weight>,
    Accepts<Parameters<Usd['plus']>[0], number>,
  ] = [false, false, false, false, false, false]; // The compiler rejects any other value.
  expect(accepted).not.toContain(true);
});

function quantity(Amount: string, Unit: string): Quantity {
  return parseQuantity({ Amount, Unit }, 'test');
}

test('an amount for some days is that for others at the same cost a day', () => {
  expect(perDays(dollars('10'), { days: 12, of: 10 })).toEqual(dollars('12'));
  expect(perDays(dollars('0.1'), { days: 3, of: 3 })).toEqual(dollars('0.1'));
  expect(perDays(dollars('10'), { days: 1, of: 3 }).toNumber()).toBeCloseTo(10 / 3, 12);
});
