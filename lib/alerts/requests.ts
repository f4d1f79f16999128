import { is, ofEachInstallation, series } from '../../lambdas/promql/selector';
import { aggregate, compared } from '../../lambdas/promql/vector';
import type { Settings } from '../settings';
import type { RuleGroup } from './rule';

/** Of the cap: a bill that grows on reaches it weeks later, and then the run is incomplete. */
const NEAR = 0.8;

/** What the suite itself spends. */
export function requestRules({ maxRequests }: Pick<Settings, 'maxRequests'>): RuleGroup {
  const requests = series('tollgate_run_aws_requests', { service: is('Cost Explorer') });
  const ofRun = aggregate('sum', ofEachInstallation(requests), ['account_id', 'collector', 'deployment']);
  const rule = {
    alert: 'TollgateRequestsNearCap',
    when: compared(ofRun, '>=', Math.ceil(NEAR * maxRequests)),
    for: '5m',
    severity: 'warning',
    summary:
      'Tollgate: {{ $labels.collector }} of account {{ $labels.account_id }} is near its cap of requests',
    description: `The last run of {{ $labels.collector }} sent {{ $value }} requests to Cost Explorer for account {{ $labels.account_id }}; the cap maxRequests is ${maxRequests}, and a run that reaches it is incomplete.`,
  } as const;
  return { name: 'requests', rules: [rule] };
}
