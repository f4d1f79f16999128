import type { DashboardPlan } from './dashboard';
import { OVERVIEW_UID } from './links';
import { daysSection, WEEK_TITLE } from './sections/overview-days';
import { finalitySection } from './sections/overview-finality';
import { largestSection } from './sections/overview-largest';
import { monthSection } from './sections/overview-month';
import { dataSource, linkedAccountChoice } from './variables';

/** What everything costs, where it goes, and how far the numbers can be trusted. */
export const overview: DashboardPlan = {
  uid: OVERVIEW_UID,
  title: 'Tollgate: overview',
  description:
    'AWS cost of the month and of the last day, where it will end and where it goes, and how final the numbers are.',
  variables: [dataSource(), linkedAccountChoice()],
  sections: [monthSection(), daysSection(), largestSection(), finalitySection()],
  needsHistory: [WEEK_TITLE],
};
