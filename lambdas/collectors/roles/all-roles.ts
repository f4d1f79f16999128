import { OTHER } from '../../catalog/metrics';
import { aggregatedCount } from '../../metrics/aggregated-samples';
import { bounded } from '../../metrics/bounded';
import { type Group, group } from '../../metrics/group';
import { type Sample, sample } from '../../metrics/sample';
import type { Role } from './port';

/** Returns the roles and their last use. Roles beyond `maxInventory` are counted in one row. */
export function allRoles(
  { accountId, maxInventory }: { accountId: string; maxInventory: number },
  roles: readonly Role[],
): Group {
  const byName = [...roles].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { shown, rest } = bounded(byName, maxInventory);
  const labels = { account_id: accountId };
  return group('IAM-roles-all', labels, [
    ...shown.flatMap((role) => samplesOf(accountId, role)),
    ...(rest.length > 0 ? [sample('aws_iam_role_info', { ...labels, ...REST }, rest.length)] : []),
    aggregatedCount({ labels: { ...labels, region: '' }, list: 'roles', rest }),
  ]);
}

const REST = { role_name: OTHER, role_arn: OTHER, role_id: OTHER };

function samplesOf(
  account_id: string,
  { name: role_name, arn, id, lastUsed }: Role,
): Sample<'aws_iam_role_info' | 'aws_iam_role_last_used_timestamp_seconds'>[] {
  const exists = sample('aws_iam_role_info', { account_id, role_name, role_arn: arn, role_id: id }, 1);
  if (!lastUsed) return [exists];
  const labels = { account_id, role_name, region: lastUsed.region };
  const seconds = lastUsed.at.getTime() / 1000;
  return [exists, sample('aws_iam_role_last_used_timestamp_seconds', labels, seconds)];
}
