import type { DigestSource, Series } from '../../../../lambdas/collectors/digest/port';

/** The content of Prometheus by query: labels and a value for each series. */
export type Held = Readonly<Record<string, readonly (readonly [Readonly<Record<string, string>>, number])[]>>;

export const ASKED = {
  infos: 'max by (account_id, account_name, state) (aws_account_info)',
  months: 'max by (account_id, month) (aws_account_month_billed_cost_usd)',
  toDate: 'max by (account_id) (aws_account_month_to_date_billed_cost_usd)',
  forecast: 'max by (account_id, bound) (aws_account_month_forecast_billed_cost_usd)',
  projects: 'sum by (project) (max by (account_id, project) (aws_project_billed_cost_usd))',
  services: 'sum by (service) (max by (account_id, region, service) (aws_service_billed_cost_usd))',
  servicesBefore:
    'sum by (service) (max by (account_id, region, service) (aws_service_billed_cost_usd offset 14d or on () last_over_time(aws_service_billed_cost_usd[1d:1d] offset 14d)))',
  users: 'sum(max by (account_id, region, user_name) (aws_user_billed_cost_usd))',
  nobody:
    'sum(max by (account_id, region, user_name) (aws_user_billed_cost_usd{user_name="__unattributed__"}))',
  ends: 'max by (account_id, collector, deployment) (tollgate_success_period_end_timestamp_seconds)',
  incomplete: 'max by (account_id, collector, deployment) (tollgate_run_incomplete{collector!="digest"})',
} as const;

/** Answers the queries of ASKED, and throws for any other. */
export function fakePrometheus(held: Held): DigestSource['query'] {
  const known: readonly string[] = Object.values(ASKED);
  return async (expression): Promise<Series[]> => {
    if (!known.includes(expression)) throw new Error(`expected a known expression, got ${expression}`);
    return (held[expression] ?? []).map(([labels, value]) => ({ labels, value }));
  };
}

const PROD = '111122223333';
const TRIAL = '444455556666';

/** Two accounts, the second without cost, with names that Slack and Markdown would interpret. */
export const HELD: Held = {
  [ASKED.infos]: [
    [{ account_id: PROD, account_name: 'Prod & <!channel>', state: 'ACTIVE' }, 1],
    [{ account_id: TRIAL, state: 'ACTIVE' }, 1],
  ],
  [ASKED.months]: [
    [{ account_id: PROD, month: '2025-11' }, 900],
    [{ account_id: PROD, month: '2025-12' }, 1234.5],
    [{ account_id: PROD, month: '2026-01' }, 1100.005],
    [{ account_id: PROD, month: '2026-02' }, 0],
    [{ account_id: PROD, month: '2026-03' }, 512.34],
  ],
  [ASKED.toDate]: [[{ account_id: PROD }, 498.2]],
  [ASKED.forecast]: [
    [{ account_id: PROD, bound: 'mean' }, 1050],
    [{ account_id: PROD, bound: 'lower' }, 1000.4],
    [{ account_id: PROD, bound: 'upper' }, 1200],
  ],
  [ASKED.projects]: [
    [{ project: 'shop' }, 300.1],
    [{}, 150.2],
    [{ project: '__other__' }, 0.3],
    ...Array.from({ length: 15 }, (_, i) => [{ project: `p${i + 10}` }, 100 - i] as const),
  ],
  [ASKED.services]: [
    [{ service: 'Amazon Elastic Compute Cloud - Compute' }, 700.5],
    [{ service: 'Amazon S3' }, 20],
    [{ service: 'AWS Lambda' }, 1],
    [{ service: 'Refunds' }, -3],
  ],
  [ASKED.servicesBefore]: [
    [{ service: 'Amazon Elastic Compute Cloud - Compute' }, 650],
    [{ service: 'Amazon S3' }, 25],
    [{ service: 'AWS Glue' }, 4],
    [{ service: 'Refunds' }, -3.001],
  ],
  [ASKED.users]: [[{}, 721.5]],
  [ASKED.nobody]: [[{}, 180.25]],
  [ASKED.ends]: [
    [{ account_id: PROD, collector: 'user-costs' }, Date.parse('2026-03-15T00:00:00Z') / 1000],
    [
      { account_id: PROD, collector: 'services', deployment: 'a*b' },
      Date.parse('2026-03-11T00:00:00Z') / 1000,
    ],
  ],
  [ASKED.incomplete]: [
    [{ account_id: PROD, collector: 'user-costs' }, 0],
    [{ account_id: PROD, collector: 'services', deployment: 'a*b' }, 1],
  ],
};
