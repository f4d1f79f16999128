import { type atEnd, is, isNot, type Matcher, type Series, series } from '../../../lambdas/promql/selector';
import { aggregate, timesOne, type Vector } from '../../../lambdas/promql/vector';
import { A_ROLE, PLACE } from '../selection';

/** A role, or several. */
type RoleMatcher = Matcher | readonly Matcher[];

const INSTANCE = ['account_id', 'region', 'resource'] as const;
type InstanceOfRole = (typeof INSTANCE)[number] | 'role_name';

/**
 * What each instance under a role cost, as docs/roles.md joins it: the cost is of the one metric, the role of the other.
 * Both are reduced to what names the instance, so that a second installation that says another owner or state adds nothing.
 */
export function instanceCosts(
  role: RoleMatcher = A_ROLE,
  at: typeof atEnd = (selector) => selector,
): Vector<InstanceOfRole> {
  const cost = aggregate('max', at(series('aws_user_resource_billed_cost_usd', PLACE)), INSTANCE);
  return timesOne(aggregate('max', at(instances(role)), [...INSTANCE, 'role_name']), INSTANCE, cost);
}

/** The instances that run under a role. */
export function instances(role: RoleMatcher = A_ROLE): Series<InstanceOfRole | 'service' | 'state'> {
  return series('aws_role_resource_info', {
    ...PLACE,
    role_name: role,
    service: is('ec2'),
    resource: isNot(''),
  });
}
