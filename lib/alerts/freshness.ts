import type { Settings } from '../../lambdas/catalog/settings';
import { CARRIED_DAYS } from '../../lambdas/promql/forms';
import { absent, is, ofEachInstallation, series } from '../../lambdas/promql/selector';
import { staleRuns } from '../../lambdas/promql/stale';
import { compared, either, unless } from '../../lambdas/promql/vector';
import { deployedCollectors } from '../price';
import { down } from './delivery';
import type { Origin } from './origin';
import type { AlertRule, RuleGroup } from './rule';

/** Alerts on missing, incomplete and stale numbers. */
export function freshnessRules(settings: Schedules, origin: Origin): RuleGroup {
  const rules = [absentRule(settings, origin), NEVER_COMPLETE, stale(settings), INCOMPLETE];
  return { name: 'freshness', rules };
}

type Schedules = Pick<Settings, 'digest' | 'hours'>;

const RUN = ['account_id', 'collector', 'deployment'] as const;
const OF_RUN = '{{ $labels.collector }} of account {{ $labels.account_id }}';

/** Fires only while the origin can be scraped, because one that cannot has its own alert. */
function absentRule(settings: Schedules, origin: Origin): AlertRule {
  const missing = either(
    deployedCollectors(settings).map((collector) =>
      absent(series('tollgate_success_timestamp_seconds', { collector: is(collector) })),
    ),
  );
  const isDown = down(origin);
  return {
    alert: 'TollgateAbsent',
    when: isDown ? unless(missing, [], isDown) : missing,
    for: '1h',
    severity: 'critical',
    summary: 'Tollgate: no numbers of {{ $labels.collector }}',
    description: ABSENT[origin],
  };
}

const ABSENT: Readonly<Record<Origin, string>> = {
  pushgateway:
    'The gateway has no complete run of {{ $labels.collector }} for any account: the collector never ran, or the gateway lost its groups.',
  exporter:
    'The exporter has no complete run of {{ $labels.collector }} for any account: the collector never ran, or the exporter lost its groups.',
  'remote-write': `Prometheus received no complete run of {{ $labels.collector }} for any account within ${CARRIED_DAYS} days: the collector never ran, its runs fail, or its writes are rejected.`,
};

const NEVER_COMPLETE: AlertRule = {
  alert: 'TollgateNeverComplete',
  when: unless(
    ofEachInstallation(series('tollgate_run_start_timestamp_seconds')),
    RUN,
    ofEachInstallation(series('tollgate_success_timestamp_seconds')),
  ),
  for: '1h',
  severity: 'warning',
  summary: `Tollgate: no complete run of ${OF_RUN}`,
  description: `${OF_RUN} has run, but no complete run of it is known.`,
};

function stale(settings: Schedules): AlertRule {
  return {
    alert: 'TollgateStale',
    when: staleRuns({ collectors: deployedCollectors(settings), hours: settings.hours }),
    for: '0m',
    severity: 'critical',
    summary: `Tollgate: stale numbers of ${OF_RUN}`,
    description: `The last complete run of ${OF_RUN} ended {{ $value | humanizeDuration }} ago: two runs in a row are missing.`,
  };
}

/** Waits for the automatic retry. */
const INCOMPLETE: AlertRule = {
  alert: 'TollgateIncomplete',
  when: compared(ofEachInstallation(series('tollgate_run_incomplete')), '==', 1),
  for: '30m',
  severity: 'warning',
  summary: `Tollgate: incomplete run of ${OF_RUN}`,
  description: `The last run of ${OF_RUN} was incomplete. tollgate_run_failures has the part and the reason.`,
};
