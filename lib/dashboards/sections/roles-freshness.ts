import { is } from '../../../lambdas/promql/selector';
import type { Section } from '../panel';
import { PLACE, runsOf } from '../selection';
import { coveredUntil, incomplete, sinceSuccess } from './freshness';

/** Roles are of one collector, their costs of another. */
export function rolesFreshnessSection(): Section {
  const runs = runsOf('roles', 'user-costs');
  return {
    title: 'How fresh',
    panels: [
      coveredUntil({ ...PLACE, breakdown: is('resource') }, 8),
      sinceSuccess(runs, 8),
      incomplete(runs, 8),
    ],
  };
}
