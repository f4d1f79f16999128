import { IAMClient } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../../aws/access';
import { listIamUsers } from '../../aws/iam-users';
import type { IamUser, IamUsersSource } from './collector';

/** Reads the users from IAM. */
export function iamUsersSource(aws: AwsAccess): IamUsersSource {
  return { users: (): Promise<IamUser[]> => listIamUsers(aws.client(IAMClient), aws.signal) };
}
