import { is, series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import type { Section } from './panel';
import { coveredUntil, incomplete, sinceSuccess } from './sections/freshness';
import { taggingComplianceSection, UNTAGGED_TITLE } from './sections/tagging-compliance';
import { taggingMissingSection } from './sections/tagging-missing';
import { taggingOwnersSection } from './sections/tagging-owners';
import { ACCOUNT, type DashboardSettings, PLACE, runsOf } from './selection';
import { accountChoice, dataSource, regionChoice, tagChoice } from './variables';

/** Returns the dashboard with resources that lack a required tag, and the share of cost that tags attribute to an owner. */
export function tagging(settings: DashboardSettings): DashboardPlan {
  return {
    uid: 'tollgate-tagging',
    title: 'Tollgate: tagging',
    description: 'Resources that lack a required tag, and the cost that tags attribute to an owner.',
    variables: [dataSource(), accountChoice(), regionChoice(series('aws_resources', ACCOUNT)), tagChoice()],
    sections: [
      taggingComplianceSection(),
      taggingMissingSection(),
      taggingOwnersSection(),
      freshnessSection(settings),
    ],
    needsHistory: [UNTAGGED_TITLE],
  };
}

/** Shows two times, because resources are counted as of a run and cost covers a window. */
function freshnessSection(settings: DashboardSettings): Section {
  const runs = runsOf(settings, 'tags', 'user-costs');
  return {
    title: 'Freshness',
    panels: [
      coveredUntil({ ...PLACE, breakdown: is('user') }, 8),
      sinceSuccess(runs, 8),
      incomplete(runs, 8),
    ],
  };
}
