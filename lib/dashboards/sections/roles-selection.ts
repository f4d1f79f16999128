import {
  type atEnd,
  is,
  isNot,
  type Matcher,
  once,
  type Series,
  series,
} from '../../../lambdas/promql/selector';
import { age, aggregate, compared, timesOne, unless, type Vector } from '../../../lambdas/promql/vector';
import { A_ROLE, ACCOUNT, PLACE } from '../selection';
import { UNUSED_AFTER } from './states';

/** A condition on the role, or several. */
type RoleMatcher = Matcher | readonly Matcher[];

const INSTANCE = ['account_id', 'region', 'resource'] as const;
type InstanceOfRole = (typeof INSTANCE)[number] | 'role_name';

/**
 * Returns the cost of each instance under a role, joined as in docs/roles.md: one metric has the cost, the other the role.
 * Both are reduced to the labels that identify the instance, so that a second installation, which may report another
 * owner or state, adds nothing.
 */
export function instanceCosts(
  role: RoleMatcher = A_ROLE,
  at: typeof atEnd = (selector) => selector,
): Vector<InstanceOfRole> {
  const cost = aggregate('max', at(series('aws_user_resource_billed_cost_usd', PLACE)), INSTANCE);
  return timesOne(aggregate('max', at(instances(role)), [...INSTANCE, 'role_name']), INSTANCE, cost);
}

/** Returns the instances that run under a role. */
export function instances(role: RoleMatcher = A_ROLE): Series<InstanceOfRole | 'service' | 'state'> {
  return series('aws_role_resource_info', {
    ...PLACE,
    role_name: role,
    service: is('ec2'),
    resource: isNot(''),
  });
}

const ROLE = ['role_name', 'account_id'] as const;

/** Returns the existing roles, with the given labels. */
export function existingRoles<L extends 'role_name' | 'account_id' | 'role_arn'>(
  labels: readonly L[],
): Vector<L> {
  return aggregate('max', once(series('aws_iam_role_info', { ...ACCOUNT, role_name: A_ROLE })), labels);
}

/** Returns the roles without a known recent use. */
export function unusedRoles<L extends 'role_name' | 'account_id' | 'role_arn'>(
  labels: readonly ('role_name' | 'account_id' | L)[],
): Vector<'role_name' | 'account_id' | L> {
  return unless(existingRoles(labels), ROLE, compared(age(lastUses()), '<', UNUSED_AFTER));
}

/** Returns the time of the last use of each role, in any Region. */
export function lastUses(): Vector<'role_name' | 'account_id'> {
  return aggregate('max', series('aws_iam_role_last_used_timestamp_seconds', ACCOUNT), ROLE);
}
