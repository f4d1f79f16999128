import { type IAMClient, paginateListUsers, type User } from '@aws-sdk/client-iam';

/** Returns every IAM user of the account, from all pages. */
export async function listIamUsers(client: IAMClient, abortSignal: AbortSignal): Promise<User[]> {
  const users: User[] = [];
  for await (const page of paginateListUsers({ client }, {}, { abortSignal }))
    users.push(...(page.Users ?? []));
  return users;
}
