import type { CollectorName } from '../../lambdas/catalog/collectors';
import { OTHER, UNATTRIBUTED } from '../../lambdas/catalog/metrics';
import type { Settings } from '../../lambdas/catalog/settings';
import type { Hours } from '../../lambdas/catalog/trust';
import {
  is,
  isNot,
  type LabelOf,
  type Matcher,
  type Matchers,
  matches,
  noneOf,
  once,
  oneOf,
  type Series,
  series,
} from '../../lambdas/promql/selector';
import type { Vector } from '../../lambdas/promql/vector';
import { deployedCollectors } from '../price';

/** The chosen accounts. */
export const ACCOUNT = { account_id: matches('$account') };

/** The chosen accounts and Regions. */
export const PLACE = { ...ACCOUNT, region: matches('$region') };

/** The runs of the chosen collectors in the chosen accounts. */
export const RUN = { ...ACCOUNT, collector: matches('$collector') };

/** The runs that a panel shows, and the schedules they follow. */
export interface Runs {
  readonly collectors: readonly CollectorName[];
  readonly hours: Hours;
  readonly matchers: Matchers<'account_id' | 'collector'>;
}

/** The settings that panels depend on. */
export type DashboardSettings = Pick<Settings, 'digest' | 'hours' | 'gapTolerance'>;

/** Returns the runs of some collectors, in the chosen accounts. */
export function runsOf(
  { hours }: Pick<DashboardSettings, 'hours'>,
  ...collectors: readonly CollectorName[]
): Runs {
  return { collectors, hours, matchers: { ...ACCOUNT, collector: oneOf(collectors) } };
}

/** Returns the runs of all deployed collectors that the matchers select. */
export function allRuns(settings: DashboardSettings, matchers: Runs['matchers']): Runs {
  return { collectors: deployedCollectors(settings), hours: settings.hours, matchers };
}

/** Users, without the unattributed and aggregated rows. */
export const A_USER = noneOf([UNATTRIBUTED, OTHER]);
/** The row of unattributed cost. */
export const UNATTRIBUTED_ROW = is(UNATTRIBUTED);
/** The aggregated row. */
export const AGGREGATED = is(OTHER);

/** The chosen users. The variable’s All also matches rows that are no users. */
export const CHOSEN_USER = [matches('$user'), A_USER];

/** Projects, without the aggregated row and the cost without the tag, whose project is empty. */
export const A_PROJECT = noneOf(['', OTHER]);
/** Cost without the project tag. */
export const NO_PROJECT = is('');

/** The chosen projects. The variable’s All also matches rows that are no projects. */
export const CHOSEN_PROJECT = [matches('$project'), A_PROJECT];

/** Services, without the aggregated row. */
export const A_SERVICE = isNot(OTHER);

/** The chosen accounts, Regions and services. The variable’s All also matches the aggregated row. */
const PLACE_AND_SERVICE = { ...PLACE, service: matches('$service') };

/** Roles, without the row that counts the omitted ones. */
export const A_ROLE = isNot(OTHER);
/** The chosen roles. The variable’s All also matches the row that counts the omitted ones. */
export const CHOSEN_ROLE = [matches('$role'), A_ROLE];

type UserCostLabel = LabelOf<'aws_user_billed_cost_usd'>;
type ResourceCostLabel = LabelOf<'aws_user_resource_billed_cost_usd'>;

/** Returns user costs. Without a matcher they include the unattributed and aggregated rows, so they add up to the bill. */
export function userCosts(user?: Matcher | readonly Matcher[]): Vector<UserCostLabel> {
  return once(series('aws_user_billed_cost_usd', { ...PLACE, ...(user && { user_name: user }) }));
}

/** Returns the costs of resources in the chosen accounts and Regions. */
export function resourceCosts(matchers: Matchers<ResourceCostLabel>): Vector<ResourceCostLabel> {
  return once(series('aws_user_resource_billed_cost_usd', { ...PLACE, ...matchers }));
}

/** Returns project costs. Without a matcher they include cost without a project and the aggregated row, so they add up to the bill. */
export function projectCosts(project?: Matcher | readonly Matcher[]): Vector<'account_id' | 'project'> {
  return once(series('aws_project_billed_cost_usd', { ...ACCOUNT, ...(project && { project }) }));
}

/** Returns the costs of projects by service. */
export function projectServiceCosts(
  project: Matcher | readonly Matcher[],
): Vector<'account_id' | 'project' | 'service'> {
  return once(series('aws_project_service_billed_cost_usd', { ...ACCOUNT, project }));
}

/** Service costs, billed or effective, of one of three periods. */
export type ServiceCost =
  | 'aws_service_billed_cost_usd'
  | 'aws_service_effective_cost_usd'
  | 'aws_service_day_billed_cost_usd'
  | 'aws_service_month_to_date_billed_cost_usd';

/** Returns the costs of the chosen services, further limited by a matcher if one is given. */
export function serviceCosts(metric: ServiceCost, service?: Matcher): Series<LabelOf<ServiceCost>> {
  const chosen = PLACE_AND_SERVICE.service;
  return series(metric, { ...PLACE_AND_SERVICE, service: service ? [chosen, service] : chosen });
}
