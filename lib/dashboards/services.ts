import { series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { SERVICES_UID } from './links';
import { regionsSection } from './sections/services-regions';
import { GREW_TITLE, NEW_TITLE, servicesSection } from './sections/services-services';
import { totalsSection } from './sections/services-totals';
import { ACCOUNT } from './selection';
import { accountChoice, dataSource, regionChoice, serviceChoice } from './variables';

/** Returns the dashboard with the cost of services by Region, and new services. */
export function services(): DashboardPlan {
  return {
    uid: SERVICES_UID,
    title: 'Tollgate: services and Regions',
    description: 'AWS cost by service and Region, billed and effective, and its growth within a week.',
    variables: [
      dataSource(),
      accountChoice(),
      regionChoice(series('aws_service_billed_cost_usd', ACCOUNT)),
      serviceChoice(),
    ],
    sections: [totalsSection(), servicesSection(), regionsSection()],
    emptyWhenHealthy: [NEW_TITLE],
    needsHistory: [GREW_TITLE, NEW_TITLE],
  };
}
