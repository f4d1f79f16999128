import { JOBS, type JobName } from '../../lambdas/catalog/jobs';
import type { Vector } from '../dashboards/promql';
import { either } from './conditions';
import { GATEWAY_JOB } from './prometheus-configuration';
import type { AlertRule, RuleGroup } from './rule';

/** What Prometheus says of its own scrapes. */
const UP = `up{job="${GATEWAY_JOB}"}`;

export const GATEWAY_DOWN: Vector<never> = { expr: `${UP} == 0`, labels: [] };

const NOT_SCRAPED: Vector<never> = { expr: `absent(${UP})`, labels: [] };

const DOWN: AlertRule = {
  alert: 'TollgateGatewayDown',
  when: either([GATEWAY_DOWN, NOT_SCRAPED]),
  for: '10m',
  severity: 'critical',
  summary: 'Tollgate: the Pushgateway is not scraped',
  description: `Prometheus cannot scrape the job ${GATEWAY_JOB}, or has none: every number of the suite is gone until it can.`,
};

/** Others may push to the same gateway. */
const OURS = Object.keys(JOBS)
  .map((job) => (JOBS[job as JobName].perRegion ? `${job}_.+` : job))
  .join('|');

/** The gateway keeps both times for every group: the first is of the last push that it refused. */
const REJECTED: AlertRule = {
  alert: 'TollgatePushRejected',
  when: { expr: `push_failure_time_seconds{job=~"${OURS}"} > push_time_seconds`, labels: [] },
  for: '5m',
  severity: 'warning',
  summary: 'Tollgate: the gateway rejected a push of {{ $labels.job }}',
  description:
    'The last push of {{ $labels.job }}{{ with $labels.account_id }} of account {{ . }}{{ end }} was rejected; what the group held before is still shown.',
};

/** Whether what was collected arrives. */
export const DELIVERY_RULES: RuleGroup = { name: 'delivery', rules: [DOWN, REJECTED] };
