import { OTHER } from '../../catalog/metrics';
import type { AnySample, Sample } from '../sample';
import { type Rows, samplesOf } from './counterpart';
import { row } from './metrics';
import { regionLabel } from './region-label';

/** The roles that exist, with the Region of their last use. */
export const roleRows: Rows = (samples) => {
  const lastRegionOf = lastRegions(samples);
  return rolesIn(samples).map(({ labels: { role_name, account_id } }) => {
    const labels = {
      iam_role_all: role_name,
      iam_role_all_region: lastRegionOf(role_name),
      iam_role_all_account: account_id,
    };
    return row('IAM_Role_All', labels, 0);
  });
};

/** But the number of those left out. */
export function rolesIn(samples: readonly AnySample[]): Sample<'aws_iam_role_info'>[] {
  return samplesOf('aws_iam_role_info', samples).filter(({ labels }) => labels.role_arn !== OTHER);
}

/** Of a role that was never used, `None (unknown region name)`. */
export function lastRegions(samples: readonly AnySample[]): (role: string) => string {
  const uses = samplesOf('aws_iam_role_last_used_timestamp_seconds', samples);
  const regions = new Map(uses.map(({ labels }) => [labels.role_name, labels.region]));
  return (role) => regionLabel(regions.get(role) ?? 'None');
}
