import { createHash } from 'node:crypto';
import { accessDenied, type Identities, type Identity } from './callers';
import { invalid } from './failure';
import type { Operation } from './operation';
import { optional, type Reader, structure, text, unexpected, wholeNumber } from './shape';

/** A role that callers may assume, usually in another account. */
export interface MemberRole {
  readonly roleArn: string;
  /** The external id that callers must send. @default none */
  readonly externalId?: string;
  /** IAM actions that the role allows. */
  readonly actions: readonly string[];
}

interface Input {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly ExternalId: string | undefined;
  readonly DurationSeconds: number | undefined;
}

const readInput = structure<Input>({
  RoleArn: text,
  RoleSessionName: matching(/^[\w+=,.@-]{2,64}$/),
  ExternalId: optional(matching(/^[\w+=,.@:/-]{2,1224}$/)),
  DurationSeconds: optional(wholeNumber(900, 43_200)),
});

function matching(pattern: RegExp): Reader<string> {
  return (value, where) => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw unexpected(where, `a string like ${pattern.source}`, value);
  };
}

/** Creates another identity for a caller that assumes one of the roles. */
export function assumeRole(roles: readonly MemberRole[], identities: Identities): Operation {
  return {
    pageNumber: () => 1,
    answer(input, { identity: caller }) {
      const asked = readInput(input, '');
      const { DurationSeconds = HOUR } = asked;
      // A caller is itself the session of a function's role, and sessions of such callers are short.
      if (DurationSeconds > HOUR)
        throw invalid(
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
        );
      const session = newSession(caller, roleOf(roles, asked, caller), {
        sessionName: asked.RoleSessionName,
        number: identities.size,
      });
      identities.set(session.identity.accessKeyId, session.identity);
      return wireSession(session, new Date(Date.now() + DurationSeconds * 1000)); // The SDK compares this time with its own clock.
    },
  };
}

const HOUR = 3_600;

/** Returns the account and the role of the caller. AWS demands no permission. */
export const getCallerIdentity: Operation = {
  isAlwaysAllowed: true,
  pageNumber: () => 1,
  answer(_, { identity: { accountId, role } }) {
    return {
      UserId: `${roleId(role)}:${sessionOf(role)}`,
      Account: accountId,
      Arn: `arn:aws:sts::${accountId}:assumed-role/${role}`,
    };
  },
};

/** Returns the account id in an ARN. */
export function accountIdIn(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function roleOf(roles: readonly MemberRole[], { RoleArn, ExternalId }: Input, caller: Identity): MemberRole {
  const role = roles.find(({ roleArn }) => roleArn === RoleArn);
  if (role && [undefined, ExternalId].includes(role.externalId)) return role;
  throw accessDenied(caller, 'sts:AssumeRole', `on resource: ${RoleArn}`);
}

interface Session {
  readonly identity: Identity & { readonly sessionToken: string };
  readonly roleArn: string;
  readonly secretAccessKey: string;
}

function newSession(
  { name }: Identity,
  { roleArn, actions }: MemberRole,
  { sessionName, number }: { sessionName: string; number: number },
): Session {
  const secret = createHash('sha256').update(`${roleArn}\0${sessionName}\0${number}`).digest('hex');
  const accountId = accountIdIn(roleArn);
  const identity = {
    accessKeyId: `ASIA${secret.slice(0, 16).toUpperCase()}`,
    name: `${name}@${accountId}`,
    actions,
    accountId,
    role: `${nameOf(roleArn)}/${sessionName}`,
    sessionToken: `session-${secret}`,
  };
  return { identity, roleArn, secretAccessKey: secret.slice(-40) };
}

function nameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

function wireSession({ identity, roleArn, secretAccessKey }: Session, expiration: Date) {
  const { accessKeyId, accountId, role, sessionToken } = identity;
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration,
    },
    AssumedRoleUser: {
      AssumedRoleId: `${roleId(roleArn)}:${sessionOf(role)}`,
      Arn: `arn:aws:sts::${accountId}:assumed-role/${role}`,
    },
  };
}

/** Returns an id that is the same for equal roles. */
function roleId(role: string): string {
  return `AROA${createHash('sha256').update(role).digest('hex').slice(0, 17).toUpperCase()}`;
}

function sessionOf(role: string): string {
  return role.slice(role.indexOf('/') + 1);
}
