import type { CollectorName } from '../../lambdas/catalog/collectors';
import { OTHER, UNATTRIBUTED } from '../../lambdas/catalog/metrics';
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

/** What the account variable selects. */
export const ACCOUNT = { account_id: matches('$account') };

/** What the account and Region variables select. */
export const PLACE = { ...ACCOUNT, region: matches('$region') };

/** What the account and collector variables select. */
export const RUN = { ...ACCOUNT, collector: matches('$collector') };

/** The runs of some collectors, in the chosen accounts. */
export function runsOf(...collectors: readonly CollectorName[]) {
  return { ...ACCOUNT, collector: oneOf(collectors) } as const;
}

/** Who is a user, and no remainder. */
export const A_USER = noneOf([UNATTRIBUTED, OTHER]);
export const NOBODY = is(UNATTRIBUTED);
export const FOLDED = is(OTHER);

/** What the user variable selects: its All matches the remainders, too. */
export const CHOSEN_USER = [matches('$user'), A_USER];

/** Which project, and no remainder: empty is spend without the tag. */
export const A_PROJECT = noneOf(['', OTHER]);
export const NO_PROJECT = is('');

/** What the project variable selects: its All matches the remainders, too. */
export const CHOSEN_PROJECT = [matches('$project'), A_PROJECT];

/** Which service, and not the folded rest. */
export const A_SERVICE = isNot(OTHER);

/** What the account, Region and service variables select: All matches the folded rest, too. */
const PLACE_AND_SERVICE = { ...PLACE, service: matches('$service') };

/** Which role, and not the number of those left out. */
export const A_ROLE = isNot(OTHER);
export const CHOSEN_ROLE = [matches('$role'), A_ROLE];

type UserCostLabel = LabelOf<'aws_user_billed_cost_usd'>;
type ResourceCostLabel = LabelOf<'aws_user_resource_billed_cost_usd'>;

/** Users, nobody and the folded rest: together the whole bill. */
export function userCosts(user?: Matcher | readonly Matcher[]): Vector<UserCostLabel> {
  return once(series('aws_user_billed_cost_usd', { ...PLACE, ...(user && { user_name: user }) }));
}

export function resourceCosts(matchers: Matchers<ResourceCostLabel>): Vector<ResourceCostLabel> {
  return once(series('aws_user_resource_billed_cost_usd', { ...PLACE, ...matchers }));
}

/** Projects, what has none and the folded rest: together the whole bill. */
export function projectCosts(project?: Matcher | readonly Matcher[]): Vector<'account_id' | 'project'> {
  return once(series('aws_project_billed_cost_usd', { ...ACCOUNT, ...(project && { project }) }));
}

export function projectServiceCosts(
  project: Matcher | readonly Matcher[],
): Vector<'account_id' | 'project' | 'service'> {
  return once(series('aws_project_service_billed_cost_usd', { ...ACCOUNT, project }));
}

/** What services cost: billed or effective, in one of three periods. */
export type ServiceCost =
  | 'aws_service_billed_cost_usd'
  | 'aws_service_effective_cost_usd'
  | 'aws_service_day_billed_cost_usd'
  | 'aws_service_month_to_date_billed_cost_usd';

/** The chosen services where they were chosen, further narrowed where a matcher is given. */
export function serviceCosts(metric: ServiceCost, service?: Matcher): Series<LabelOf<ServiceCost>> {
  const chosen = PLACE_AND_SERVICE.service;
  return series(metric, { ...PLACE_AND_SERVICE, service: service ? [chosen, service] : chosen });
}
