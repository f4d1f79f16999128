import { JOBS, type JobName } from '../../lambdas/catalog/jobs';
import type { Settings } from '../../lambdas/catalog/settings';
import { lateAfterHours } from '../../lambdas/catalog/trust';
import { absent, is, matches, ofEachInstallation, series } from '../../lambdas/promql/selector';
import { age, aggregate, compared, either, type LabelName, type Vector } from '../../lambdas/promql/vector';
import { deployedCollectors } from '../price';
import type { Origin } from './origin';
import { EXPORTER_JOB, GATEWAY_JOB } from './prometheus-configuration';
import type { AlertRule, RuleGroup } from './rule';

type Schedules = Pick<Settings, 'digest' | 'hours'>;

/** Returns the alerts on the delivery from the collectors to Prometheus. */
export function deliveryRules(settings: Schedules, origin: Origin): RuleGroup {
  return { name: 'delivery', rules: RULES[origin](settings) };
}

const RULES: Readonly<Record<Origin, (settings: Schedules) => readonly AlertRule[]>> = {
  pushgateway: () => [GATEWAY_DOWN, PUSH_REJECTED, MISSING],
  exporter: () => [EXPORTER_DOWN, MISSING],
  // A rejected write fails its run, which TollgateIncomplete reports if the run's health could be written.
  'remote-write': (settings) => [nothingWritten(settings)],
};

/** Returns a vector that has an element while Prometheus cannot scrape the origin, or undefined if it scrapes none. */
export function down(origin: Origin): Vector | undefined {
  return DOWN[origin];
}

/** 1 if Prometheus could scrape the gateway, 0 if it could not. */
const GATEWAY_UP = series('up', { job: is(GATEWAY_JOB) });
const EXPORTER_UP = series('up', { job: is(EXPORTER_JOB) });

const DOWN: Readonly<Partial<Record<Origin, Vector>>> = {
  pushgateway: compared(GATEWAY_UP, '==', 0),
  exporter: compared(EXPORTER_UP, '==', 0),
};

const GATEWAY_DOWN = notScraped('TollgateGatewayDown', GATEWAY_UP, { job: GATEWAY_JOB, name: 'Pushgateway' });
const EXPORTER_DOWN = notScraped('TollgateExporterDown', EXPORTER_UP, {
  job: EXPORTER_JOB,
  name: 'exporter',
});

/** Returns the alert on an origin that Prometheus cannot scrape. */
function notScraped(
  alert: AlertRule['alert'],
  up: typeof GATEWAY_UP,
  { job, name }: { readonly job: string; readonly name: string },
): AlertRule {
  return {
    alert,
    when: either<LabelName>([compared(up, '==', 0), absent(up)]),
    for: '10m',
    severity: 'critical',
    summary: `Tollgate: the ${name} is not scraped`,
    description: `Prometheus cannot scrape the job ${job}, or has no such job. All of the suite’s numbers are missing until it can.`,
  };
}

/** Matches the suite’s jobs, because others may push to the same gateway. */
const OURS = Object.keys(JOBS)
  .map((job) => (JOBS[job as JobName].perRegion ? `${job}_.+` : job))
  .join('|');

/** The gateway keeps the times of the last rejected and of the last accepted push of every group. */
const PUSH_REJECTED: AlertRule = {
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

/** Returns the alert on the silence of all collectors, which comes a day earlier than that of stale numbers. */
function nothingWritten(settings: Schedules): AlertRule {
  const hours = deployedCollectors(settings).flatMap((collector) => settings.hours[collector]);
  const runs = ofEachInstallation(series('tollgate_run_start_timestamp_seconds'));
  return {
    alert: 'TollgateNothingWritten',
    when: compared(age(aggregate('max', runs, ['deployment'])), '>', lateAfterHours(hours) * 3600),
    for: '0m',
    severity: 'critical',
    summary: 'Tollgate: no run has written anything',
    description:
      'No run of any collector has arrived for {{ $value | humanizeDuration }}: writes are rejected or lost, or no function runs.',
  };
}
