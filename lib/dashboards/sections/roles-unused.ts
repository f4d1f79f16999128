import { once, series } from '../../../lambdas/promql/selector';
import { age, aggregate, compared, unless, type Vector } from '../../../lambdas/promql/vector';
import { A_ROLE, ACCOUNT } from '../selection';
import { UNUSED_AFTER } from './states';

const ROLE = ['role_name', 'account_id'] as const;

/** Roles that exist, with the labels wanted. */
export function existingRoles<L extends 'role_name' | 'account_id' | 'role_arn'>(
  labels: readonly L[],
): Vector<L> {
  return aggregate('max', once(series('aws_iam_role_info', { ...ACCOUNT, role_name: A_ROLE })), labels);
}

/** Those of which IAM knows no use lately. */
export function unusedRoles<L extends 'role_name' | 'account_id' | 'role_arn'>(
  labels: readonly ('role_name' | 'account_id' | L)[],
): Vector<'role_name' | 'account_id' | L> {
  return unless(existingRoles(labels), ROLE, compared(age(lastUses()), '<', UNUSED_AFTER));
}

/** When each was last used, in whichever Region. */
export function lastUses(): Vector<'role_name' | 'account_id'> {
  return aggregate('max', series('aws_iam_role_last_used_timestamp_seconds', ACCOUNT), ROLE);
}
