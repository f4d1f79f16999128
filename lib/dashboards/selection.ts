import type { CollectorName } from '../../lambdas/catalog/collectors';
import { OTHER, UNATTRIBUTED } from '../../lambdas/catalog/metrics';
import type { LabelOf, Matcher, Matchers, Vector } from './promql';
import { once, series } from './promql';

/** What the account variable selects. */
export const ACCOUNT = { account_id: '=~"$account"' } as const satisfies Matchers<'account_id'>;

/** What the account and Region variables select. */
export const PLACE = { ...ACCOUNT, region: '=~"$region"' } as const satisfies Matchers<
  'account_id' | 'region'
>;

/** What the account and collector variables select. */
export const RUN = { ...ACCOUNT, collector: '=~"$collector"' } as const satisfies Matchers<
  'account_id' | 'collector'
>;

/** The runs of some collectors, in the chosen accounts. */
export function runsOf(...collectors: readonly CollectorName[]) {
  return { ...ACCOUNT, collector: `=~"${collectors.join('|')}"` } as const;
}

/** Who is a user, and no remainder. */
export const A_USER = `!~"${UNATTRIBUTED}|${OTHER}"` as const satisfies Matcher;
export const NOBODY = `="${UNATTRIBUTED}"` as const satisfies Matcher;
export const FOLDED = `="${OTHER}"` as const satisfies Matcher;

/** What the user variable selects: its All matches the remainders, too. */
export const CHOSEN_USER = ['=~"$user"', A_USER] as const satisfies readonly Matcher[];

/** Which project, and no remainder: empty is spend without the tag. */
export const A_PROJECT = `!~"|${OTHER}"` as const satisfies Matcher;
export const NO_PROJECT = '=""' as const satisfies Matcher;

/** What the project variable selects: its All matches the remainders, too. */
export const CHOSEN_PROJECT = ['=~"$project"', A_PROJECT] as const satisfies readonly Matcher[];

/** Which service, and not the folded rest. */
export const A_SERVICE = `!="${OTHER}"` as const satisfies Matcher;

/** What the account, Region and service variables select: All matches the folded rest, too. */
export const PLACE_AND_SERVICE = { ...PLACE, service: '=~"$service"' } as const satisfies Matchers<
  'account_id' | 'region' | 'service'
>;

/** Which role, and not the number of those left out. */
export const A_ROLE = `!="${OTHER}"` as const satisfies Matcher;
export const CHOSEN_ROLE = ['=~"$role"', A_ROLE] as const satisfies readonly Matcher[];

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
