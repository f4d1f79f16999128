import type { CollectorSettings } from '../../catalog/function-settings';
import { OTHER } from '../../catalog/metrics';
import type { Collector } from '../../collector';
import { failure } from '../../failure';
import { aggregatedCount } from '../../metrics/aggregated-samples';
import { bounded } from '../../metrics/bounded';
import { group } from '../../metrics/group';
import { type Sample, sample } from '../../metrics/sample';

/** An IAM user that exists. */
export interface IamUser {
  readonly name: string;
  readonly arn: string;
  /** AIDA…: unlike the name, it never changes and AWS never reuses it. */
  readonly id: string;
  readonly createdAt: Date;
  /** Absent if the user has no password or never signed in with it. */
  readonly passwordLastUsedAt?: Date;
}

/** Access to the IAM users of the account. */
export interface IamUsersSource {
  users(): Promise<readonly IamUser[]>;
}

/** Collects the IAM users. Users beyond `maxInventory` are counted in one row. */
export function iamUsers(
  source: IamUsersSource,
  { maxInventory }: CollectorSettings<'iam-users'>,
): Collector {
  return async ({ accountId }) => {
    try {
      const users = [...(await source.users())].sort((a, b) => (a.name < b.name ? -1 : 1));
      const { shown, rest } = bounded(users, maxInventory);
      const labels = { account_id: accountId };
      const samples = [
        ...shown.flatMap((user) => samplesOf(accountId, user)),
        ...(rest.length > 0 ? [sample('aws_iam_user_info', { ...labels, ...REST }, rest.length)] : []),
        aggregatedCount({ labels: { ...labels, region: '' }, list: 'users', rest }),
      ];
      return { groups: [group('IAM_User_Details', labels, samples)], failures: [] };
    } catch (error) {
      return { groups: [], failures: [failure('users', error)] };
    }
  };
}

const REST = { user_name: OTHER, user_arn: OTHER, user_id: OTHER };

type UserMetric =
  | 'aws_iam_user_info'
  | 'aws_iam_user_create_timestamp_seconds'
  | 'aws_iam_user_password_last_used_timestamp_seconds';

function samplesOf(
  account_id: string,
  { name, arn, id, createdAt, passwordLastUsedAt }: IamUser,
): Sample<UserMetric>[] {
  const labels = { account_id, user_name: name };
  return [
    sample('aws_iam_user_info', { ...labels, user_arn: arn, user_id: id }, 1),
    sample('aws_iam_user_create_timestamp_seconds', labels, seconds(createdAt)),
    ...(passwordLastUsedAt
      ? [sample('aws_iam_user_password_last_used_timestamp_seconds', labels, seconds(passwordLastUsedAt))]
      : []),
  ];
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}
