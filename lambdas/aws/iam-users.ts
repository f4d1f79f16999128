import { type IAMClient, ListUsersCommand, type User } from '@aws-sdk/client-iam';
import { AnswerError, listIn } from './answer-error';
import { markerOf, pagesOf } from './pages';

interface IamUser {
  readonly name: string;
  readonly arn: string;
  /** AIDA…: unlike the name, it never changes and AWS never reuses it. */
  readonly id: string;
  readonly createdAt: Date;
  /** Absent if the user has no password or never signed in with it. */
  readonly passwordLastUsedAt?: Date;
}

/** Returns every IAM user of the account, from all pages. */
export async function listIamUsers(client: IAMClient, abortSignal: AbortSignal): Promise<IamUser[]> {
  const pages = pagesOf(OPERATION, {
    request: (Marker) => client.send(new ListUsersCommand({ Marker }), { abortSignal }),
    tokenOf: (page) => markerOf(OPERATION, page),
  });
  const users: IamUser[] = [];
  for await (const { Users } of pages) users.push(...listIn(OPERATION, { Users }).map(userOf));
  return users;
}

const OPERATION = 'iam:ListUsers';

function userOf({ UserName, Arn, UserId, CreateDate, PasswordLastUsed }: User): IamUser {
  if (!UserName || !Arn || !UserId || !CreateDate)
    throw new AnswerError(
      `${OPERATION}: expected UserName, Arn, UserId and CreateDate of each user, got ${UserName} ${Arn} ${UserId} ${CreateDate}`,
    );
  return {
    name: UserName,
    arn: Arn,
    id: UserId,
    createdAt: CreateDate,
    passwordLastUsedAt: PasswordLastUsed,
  };
}
