import { IAMClient } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../../aws/access';
import { listIamUsers } from '../../aws/iam-users';
import type { IamUser, IamUsersSource } from './collector';

/** Reads the users from IAM. */
export function iamUsersSource(aws: AwsAccess): IamUsersSource {
  return {
    async users(): Promise<IamUser[]> {
      const users = await listIamUsers(aws.client(IAMClient), aws.signal);
      return users.map(({ UserName, Arn, UserId, CreateDate, PasswordLastUsed }) => {
        if (!UserName || !Arn || !UserId || !CreateDate) {
          throw new Error(
            `iam:ListUsers: expected UserName, Arn, UserId and CreateDate of each user, got ${UserName} ${Arn} ${UserId} ${CreateDate}`,
          );
        }
        return {
          name: UserName,
          arn: Arn,
          id: UserId,
          createdAt: CreateDate,
          passwordLastUsedAt: PasswordLastUsed,
        };
      });
    },
  };
}
