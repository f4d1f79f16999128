import fc from 'fast-check';
import { errorKind } from '../../../lambdas/aws/error-kind';
import { InvalidAmountError, parseQuantity, parseUsd, sumUsd } from '../../../lambdas/domain/amounts';

test.each([
  ['', 'USD', 'got "" USD'],
  [undefined, 'USD', 'got "" USD'],
  ['N/A', 'USD', 'got "N/A" USD'],
  ['1,5', 'USD', 'got "1,5" USD'],
  [' 1', 'USD', 'got " 1" USD'],
  ['Infinity', 'USD', 'got "Infinity" USD'],
  ['1', 'EUR', 'got "1" EUR'],
  ['1', undefined, 'got "1" without a currency'],
])('the amount %p in %p is an error that names it', (Amount, Unit, got) => {
  expect(() => parseUsd({ Amount, Unit }, 'aws_user_billed_cost_usd of March')).toThrow(
    `aws_user_billed_cost_usd of March: expected a decimal amount in USD, ${got}`,
  );
});

test.each(['0', '-12.5', '1.2E-7', '0.00000000000000000000001'])('%s is read exactly', (Amount) => {
  expect(parseUsd({ Amount, Unit: 'USD' }, '').eq(Amount)).toBe(true);
});

test('a sum is exact in any order', () => {
  const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  fc.assert(
    fc.property(fc.array(cents), (amounts) => {
      const sum = sumUsd(amounts.map((amount) => parseUsd({ Amount: `${amount}e-10`, Unit: 'USD' }, '')));
      const exact = amounts.reduce((total, amount) => total + amount, 0n);
      expect(sum.times(1e10).toFixed()).toBe(String(exact));
    }),
  );
});

test('an amount that cannot be read is counted by a reason of its own', () => {
  expect(errorKind(new InvalidAmountError('x'))).toBe('bad_amount');
});

test('a quantity is read exactly, with its unit, which Cost Explorer leaves out where it adds several', () => {
  const { amount, unit } = parseQuantity({ Amount: '0.30000000000000000001', Unit: 'GB-Mo' }, 'storage');
  expect([amount.toFixed(), unit]).toEqual(['0.30000000000000000001', 'GB-Mo']);
  expect(parseQuantity({ Amount: '1' }, 'all').unit).toBe('');
});

test.each([undefined, '', 'N/A', '1e999', '1,5'])(
  'the quantity %s is an error that says of what',
  (Amount) => {
    expect(() => parseQuantity({ Amount, Unit: 'Hrs' }, 'usage of atlas')).toThrow(
      `usage of atlas: expected a decimal quantity, got "${Amount ?? ''}"`,
    );
  },
);
