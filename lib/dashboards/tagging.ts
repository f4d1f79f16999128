import { series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { taggingComplianceSection } from './sections/tagging-compliance';
import { taggingFreshnessSection } from './sections/tagging-freshness';
import { taggingMissingSection } from './sections/tagging-missing';
import { taggingOwnersSection } from './sections/tagging-owners';
import { ACCOUNT } from './selection';
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
