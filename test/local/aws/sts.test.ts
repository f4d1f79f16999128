import { ListUsersCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type Credentials,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import type { SimulatedAwsOptions } from '../../../lib/local/aws/server';
import { MEMBER_ID, memberOf, organizationBill, userOf } from '../../support/bill';
import { clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

const ROLE = `arn:aws:iam::${MEMBER_ID}:role/path/tollgate-reader`;
const INPUT = { RoleArn: ROLE, RoleSessionName: 'tollgate' };

const simulateMember = (different: Partial<SimulatedAwsOptions> = {}) =>
  simulate({
    bill: organizationBill({
      users: [userOf('of-the-payer')],
      members: [memberOf({ users: [userOf('of-the-member')] })],
    }),
    memberRoles: [{ roleArn: ROLE, externalId: 'shared', actions: ['iam:ListUsers'] }],
    ...different,
  });

type Aws = Awaited<ReturnType<typeof simulateMember>>;

const assume = (aws: Aws, different: Partial<AssumeRoleCommandInput> = {}) =>
  clients(aws).sts.send(new AssumeRoleCommand({ ...INPUT, ExternalId: 'shared', ...different }));

function credentialsOf(
  { AccessKeyId = '', SecretAccessKey = '', SessionToken }: Credentials = {} as Credentials,
) {
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

test('the temporary credentials belong to the role in the other account', async () => {
  const { Credentials, AssumedRoleUser } = await assume(await simulateMember());
  expect([Credentials, AssumedRoleUser]).toEqual([
    {
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
      SecretAccessKey: expect.stringMatching(/^.{40}$/),
      SessionToken: expect.stringMatching(/./),
      Expiration: expect.any(Date),
    },
    {
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}:tollgate$/),
      Arn: `arn:aws:sts::${MEMBER_ID}:assumed-role/tollgate-reader/tollgate`,
    },
  ]);
});

test('the credentials expire after an hour, or after the requested time', async () => {
  const aws = await simulateMember();
  const secondsFor = async (DurationSeconds?: number) => {
    const { Credentials } = await assume(aws, { DurationSeconds });
    return ((Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 1000;
  };
  expect(Math.abs((await secondsFor()) - 3_600)).toBeLessThan(10);
  expect(Math.abs((await secondsFor(900)) - 900)).toBeLessThan(10);
});

test('requests with the credentials see the member’s account, and are recorded with their own caller', async () => {
  const aws = await simulateMember();
  const usersFor = async (client?: Parameters<typeof clients>[1]) => {
    const { Users = [] } = await clients(aws, client).iam.send(new ListUsersCommand({}));
    return Users.map(({ UserName }) => UserName);
  };
  const credentials = credentialsOf((await assume(aws)).Credentials);
  expect([await usersFor(), await usersFor({ credentials })]).toEqual([['of-the-payer'], ['of-the-member']]);
  expect(aws.requests.map(({ caller, action }) => `${caller} ${action}`)).toEqual([
    'collector sts:AssumeRole',
    'collector iam:ListUsers',
    `collector@${MEMBER_ID} iam:ListUsers`,
  ]);
});

test('two sessions have two access keys', async () => {
  const aws = await simulateMember();
  const [one, two] = [(await assume(aws)).Credentials, (await assume(aws)).Credentials];
  expect(one?.AccessKeyId).not.toBe(two?.AccessKeyId);
});

test('the role allows only its own actions', async () => {
  const aws = await simulateMember({ memberRoles: [{ roleArn: ROLE, actions: [] }] });
  const credentials = credentialsOf((await assume(aws)).Credentials);
  await expect(clients(aws, { credentials }).iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:sts::${MEMBER_ID}:assumed-role/tollgate-reader/tollgate is not authorized to perform: iam:ListUsers on resource: * because no identity-based policy allows the iam:ListUsers action`,
  });
});

test('the credentials are invalid without their session token', async () => {
  const aws = await simulateMember();
  const credentials = { ...credentialsOf((await assume(aws)).Credentials), sessionToken: undefined };
  await expect(clients(aws, { credentials }).iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

test.each<[string, Partial<AssumeRoleCommandInput>]>([
  ['an unknown role', { RoleArn: `${ROLE}2` }],
  ['another external id', { ExternalId: 'guessed' }],
  ['no external id', { ExternalId: undefined }],
])('%s is denied', async (_what, different) => {
  const aws = await simulateMember();
  await expect(assume(aws, different)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:sts::111122223333:assumed-role/collector/collector is not authorized to perform: sts:AssumeRole on resource: ${different.RoleArn ?? ROLE}`,
    $metadata: { httpStatusCode: 403 },
  });
});

test('a role that requires no external id accepts one', async () => {
  const aws = await simulateMember({ memberRoles: [{ roleArn: ROLE, actions: [] }] });
  await expect(assume(aws)).resolves.toMatchObject({ Credentials: { AccessKeyId: expect.any(String) } });
});

test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
  ['a name with a space', { RoleSessionName: 'a b' }, 'RoleSessionName: expected a string like'],
  ['a moment', { DurationSeconds: 60 }, 'DurationSeconds: expected a whole number from 900 to 43200'],
  [
    'two hours',
    { DurationSeconds: 7_200 },
    'exceeds the 1 hour session limit for roles assumed by role chaining',
  ],
  ['a policy', { Policy: '{}' }, 'Policy: expected only RoleArn, RoleSessionName, ExternalId'],
])('%s is refused', async (_what, different, message) => {
  await expect(assume(await simulateMember(), different)).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining(message),
  });
});

test('a role of an unknown account is refused before anything starts', async () => {
  const roleArn = 'arn:aws:iam::333344445555:role/stranger';
  await expect(simulateMember({ memberRoles: [{ roleArn, actions: [] }] })).rejects.toThrow(
    `${roleArn}: expected one of 111122223333, ${MEMBER_ID}, got 333344445555`,
  );
});

test('every caller may ask who it is, without any permission', async () => {
  const callers = [{ accessKeyId: 'AKIANOBODY', name: 'nobody', actions: [] }];
  const aws = await simulateMember({ callers, denied: ['sts:GetCallerIdentity'] });
  const { sts } = clients(aws, { accessKeyId: 'AKIANOBODY' });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    UserId: expect.stringMatching(/^AROA[A-Z0-9]{17}:nobody$/),
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/nobody/nobody',
  });
});

test('temporary credentials are those of the role in the other account', async () => {
  const aws = await simulateMember();
  const { Credentials: given } = await assume(aws);
  const { sts } = clients(aws, { credentials: credentialsOf(given) });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: MEMBER_ID });
});
