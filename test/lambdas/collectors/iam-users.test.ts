import fc from 'fast-check';
import { type IamUser, iamUsers } from '../../../lambdas/collectors/iam-users/collector';
import { exposition } from '../../support/exposition';

const ALICE: IamUser = {
  name: 'alice',
  arn: 'arn:aws:iam::111122223333:user/team/alice',
  id: 'AIDAALICE',
  createdAt: new Date('2024-02-29T12:00:00Z'),
  passwordLastUsedAt: new Date('2026-02-28T23:59:59Z'),
};
const ROBOT: IamUser = {
  name: 'ci+robot=1,2.3@example_com-x',
  arn: 'arn:aws:iam::111122223333:user/ci+robot=1,2.3@example_com-x',
  id: 'AIDAROBOT',
  createdAt: new Date('2025-01-01T00:00:00Z'),
};

const LIMIT = { maxInventory: 100 };
const TIME = '2026-03-01T05:00:00Z';

test('publishes every user with its creation and its last sign-in', async () => {
  const text = await exposition(iamUsers({ users: async () => [ALICE, ROBOT] }, LIMIT), TIME);
  expect(text).toBe(`{"job":"IAM_User_Details","account_id":"111122223333"}
# HELP aws_iam_user_info An IAM user; the value is 1. The series with user_name __other__ is the number of users that are not listed.
# TYPE aws_iam_user_info gauge
aws_iam_user_info{account_id="111122223333",user_name="alice",user_arn="arn:aws:iam::111122223333:user/team/alice",user_id="AIDAALICE"} 1
aws_iam_user_info{account_id="111122223333",user_name="ci+robot=1,2.3@example_com-x",user_arn="arn:aws:iam::111122223333:user/ci+robot=1,2.3@example_com-x",user_id="AIDAROBOT"} 1

# HELP aws_iam_user_create_timestamp_seconds Time at which the IAM user was created.
# TYPE aws_iam_user_create_timestamp_seconds gauge
aws_iam_user_create_timestamp_seconds{account_id="111122223333",user_name="alice"} 1709208000
aws_iam_user_create_timestamp_seconds{account_id="111122223333",user_name="ci+robot=1,2.3@example_com-x"} 1735689600

# HELP aws_iam_user_password_last_used_timestamp_seconds Time of the last sign-in of the IAM user with a password; absent if IAM knows of none.
# TYPE aws_iam_user_password_last_used_timestamp_seconds gauge
aws_iam_user_password_last_used_timestamp_seconds{account_id="111122223333",user_name="alice"} 1772323199

# HELP tollgate_aggregated_rows Number of rows of the list that have no series of their own, because the list reached its limit; 0 if every row has one. The Region is empty for a list of a whole account.
# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="",list="users"} 0
`);
});

test('a failing list of users is a failure of the part users, without a group', async () => {
  const denied = Object.assign(new Error('User: x is not authorized to perform: iam:ListUsers'), {
    name: 'AccessDenied',
  });
  const text = await exposition(iamUsers({ users: () => Promise.reject(denied) }, LIMIT), TIME);
  expect(text).toBe(
    'failed: {"part":"users","reason":"denied","message":"User: x is not authorized to perform: iam:ListUsers"}\n',
  );
});

test('the group never names more users than maxInventory, and counts all others', async () => {
  const counts = fc.integer({ min: 0, max: 40 });
  const limits = fc.integer({ min: 0, max: 60 });
  await fc.assert(
    fc.asyncProperty(counts, limits, async (count, maxInventory) => {
      const users = Array.from({ length: count }, (_, i) => ({ ...ALICE, name: `user-${i}` }));
      const text = await exposition(iamUsers({ users: async () => users }, { maxInventory }), TIME);
      const named = text.match(/^aws_iam_user_create_timestamp_seconds\{/gm)?.length ?? 0;
      expect(named).toBe(Math.min(count, maxInventory));
      expect(text).toContain(
        `tollgate_aggregated_rows{account_id="111122223333",region="",list="users"} ${count - named}\n`,
      );
    }),
  );
});

test('users beyond maxInventory are counted in one row; the others are sorted by name', async () => {
  const users = ['c', 'a', 'b'].map((name) => ({ ...ROBOT, name, arn: name, id: name }));
  const text = await exposition(iamUsers({ users: async () => users }, { maxInventory: 1 }), TIME);
  expect(text.match(/^aws_iam_user_info.*$/gm)).toEqual([
    'aws_iam_user_info{account_id="111122223333",user_name="a",user_arn="a",user_id="a"} 1',
    'aws_iam_user_info{account_id="111122223333",user_name="__other__",user_arn="__other__",user_id="__other__"} 2',
  ]);
});
