import { is } from '../../../lambdas/promql/selector';
import type { Section } from '../panel';
import { PLACE, runsOf } from '../selection';
import { coveredUntil, incomplete, sinceSuccess } from './freshness';

/** Resources are counted as of the run; the cost is of a window. */
export function taggingFreshnessSection(): Section {
  const runs = runsOf('tags', 'user-costs');
  return {
    title: 'How fresh',
    panels: [
      coveredUntil({ ...PLACE, breakdown: is('user') }, 8),
      sinceSuccess(runs, 8),
      incomplete(runs, 8),
    ],
  };
}
