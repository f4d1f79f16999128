import { type Rows, samplesOf } from './counterpart';
import { row } from './metrics';

/** The users that exist. */
export const userRows: Rows = (samples) =>
  samplesOf('aws_iam_user_info', samples).map(({ labels }) => row('IAM_Users', labels, 0));
