import type { IamUser } from '../bill/bill';
import type { Operation } from './operation';
import { pageOfList, pageTokens } from './page-tokens';
import { optional, type Reader, structure, text, unexpected, wholeNumber } from './shape';

interface ListUsersInput {
  readonly Marker: string | undefined;
  readonly MaxItems: number | undefined;
  readonly PathPrefix: string | undefined;
}

const pathPrefix: Reader<string> = (value, where) => {
  const prefix = text(value, where);
  if (prefix.startsWith('/')) return prefix;
  throw unexpected(where, 'a path that begins with /', value);
};

const readInput = structure<ListUsersInput>({
  Marker: optional(text),
  MaxItems: optional(wholeNumber(1, 1000)),
  PathPrefix: optional(pathPrefix),
});

/**
 * Lists the users of the account.
 * @param pageSize Most users on a page, whatever MaxItems is, because IAM may return fewer than requested.
 */
export function listUsers(pageSize: number): Operation {
  const tokens = pageTokens({ unknown: 'ValidationException', changed: 'ValidationException' });
  return {
    pageNumber: (input) => tokens.pageNumber(input.Marker),
    answer(input, { account: { accountId, users } }) {
      const { Marker, MaxItems = pageSize, PathPrefix = '/' } = readInput(input, '');
      const { items, next } = pageOfList(
        tokens,
        users.filter(({ path }) => path.startsWith(PathPrefix)),
        { query: JSON.stringify([accountId, PathPrefix]), token: Marker, size: Math.min(MaxItems, pageSize) },
      );
      return { Users: items.map(wireUser), IsTruncated: next !== undefined, Marker: next };
    },
  };
}

function wireUser({ path, userName, userId, arn, createDate, passwordLastUsed }: IamUser) {
  return {
    Path: path,
    UserName: userName,
    UserId: userId,
    Arn: arn,
    CreateDate: createDate,
    PasswordLastUsed: passwordLastUsed,
  };
}
