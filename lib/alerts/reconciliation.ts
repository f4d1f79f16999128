import type { CollectorName } from '../../lambdas/catalog/collectors';
import type { MetricName } from '../../lambdas/catalog/metrics';
import type { Settings } from '../../lambdas/catalog/settings';
import { lateAfterHours } from '../../lambdas/catalog/trust';
import { is, lately, ofEachInstallation, series } from '../../lambdas/promql/selector';
import {
  aggregate,
  apply,
  atMostShare,
  compared,
  either,
  unless,
  type Vector,
} from '../../lambdas/promql/vector';
import type { RuleGroup } from './rule';

type PlaceLabel = 'account_id' | 'region' | 'deployment';

interface Breakdown {
  readonly name: string;
  readonly collector: CollectorName;
  /** The metric of its rows, which add up to a total for each of the labels in `per`. */
  readonly rows: MetricName;
  readonly per: readonly PlaceLabel[];
}

const REGION = ['account_id', 'region', 'deployment'] as const;
const ACCOUNT = ['account_id', 'deployment'] as const;
/** One account’s check covers all accounts that it pays for. */
const ALL = ['deployment'] as const;

const BREAKDOWNS: readonly Breakdown[] = [
  { name: 'user', collector: 'user-costs', rows: 'aws_user_billed_cost_usd', per: REGION },
  { name: 'resource', collector: 'user-costs', rows: 'aws_user_resource_billed_cost_usd', per: REGION },
  { name: 'service', collector: 'services', rows: 'aws_service_billed_cost_usd', per: REGION },
  { name: 'service_effective', collector: 'services', rows: 'aws_service_effective_cost_usd', per: REGION },
  { name: 'project', collector: 'projects', rows: 'aws_project_billed_cost_usd', per: ACCOUNT },
  { name: 'account', collector: 'accounts', rows: 'aws_account_month_billed_cost_usd', per: ALL },
];

/** Returns the alert on breakdowns that differ from their separately requested totals in two runs in a row. */
export function reconciliationRules({
  hours,
  gapTolerance,
}: Pick<Settings, 'hours' | 'gapTolerance'>): RuleGroup {
  const nextRun = Math.max(...BREAKDOWNS.map(({ collector }) => lateAfterHours(hours[collector])));
  const rule = {
    alert: 'TollgateGap',
    when: either(BREAKDOWNS.map((breakdown) => gap(breakdown, gapTolerance))),
    for: `${nextRun}h`,
    severity: 'warning',
    summary:
      'Tollgate: the breakdown {{ $labels.breakdown }} of account {{ $labels.account_id }} does not add up',
    description:
      'The breakdown {{ $labels.breakdown }} of account {{ $labels.account_id }}{{ with $labels.region }} in {{ . }}{{ end }} and its separately requested total differ by {{ printf "%.2f" $value }} USD, in two runs in a row.',
  } as const;
  return { name: 'reconciliation', rules: [rule] };
}

/** Returns the gaps beyond both tolerances. Without any rows there is no total, so only the tolerance in USD counts. */
function gap({ name, rows, per }: Breakdown, tolerated: Settings['gapTolerance']): Vector {
  const apart = apply(
    'abs',
    ofEachInstallation(lately(series('tollgate_breakdown_gap_usd', { breakdown: is(name) }))),
  );
  const whole = apply('abs', aggregate('sum', ofEachInstallation(lately(series(rows))), per));
  return unless(
    compared(apart, '>', tolerated.usd),
    apart.labels,
    atMostShare(apart, tolerated.share, whole),
  );
}
