import { type Rows, samplesOf } from './counterpart';
import { isPerson } from './is-person';
import { row } from './metrics';
import { pythonFloat } from './python-float';
import { regionLabel } from './region-label';
import { clockText } from './times';

/** What each user cost in a Region. */
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
