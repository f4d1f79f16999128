import fc from 'fast-check';
import { pythonFloat } from '../../../../lambdas/metrics/xc3/labels';

test.each([
  [0, '0.0'],
  [-0, '0.0'],
  [5, '5.0'],
  [2.5, '2.5'],
  [-3, '-3.0'],
  [0.1 + 0.2, '0.30000000000000004'],
  [0.0001, '0.0001'],
  [0.00012345, '0.00012345'],
  [0.00001, '1e-05'],
  [-1.5e-7, '-1.5e-07'],
  [9999999999999998, '9999999999999998.0'],
  [1e16, '1e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1e22, '1e+22'],
  [1.5e300, '1.5e+300'],
])('the number %p is written as %s', (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});

test('any number is written in one of Python’s two notations and read back unchanged', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = pythonFloat(value);
      expect(Number(text)).toBe(value + 0); // Adding 0 turns -0 into 0.
      expect(text).toMatch(/^-?(\d+\.\d+|\d(\.\d+)?e[+-]\d{2,3})$/);
    }),
  );
});
