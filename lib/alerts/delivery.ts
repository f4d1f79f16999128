import { JOBS, type JobName } from '../../lambdas/catalog/jobs';
import { absent, is, matches, ofEachInstallation, series } from '../../lambdas/promql/selector';
import { compared, either, type LabelName } from '../../lambdas/promql/vector';
import { GATEWAY_JOB } from './prometheus-configuration';
import type { AlertRule, RuleGroup } from './rule';

/** 1 if Prometheus could scrape the gateway, 0 if it could not. */
const UP = series('up', { job: is(GATEWAY_JOB) });

/** Has an element while Prometheus cannot scrape the gateway. */
export const GATEWAY_DOWN = compared(UP, '==', 0);

const DOWN: AlertRule = {
  alert: 'TollgateGatewayDown',
  when: either<LabelName>([GATEWAY_DOWN, absent(UP)]),
  for: '10m',
  severity: 'critical',
  summary: 'Tollgate: the Pushgateway is not scraped',
  description: `Prometheus cannot scrape the job ${GATEWAY_JOB}, or has no such job. All of the suite’s numbers are missing until it can.`,
};

/** Matches the suite’s jobs, because others may push to the same gateway. */
const OURS = Object.keys(JOBS)
  .map((job) => (JOBS[job as JobName].perRegion ? `${job}_.+` : job))
  .join('|');

/** The gateway keeps the times of the last rejected and of the last accepted push of every group. */
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
    'The last push of {{ $labels.job }}{{ with $labels.account_id }} of account {{ . }}{{ end }} was rejected. The group still has its old numbers.',
};

const MISSING: AlertRule = {
  alert: 'TollgateGroupsMissing',
  when: compared(ofEachInstallation(series('tollgate_groups_missing')), '>', 0),
  for: '1h',
  severity: 'warning',
  summary: 'Tollgate: {{ $labels.sink }} has lost groups of account {{ $labels.account_id }}',
  description:
    'When {{ $labels.collector }} last ran, {{ $labels.sink }} had lost {{ $value }} groups of other collectors of account {{ $labels.account_id }}. Each comes back with the next run of its collector.',
};

/** Alerts on the delivery from the collectors to Prometheus. */
export const DELIVERY_RULES: RuleGroup = { name: 'delivery', rules: [DOWN, REJECTED, MISSING] };
