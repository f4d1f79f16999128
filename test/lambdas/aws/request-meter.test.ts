import { requestMeter } from '../../../lambdas/aws/request-meter';

test('counts requests by service, operation and outcome; only answered requests are billed', () => {
  const meter = requestMeter(10);
  meter.count('Cost Explorer', 'GetCostAndUsage', 'ok');
  meter.count('Cost Explorer', 'GetCostAndUsage', 'ok');
  meter.count('Cost Explorer', 'GetCostAndUsage', 'throttled');
  meter.count('IAM', 'ListUsers', 'ok');
  expect(meter.counts()).toEqual([
    { service: 'Cost Explorer', operation: 'GetCostAndUsage', outcome: 'ok', requests: 2 },
    { service: 'Cost Explorer', operation: 'GetCostAndUsage', outcome: 'throttled', requests: 1 },
    { service: 'IAM', operation: 'ListUsers', outcome: 'ok', requests: 1 },
  ]);
  expect(meter.costExplorerUsd()).toBe(0.02);
});

test('names that only together look the same are counted apart', () => {
  const meter = requestMeter(10);
  meter.count('A', 'BC', 'ok');
  meter.count('AB', 'C', 'ok');
  expect(meter.counts()).toEqual([
    { service: 'A', operation: 'BC', outcome: 'ok', requests: 1 },
    { service: 'AB', operation: 'C', outcome: 'ok', requests: 1 },
  ]);
});

test('a request beyond the cap is counted as such in the health of the run', () => {
  expect(() => requestMeter(0).admit('Cost Explorer')).toThrow(
    expect.objectContaining({ name: 'RequestCapError' }),
  );
});

test('admits no more Cost Explorer requests than the cap, and any number to other services', () => {
  const meter = requestMeter(1);
  meter.admit('IAM');
  meter.admit('Cost Explorer');
  meter.admit('IAM');
  expect(() => meter.admit('Cost Explorer')).toThrow(
    'the cap of 1 Cost Explorer requests per run is reached; raise maxRequests',
  );
});
