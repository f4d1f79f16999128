import type { Settings } from '../../lambdas/catalog/settings';
import { is, ofEachInstallation, series } from '../../lambdas/promql/selector';
import { aggregate, compared } from '../../lambdas/promql/vector';
import type { RuleGroup } from './rule';

/** The share of the cap from which the alert fires. A growing bill has more pages, so it reaches the cap some weeks later. */
const NEAR = 0.8;

/** Returns the alert on the number of Cost Explorer requests. */
export function requestRules({ maxRequests }: Pick<Settings, 'maxRequests'>): RuleGroup {
  const requests = series('tollgate_run_aws_requests', { service: is('Cost Explorer') });
  const ofRun = aggregate('sum', ofEachInstallation(requests), ['account_id', 'collector', 'deployment']);
  const rule = {
    alert: 'TollgateRequestsNearCap',
    when: compared(ofRun, '>=', Math.ceil(NEAR * maxRequests)),
    for: '5m',
    severity: 'warning',
    summary: 'Tollgate: {{ $labels.collector }} of account {{ $labels.account_id }} is near its request cap',
    description: `The last run of {{ $labels.collector }} sent {{ $value }} requests to Cost Explorer for account {{ $labels.account_id }}. The cap (maxRequests) is ${maxRequests}; a run that reaches it is incomplete.`,
  } as const;
  return { name: 'requests', rules: [rule] };
}
