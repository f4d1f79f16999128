import { JOBS, type JobName } from '../../lambdas/catalog/jobs';
import { absent, is, matches, series } from '../../lambdas/promql/selector';
import { compared, either, type LabelName } from '../../lambdas/promql/vector';
import { GATEWAY_JOB } from './prometheus-configuration';
import type { AlertRule, RuleGroup } from './rule';

/** Whether Prometheus could scrape the gateway. */
const UP = series('up', { job: is(GATEWAY_JOB) });

export const GATEWAY_DOWN = compared(UP, '==', 0);

const DOWN: AlertRule = {
  alert: 'TollgateGatewayDown',
  when: either<LabelName>([GATEWAY_DOWN, absent(UP)]),
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
  when: compared(
    series('push_failure_time_seconds', { job: matches(OURS) }),
    '>',
    series('push_time_seconds'),
  ),
  for: '5m',
  severity: 'warning',
  summary: 'Tollgate: the gateway rejected a push of {{ $labels.job }}',
  description:
    'The last push of {{ $labels.job }}{{ with $labels.account_id }} of account {{ . }}{{ end }} was rejected; what the group held before is still shown.',
};

/** Whether what was collected arrives. */
export const DELIVERY_RULES: RuleGroup = { name: 'delivery', rules: [DOWN, REJECTED] };
