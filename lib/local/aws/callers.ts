import type { IncomingHttpHeaders } from 'node:http';
import { AwsFailure } from './failure';

/** An action that a role allows, such as `ce:GetCostAndUsage`: on every resource, or on one ARN. */
export type Permission = string | { readonly action: string; readonly resource: string };

/** A function, which AWS identifies by the access key of its role. */
export interface Caller {
  readonly accessKeyId: string;
  readonly name: string;
  /** Actions that its role allows. */
  readonly actions: readonly Permission[];
  /** @default the bill's account */
  readonly accountId?: string;
}

/** A caller with its credentials. */
export interface Identity extends Caller {
  readonly accountId: string;
  /** Role and session name. With temporary credentials, they are those of the assumed role. */
  readonly role: string;
  /** The token that requests must send with the access key. @default none */
  readonly sessionToken?: string;
}

/** Identities by access key. Assuming a role adds one. */
export type Identities = Map<string, Identity>;

/**
 * Returns the callers by access key.
 * @param accountId The account of callers that name none.
 */
export function identitiesOf(callers: readonly Caller[], accountId: string): Identities {
  return new Map(
    callers.map((caller) => [
      caller.accessKeyId,
      { ...caller, accountId: caller.accountId ?? accountId, role: `${caller.name}/${caller.name}` },
    ]),
  );
}

/** The claims in a request's signature. The signature itself is not checked. */
interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  readonly sessionToken: string | undefined;
}

/** Matches `Credential=AKIA…/20260315/eu-west-1/ce/aws4_request`. Access keys of the simulation may hold a slash. */
const CREDENTIAL = /^AWS4-HMAC-SHA256 Credential=([^,]+)\/\d{8}\/([^/,]+)\/[^/,]+\/aws4_request,/;

/** Reads a Signature Version 4 header. Throws MissingAuthenticationTokenException when it is missing. */
export function credentialOf(headers: IncomingHttpHeaders): Credential {
  const [, accessKeyId, region] = CREDENTIAL.exec(headers.authorization ?? '') ?? [];
  const sessionToken = headers['x-amz-security-token']?.toString();
  if (accessKeyId !== undefined && region !== undefined) return { accessKeyId, region, sessionToken };
  throw new AwsFailure('MissingAuthenticationTokenException', 'Missing Authentication Token');
}

/** Throws UnrecognizedClientException when the access key is unknown or its session token is missing or wrong. */
export function identityOf({ accessKeyId, sessionToken }: Credential, identities: Identities): Identity {
  const identity = identities.get(accessKeyId);
  const isWhole = identity?.sessionToken === undefined || identity.sessionToken === sessionToken;
  if (identity && isWhole) return identity;
  throw new AwsFailure(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

/** An action that a caller asks for. */
interface Demand {
  readonly action: string;
  /** The ARN, if the action has a resource level. */
  readonly resource?: string;
}

/**
 * Throws AccessDeniedException when the caller's role does not allow the action, or the action is denied to every
 * caller.
 * @param denied actions denied to every caller.
 */
export function authorise(identity: Identity, demand: Demand, denied: readonly string[]): void {
  const { action, resource = '*' } = demand;
  if (denied.includes(action))
    throw accessDenied(
      identity,
      action,
      `on resource: ${resource} with an explicit deny in a service control policy`,
    );
  if (!identity.actions.some((permission) => allows(permission, demand)))
    throw accessDenied(
      identity,
      action,
      `on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
}

function allows(permission: Permission, { action, resource }: Demand): boolean {
  if (typeof permission === 'string') return permission === action;
  return permission.action === action && (resource === undefined || permission.resource === resource);
}

/**
 * Returns AWS's error for an action that is denied.
 * @param reason Begins with the resource.
 */
export function accessDenied({ accountId, role }: Identity, action: string, reason: string): AwsFailure {
  const user = `arn:aws:sts::${accountId}:assumed-role/${role}`;
  return new AwsFailure(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: ${action} ${reason}`,
  );
}
