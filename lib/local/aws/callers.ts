import { AwsFailure } from './failure';

/** One function as AWS knows it: by the access key of its role. */
export interface Caller {
  readonly accessKeyId: string;
  readonly name: string;
  /** IAM actions that its role allows: `ce:GetCostAndUsage`. */
  readonly actions: readonly string[];
}

/** What a request's signature says about its sender; the signature itself is not checked. */
export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
}

/** Credential=AKIA…/20260315/eu-west-1/ce/aws4_request; an access key of our own may hold a slash. */
const CREDENTIAL = /^AWS4-HMAC-SHA256 Credential=([^,]+)\/\d{8}\/([^/,]+)\/[^/,]+\/aws4_request,/;

/** Reads a Signature Version 4 header. Throws MissingAuthenticationTokenException when there is none. */
export function credentialOf(authorization: string | undefined): Credential {
  const [, accessKeyId, region] = CREDENTIAL.exec(authorization ?? '') ?? [];
  if (accessKeyId !== undefined && region !== undefined) return { accessKeyId, region };
  throw new AwsFailure('MissingAuthenticationTokenException', 'Missing Authentication Token');
}

export interface Permissions {
  readonly accountId: string;
  readonly callers: readonly Caller[];
  /** Actions denied to everybody. */
  readonly denied: readonly string[];
}

/** Throws UnrecognizedClientException when the access key is nobody's. */
export function callerOf({ accessKeyId }: Credential, { callers }: Permissions): Caller {
  const caller = callers.find((candidate) => candidate.accessKeyId === accessKeyId);
  if (caller) return caller;
  throw new AwsFailure(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

/** Throws AccessDeniedException when the caller's role does not allow the action, or the action is denied to everybody. */
export function authorise(caller: Caller, action: string, { accountId, denied }: Permissions): void {
  if (denied.includes(action)) throw accessDenied('with an explicit deny in a service control policy');
  if (!caller.actions.includes(action))
    throw accessDenied(`because no identity-based policy allows the ${action} action`);

  function accessDenied(reason: string): AwsFailure {
    const role = `arn:aws:sts::${accountId}:assumed-role/${caller.name}/${caller.name}`;
    const message = `User: ${role} is not authorized to perform: ${action} on resource: * ${reason}`;
    return new AwsFailure('AccessDeniedException', message);
  }
}
