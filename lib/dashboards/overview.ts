import type { DashboardPlan } from './dashboard';
import { OVERVIEW_UID } from './links';
import { daysSection, WEEK_TITLE } from './sections/overview-days';
import { finalitySection } from './sections/overview-finality';
import { largestSection } from './sections/overview-largest';
import { monthSection } from './sections/overview-month';
import type { DashboardSettings } from './selection';
import { dataSource, linkedAccountChoice } from './variables';

/** Returns the dashboard with the cost of the month and of the last day, its largest parts, and how final the numbers are. */
export function overview(settings: DashboardSettings): DashboardPlan {
  return {
    uid: OVERVIEW_UID,
    title: 'Tollgate: overview',
    description:
      'AWS cost of the month and of the last day, the forecast, the largest parts, and how final the numbers are.',
    variables: [dataSource(), linkedAccountChoice()],
    sections: [monthSection(), daysSection(settings), largestSection(), finalitySection(settings)],
    needsHistory: [WEEK_TITLE],
  };
}
