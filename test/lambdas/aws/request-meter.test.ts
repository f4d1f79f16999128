import { requestMeter } from '../../../lambdas/aws/request-meter';

test('counts requests by service, operation and outcome; only answered requests are billed', () => {
  const meter = requestMeter(10);
  meter.begin('Cost Explorer', 'GetCostAndUsage')('ok');
  meter.begin('Cost Explorer', 'GetCostAndUsage')('ok');
  meter.begin('Cost Explorer', 'GetCostAndUsage')('throttled');
  meter.begin('IAM', 'ListUsers')('ok');
  expect(meter.counts()).toEqual([
    { service: 'Cost Explorer', operation: 'GetCostAndUsage', outcome: 'ok', requests: 2 },
    { service: 'Cost Explorer', operation: 'GetCostAndUsage', outcome: 'throttled', requests: 1 },
    { service: 'IAM', operation: 'ListUsers', outcome: 'ok', requests: 1 },
  ]);
  expect(meter.costExplorerUsd()).toBe(0.02);
});

test('times each request, whatever its outcome, by service and operation', () => {
  const times = [0, 100, 1_000, 3_500, 4_000, 4_050];
  const meter = requestMeter(10, () => times.shift() ?? 0);
  meter.begin('IAM', 'ListUsers')('ok');
  meter.begin('IAM', 'ListUsers')('throttled');
  meter.begin('IAM', 'GetAccountAuthorizationDetails')('ok');
  expect(meter.durations()).toEqual([
    { service: 'IAM', operation: 'ListUsers', durations: [0.1, 2.5] },
    { service: 'IAM', operation: 'GetAccountAuthorizationDetails', durations: [0.05] },
  ]);
});

test('names that only together look the same are counted apart', () => {
  const meter = requestMeter(10);
  meter.begin('A', 'BC')('ok');
  meter.begin('AB', 'C')('ok');
  expect(meter.counts()).toEqual([
    { service: 'A', operation: 'BC', outcome: 'ok', requests: 1 },
    { service: 'AB', operation: 'C', outcome: 'ok', requests: 1 },
  ]);
});

test('a request beyond the cap is counted as such in the health of the run', () => {
  expect(() => requestMeter(0).begin('Cost Explorer', 'Any')).toThrow(
    expect.objectContaining({ name: 'RequestCapError' }),
  );
});

test('admits no more Cost Explorer requests than the cap, and any number to other services', () => {
  const meter = requestMeter(1);
  meter.begin('IAM', 'Any');
  meter.begin('Cost Explorer', 'Any');
  meter.begin('IAM', 'Any');
  expect(() => meter.begin('Cost Explorer', 'Any')).toThrow(
    'the cap of 1 Cost Explorer requests per run is reached; raise maxRequests',
  );
});
