import type { Reason } from '../catalog/label-values';

/** Names of errors, as AWS, the SDK, Node.js and this project give them. */
const KINDS: Readonly<Record<string, Reason>> = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  AuthFailure: 'denied',
  OptInRequired: 'denied',
  UnrecognizedClientException: 'denied',
  InvalidClientTokenId: 'denied',
  ExpiredToken: 'denied',
  ExpiredTokenException: 'denied',
  LimitExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  TimeoutError: 'timeout',
  AbortError: 'timeout',
  PushTimeoutError: 'timeout',
  RequestCapError: 'request_cap',
  DataUnavailableException: 'no_data',
  InvalidAmountError: 'bad_amount',
  PushError: 'gateway',
};

/** Cost Explorer answers a denial where nobody has opened it yet. */
const NOT_ENABLED = /not enabled for cost explorer/i;

export function errorKind(error: unknown): Reason {
  const { name = '', message = '' } = Object(error) as { name?: string; message?: string };
  const kind = KINDS[name] ?? 'other';
  return kind === 'denied' && NOT_ENABLED.test(message) ? 'not_enabled' : kind;
}
