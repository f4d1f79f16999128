import { OTHER, UNATTRIBUTED } from '../../lambdas/catalog/metrics';
import type { LabelOf, Matcher, Matchers, Vector } from './promql';
import { once, series } from './promql';

/** What the account variable selects. */
export const ACCOUNT = { account_id: '=~"$account"' } as const satisfies Matchers<'account_id'>;

/** What the account and Region variables select. */
export const PLACE = { ...ACCOUNT, region: '=~"$region"' } as const satisfies Matchers<
  'account_id' | 'region'
>;

/** Who is a user, and no remainder. */
export const A_USER = `!~"${UNATTRIBUTED}|${OTHER}"` as const satisfies Matcher;
export const NOBODY = `="${UNATTRIBUTED}"` as const satisfies Matcher;
export const FOLDED = `="${OTHER}"` as const satisfies Matcher;

/** What the user variable selects: its All matches the remainders, too. */
export const CHOSEN_USER = ['=~"$user"', A_USER] as const satisfies readonly Matcher[];

type UserCostLabel = LabelOf<'aws_user_billed_cost_usd'>;
type ResourceCostLabel = LabelOf<'aws_user_resource_billed_cost_usd'>;

/** Users, nobody and the folded rest: together the whole bill. */
export function userCosts(user?: Matcher | readonly Matcher[]): Vector<UserCostLabel> {
  return once(series('aws_user_billed_cost_usd', { ...PLACE, ...(user && { user_name: user }) }));
}

export function resourceCosts(matchers: Matchers<ResourceCostLabel>): Vector<ResourceCostLabel> {
  return once(series('aws_user_resource_billed_cost_usd', { ...PLACE, ...matchers }));
}
