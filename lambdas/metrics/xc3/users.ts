import { type Labels, OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { resourceArn } from '../../domain/resource-arn';
import { sumBy } from '../group-by';
import { publishedUsd, type Rows, samplesOf } from './counterpart';
import { clockText, periodEndText, pythonFloat, regionLabel, shortArn } from './labels';
import { row } from './metrics';

/** All IAM users, without the overflow row. */
export const userRows: Rows = (samples) =>
  samplesOf('aws_iam_user_info', samples)
    .filter(({ labels }) => labels.user_arn !== OTHER)
    .map(({ labels }) => row('IAM_Users', labels, 0));

/** The cost of each user in a Region. */
export const userTotalRows: Rows = (samples, { scheduledTime }) =>
  samplesOf('aws_user_billed_cost_usd', samples)
    .filter(isPerson)
    .map(({ labels: { account_id, region, user_name }, value }) => {
      const labels = {
        Query_Time: clockText(scheduledTime),
        user: user_name,
        region: regionLabel(region),
        resources_cost: pythonFloat(value),
        account_id,
      };
      return row('IAM_USER_Total_Services_Cost_List', labels, value);
    });

/** The cost of each resource of a user. Resources whose ids shorten to the same string share a row with their sum. */
export const userResourceRows: Rows = (samples, run) => {
  const Query_Time = periodEndText(samples, run);
  const lines = samplesOf('aws_user_resource_billed_cost_usd', samples)
    .filter(isPerson)
    .map(({ labels, value }) => ({ key: rowKey(labels), usd: publishedUsd(value) }));
  return sumBy(lines, ({ key }) => key).map(({ key, usd }) => {
    const value = usd.toNumber();
    const labels = { Query_Time, ...key, cumulative_cost: pythonFloat(value) };
    return row('IAM_USER_Resource_Cost_List', labels, value);
  });
};

/** Reports whether the sample belongs to a user. XC3 omits unattributed cost and the aggregated rest. */
function isPerson({ labels }: { readonly labels: { readonly user_name: string } }): boolean {
  return labels.user_name !== UNATTRIBUTED && labels.user_name !== OTHER;
}

type ResourceLabels = Labels<'aws_user_resource_billed_cost_usd'>;

function rowKey(labels: ResourceLabels) {
  const { account_id, user_name, region } = labels;
  return { user: user_name, region: regionLabel(region), resource: shortId(labels), account_id };
}

/** Returns the short ARN of a resource, or the id itself if its ARN would be a guess. */
function shortId({ account_id, region, service, resource }: ResourceLabels): string {
  const known = resourceArn(resource, { partition: 'aws', region, accountId: account_id });
  return known && service !== 'unknown' ? shortArn(known.arn, { fields: 2 }) : resource;
}
