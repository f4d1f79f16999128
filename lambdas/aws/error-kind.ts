import type { Reason } from '../catalog/label-values';

/** The reason for each name of an error of AWS, the SDK, Node.js or this project. */
const KINDS: Readonly<Record<string, Reason>> = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  AuthFailure: 'denied',
  OptInRequired: 'denied',
  UnrecognizedClientException: 'denied',
  InvalidClientTokenId: 'denied',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  LimitExceededException: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
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
  AnswerError: 'bad_answer',
  InvalidAmountError: 'bad_amount',
  PushError: 'gateway',
};

/** Cost Explorer denies requests in an account where nobody has opened it yet. */
const NOT_ENABLED = /not enabled for cost explorer/i;

/** Returns the reason by which an error is counted. */
export function errorKind(error: unknown): Reason {
  const { name = '', message = '' } = Object(error) as { name?: string; message?: string };
  const kind = KINDS[name] ?? 'other';
  return kind === 'denied' && NOT_ENABLED.test(message) ? 'not_enabled' : kind;
}
