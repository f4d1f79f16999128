import { services } from '../../../lambdas/collectors/services/collector';
import type { ServiceDay, ServicesSource } from '../../../lambdas/collectors/services/port';
import { dollars } from '../../support/amounts';
import { ACCOUNT, exposition } from '../../support/exposition';

const SETTINGS = { costDays: 14, settleDays: 1, maxSeries: 100 };
const AT = '2026-03-10T07:00:00Z';

test('publishes billed and effective cost of the last day, the window and the month to date, and gaps of 0', async () => {
  const rows = [
    day('2026-03-09', 'EC2', 1.5, 2),
    day('2026-03-01', 'EC2', 10, 11),
    day('2026-02-24', 'EC2', 100, 100), // This day is in the window, but not in the month.
    day('2026-03-09', 'S3', -0.25, 0),
  ];
  expect(await samples(source(rows))).toBe(`{"job":"Services_Cost_eu-west-1","account_id":"111122223333"}
aws_service_billed_cost_usd{service="EC2"} 111.5
aws_service_billed_cost_usd{service="S3"} -0.25
aws_service_effective_cost_usd{service="EC2"} 113
aws_service_effective_cost_usd{service="S3"} 0
aws_service_day_billed_cost_usd{service="EC2"} 1.5
aws_service_day_billed_cost_usd{service="S3"} -0.25
aws_service_day_effective_cost_usd{service="EC2"} 2
aws_service_day_effective_cost_usd{service="S3"} 0
aws_service_month_to_date_billed_cost_usd{service="EC2"} 11.5
aws_service_month_to_date_billed_cost_usd{service="S3"} -0.25
aws_service_month_to_date_effective_cost_usd{service="EC2"} 13
aws_service_month_to_date_effective_cost_usd{service="S3"} 0
tollgate_aggregated_rows{list="services"} 0
tollgate_aggregated_usd{list="services"} 0
tollgate_breakdown_gap_usd{breakdown="service"} 0
tollgate_breakdown_gap_usd{breakdown="service_effective"} 0
tollgate_breakdown_period_end_timestamp_seconds{breakdown="service"} 1773100800
tollgate_breakdown_period_end_timestamp_seconds{breakdown="service_effective"} 1773100800
`);
});

test.each([
  ['2026-03-31T07:00:00Z', '2026-03-01', '2026-03-31'], // The month is longer than the window.
  ['2026-03-01T07:00:00Z', '2026-02-01', '2026-03-01'], // On the first, the month to date is the previous month.
  ['2026-03-02T07:00:00Z', '2026-02-16', '2026-03-02'], // The window is longer than the month.
])('at %s both queries cover %s to %s', async (at, start, end) => {
  const requested: unknown[] = [];
  const remember = async (_: string, period: unknown) => {
    requested.push(period);
    return [];
  };
  await services({ costs: remember, totals: remember }, SETTINGS)(runAt(at));
  expect(requested).toEqual([
    { start, end },
    { start, end },
  ]);
});

test('the smallest services are aggregated into one row, and the sums stay', async () => {
  const rows = ['a', 'b', 'c', 'd'].map((name, i) => day('2026-03-09', name, 2 ** i, 2 ** i));
  const text = await samples(source(rows), { ...SETTINGS, maxSeries: 6 + 3 * 6 });
  expect(text.match(/^aws_service_billed_cost_usd.*$/gm)).toEqual([
    'aws_service_billed_cost_usd{service="c"} 4',
    'aws_service_billed_cost_usd{service="d"} 8',
    'aws_service_billed_cost_usd{service="__other__"} 3',
  ]);
});

test('if all services just fit, each has a row, except one without cost', async () => {
  const rows = ['a', 'b', 'c'].map((name, i) => day('2026-03-09', name, i, i));
  const text = await samples(source(rows), { ...SETTINGS, maxSeries: 6 + 2 * 6 });
  expect(text.match(/^aws_service_billed_cost_usd.*$/gm)).toEqual([
    'aws_service_billed_cost_usd{service="b"} 1',
    'aws_service_billed_cost_usd{service="c"} 2',
  ]);
});

test('a missing row shows as the gap of its Region', async () => {
  const rows = [day('2026-03-09', 'EC2', 1, 1), day('2026-03-09', 'S3', 2, 3)];
  const lossy = { ...source(rows), costs: async () => rows.slice(0, 1) };
  expect((await samples(lossy)).match(/^tollgate_breakdown_gap_usd.*$/gm)).toEqual([
    'tollgate_breakdown_gap_usd{breakdown="service"} 2',
    'tollgate_breakdown_gap_usd{breakdown="service_effective"} 3',
  ]);
});

test('usage that a reservation covers is billed 0 and still has a row', async () => {
  expect(await samples(source([day('2026-03-09', 'EC2', 0, 5)]))).toContain(
    'aws_service_effective_cost_usd{service="EC2"} 5',
  );
});

test('a failing query omits every group and reports the reason', async () => {
  const failing = { ...source([]), totals: () => Promise.reject(new Error('no')) };
  expect(await exposition(services(failing, SETTINGS), AT)).toBe(
    'failed: {"part":"service_costs","reason":"other","message":"no"}\n',
  );
});

function day(date: string, service: string, usd: number, effectiveUsd: number): ServiceDay {
  return { day: date, region: 'eu-west-1', service, usd: dollars(usd), effectiveUsd: dollars(effectiveUsd) };
}

function source(rows: readonly ServiceDay[]): ServicesSource {
  return { costs: async () => rows, totals: async () => rows };
}

function runAt(at: string) {
  return { accountId: ACCOUNT, partition: 'aws', suiteAccounts: [], scheduledTime: new Date(at) };
}

/** Returns the exposition without comments, account and Region. */
async function samples(from: ServicesSource, settings = SETTINGS): Promise<string> {
  const text = await exposition(services(from, settings), AT);
  return text
    .replace(/^(#.*)?\n/gm, '')
    .replaceAll('account_id="111122223333",', '')
    .replaceAll('region="eu-west-1",', '');
}
