import { OTHER } from '../../catalog/metrics';
import { type Rows, samplesOf } from './counterpart';
import { row } from './metrics';

/** The users that exist, but the number of those left out. */
export const userRows: Rows = (samples) =>
  samplesOf('aws_iam_user_info', samples)
    .filter(({ labels }) => labels.user_arn !== OTHER)
    .map(({ labels }) => row('IAM_Users', labels, 0));
