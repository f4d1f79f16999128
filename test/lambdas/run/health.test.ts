import { requestMeter } from '../../../lambdas/aws/request-meter';
import type { Failure } from '../../../lambdas/failure';
import { healthGroup, healthGroups, successGroup } from '../../../lambdas/run/health';

const STARTED = new Date('2026-03-01T06:00:01Z');
const ENDED = new Date('2026-03-01T06:00:03.500Z');
const LABELS = { account_id: '111122223333', collector: 'accounts' };
const SINK = 'https://gateway.example.com';
const NOTHING = { groups: [], failures: [] };
/** One group with one series. */
const pushed = [successGroup({ ...subject(), now: () => STARTED }, NOTHING)];
const ENDING = {
  startedAt: STARTED,
  found: NOTHING,
  failures: [],
  missed: [],
  pushed,
  published: [{ sink: SINK, pushDurations: [0.1, 0.2], groupsMissing: undefined }],
  left: new Map<string, number>(),
};

test('the health of a complete run has its duration, its requests and their price', () => {
  expect(healthGroup(subject(), ENDING)).toEqual({
    job: 'tollgate',
    groupingKey: LABELS,
    samples: [
      { metric: 'tollgate_run_start_timestamp_seconds', labels: LABELS, value: 1772344801 },
      { metric: 'tollgate_run_duration_seconds', labels: LABELS, value: 2.5 },
      { metric: 'tollgate_run_incomplete', labels: LABELS, value: 0 },
      { metric: 'tollgate_run_groups_pushed', labels: LABELS, value: 1 },
      { metric: 'tollgate_run_series_pushed', labels: LABELS, value: 1 },
      {
        metric: 'tollgate_run_aws_requests',
        labels: { ...LABELS, service: 'Cost Explorer', operation: 'GetCostForecast', outcome: 'ok' },
        value: 1,
      },
      { metric: 'tollgate_run_cost_explorer_usd', labels: LABELS, value: 0.01 },
    ],
    observed: [
      {
        metric: 'tollgate_run_aws_request_duration_seconds',
        labels: { ...LABELS, service: 'Cost Explorer', operation: 'GetCostForecast' },
        observations: [0.25],
      },
      {
        metric: 'tollgate_run_push_duration_seconds',
        labels: { ...LABELS, sink: SINK },
        observations: [0.1, 0.2],
      },
    ],
  });
});

test('the health of an incomplete run counts its failures by part, reason and sink', () => {
  const failures: Failure[] = [
    { part: 'push', subject: 'a', reason: 'gateway', message: 'no answer' },
    { part: 'push', subject: 'b', reason: 'timeout', message: 'no time' },
    { part: 'delete', subject: 'c', reason: 'gateway', message: 'no answer' },
    { part: 'push', subject: 'd', reason: 'gateway', message: 'no answer' },
    { part: 'push', subject: 'd', sink: SINK, reason: 'gateway', message: 'no answer' },
  ];
  const { samples } = healthGroup(subject(), { ...ENDING, failures });
  expect(samples.filter(({ metric }) => /incomplete|failures/.test(metric))).toEqual([
    { metric: 'tollgate_run_incomplete', labels: LABELS, value: 1 },
    failureCount('push', 'gateway', 2),
    failureCount('push', 'timeout', 1),
    failureCount('delete', 'gateway', 1),
    failureCount('push', 'gateway', 1, SINK),
  ]);
});

test.each([
  [{ resourceDataAvailable: true, forecastAvailable: false }, [1, 0]],
  [{ resourceDataAvailable: false, forecastAvailable: true }, [0, 1]],
])('data that was requested is reported as available or not: %j', (found, [resources, forecast]) => {
  const ended = { ...ENDING, found: { ...NOTHING, ...found } };
  expect(healthGroup(subject(), ended).samples.slice(-2)).toEqual([
    { metric: 'tollgate_resource_data_available', labels: LABELS, value: resources },
    { metric: 'tollgate_forecast_available', labels: LABELS, value: forecast },
  ]);
});

test('data that is missed, groups that were lost, and groups that are left are reported', () => {
  const missed = [
    { part: 'forecast', since: STARTED },
    { part: 'tags', region: 'eu-west-1', since: ENDED },
  ] as const;
  const { samples } = healthGroup(subject(), {
    ...ENDING,
    missed,
    published: [
      { sink: SINK, pushDurations: [], groupsMissing: 3 },
      { sink: 'stdout', pushDurations: [], groupsMissing: undefined },
    ],
    left: new Map([['https://former.example.com', 2]]),
  });
  expect(samples.filter(({ metric }) => /unavailable|missing|left/.test(metric))).toEqual([
    missedSince({ part: 'forecast', region: '' }, 1772344801),
    missedSince({ part: 'tags', region: 'eu-west-1' }, 1772344803.5),
    { metric: 'tollgate_groups_missing', labels: { ...LABELS, sink: SINK }, value: 3 },
    {
      metric: 'tollgate_sink_groups_left',
      labels: { ...LABELS, sink: 'https://former.example.com' },
      value: 2,
    },
  ]);
});

function missedSince(of: object, value: number) {
  return { metric: 'tollgate_unavailable_since_timestamp_seconds', labels: { ...LABELS, ...of }, value };
}

test('a success has the time of its end', () => {
  expect(successGroup(subject(), NOTHING)).toEqual({
    job: 'tollgate_success',
    groupingKey: LABELS,
    samples: [{ metric: 'tollgate_success_timestamp_seconds', labels: LABELS, value: 1772344803.5 }],
  });
});

test('a success of a collector with a charge period also has the end of that period', () => {
  expect(successGroup(subject(), { ...NOTHING, periodEnd: 1772323200 }).samples).toEqual([
    { metric: 'tollgate_success_timestamp_seconds', labels: LABELS, value: 1772344803.5 },
    { metric: 'tollgate_success_period_end_timestamp_seconds', labels: LABELS, value: 1772323200 },
  ]);
});

test('a collector has two health groups in each account', () => {
  expect(healthGroups('accounts', '111122223333')).toEqual([
    { job: 'tollgate', groupingKey: LABELS, samples: [] },
    { job: 'tollgate_success', groupingKey: LABELS, samples: [] },
  ]);
});

/** One request lasts a quarter of a second. */
function subject() {
  let ms = 0;
  const meter = requestMeter(30, () => (ms += 250));
  meter.begin('Cost Explorer', 'GetCostForecast')('ok');
  return { name: 'accounts', accountId: '111122223333', meter, now: () => ENDED } as const;
}

function failureCount(part: string, reason: string, value: number, sink = '') {
  return { metric: 'tollgate_run_failures', labels: { ...LABELS, part, reason, sink }, value };
}
