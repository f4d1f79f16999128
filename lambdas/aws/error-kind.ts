/** The bounded reasons that failures are counted by. */
export type ErrorKind =
  | 'denied'
  | 'throttled'
  | 'timeout'
  | 'request_cap'
  | 'no_data'
  | 'bad_amount'
  | 'gateway'
  | 'other';

/** Names of errors, as AWS, the SDK, Node.js and this project give them. */
const KINDS: Readonly<Record<string, ErrorKind>> = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnrecognizedClientException: 'denied',
  InvalidClientTokenId: 'denied',
  LimitExceededException: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  TimeoutError: 'timeout',
  AbortError: 'timeout',
  RequestCapError: 'request_cap',
  DataUnavailableException: 'no_data',
  InvalidAmountError: 'bad_amount',
  PushError: 'gateway',
};

export function errorKind(error: unknown): ErrorKind {
  const { name = '' } = Object(error) as { name?: string };
  return KINDS[name] ?? 'other';
}
