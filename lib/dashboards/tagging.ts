import { is, series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import type { Section } from './panel';
import { coveredUntil, incomplete, sinceSuccess } from './sections/freshness';
import { taggingComplianceSection } from './sections/tagging-compliance';
import { taggingMissingSection } from './sections/tagging-missing';
import { taggingOwnersSection } from './sections/tagging-owners';
import { ACCOUNT, PLACE, runsOf } from './selection';
import { accountChoice, dataSource, regionChoice, tagChoice } from './variables';

/** Which resources lack a required tag, and how much of the bill finds its owner by tags. */
export const tagging: DashboardPlan = {
  uid: 'tollgate-tagging',
  title: 'Tollgate: tagging',
  description: 'Resources that lack a required tag, and how much of the bill its tags give an owner.',
  variables: [dataSource(), accountChoice(), regionChoice(series('aws_resources', ACCOUNT)), tagChoice()],
  sections: [
    taggingComplianceSection(),
    taggingMissingSection(),
    taggingOwnersSection(),
    taggingFreshnessSection(),
  ],
};

/** Resources are counted as of the run; the cost is of a window. */
function taggingFreshnessSection(): Section {
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
