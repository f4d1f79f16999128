import { is } from '../../../lambdas/promql/selector';
import type { Section } from '../panel';
import { ACCOUNT, runsOf } from '../selection';
import { coveredUntil, incomplete, largestGap, sinceSuccess } from './freshness';

export function projectsFreshnessSection(): Section {
  const runs = runsOf('projects');
  const breakdown = { ...ACCOUNT, breakdown: is('project') };
  return {
    title: 'How fresh',
    panels: [
      coveredUntil(breakdown, 6),
      sinceSuccess(runs, 6),
      incomplete(runs, 6),
      largestGap(breakdown, 6),
    ],
  };
}
