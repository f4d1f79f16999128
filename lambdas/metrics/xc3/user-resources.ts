import type { Labels } from '../../catalog/metrics';
import { resourceArn } from '../../domain/resource-arn';
import { ZERO } from '../../domain/usd';
import { sumBy } from '../sum-by';
import { type Rows, samplesOf } from './counterpart';
import { isPerson } from './is-person';
import { row } from './metrics';
import { pythonFloat } from './python-float';
import { regionLabel } from './region-label';
import { shortArn } from './short-arn';
import { periodEndText } from './times';

/** What each resource of a user cost. Two that shorten to the same id are one, with their sum. */
export const userResourceRows: Rows = (samples, run) => {
  const Query_Time = periodEndText(samples, run);
  const lines = samplesOf('aws_user_resource_billed_cost_usd', samples)
    .filter(isPerson)
    .map(({ labels, value }) => ({ key: rowKey(labels), usd: ZERO.plus(value) }));
  return sumBy(lines, ({ key }) => key).map(({ key, usd }) => {
    const value = usd.toNumber();
    const labels = { Query_Time, ...key, cumulative_cost: pythonFloat(value) };
    return row('IAM_USER_Resource_Cost_List', labels, value);
  });
};

type ResourceLabels = Labels<'aws_user_resource_billed_cost_usd'>;

function rowKey(labels: ResourceLabels) {
  const { account_id, user_name, region } = labels;
  return { user: user_name, region: regionLabel(region), resource: shortId(labels), account_id };
}

/** An id that only could be an ARN's stays as it is; nothing of the partition is left in a short one. */
function shortId({ account_id, region, service, resource }: ResourceLabels): string {
  const known = resourceArn(resource, { partition: 'aws', region, accountId: account_id });
  return known && service !== 'unknown' ? shortArn(known.arn, { fields: 2 }) : resource;
}
