import { errorKind } from '../../../lambdas/aws/error-kind';

test.each([
  [
    'denied',
    [
      'AccessDenied',
      'AccessDeniedException',
      'UnauthorizedOperation',
      'AuthFailure',
      'OptInRequired',
      'UnrecognizedClientException',
      'InvalidClientTokenId',
    ],
  ],
  ['expired', ['ExpiredToken', 'ExpiredTokenException']],
  [
    'throttled',
    [
      'LimitExceededException',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'TooManyRequestsException',
    ],
  ],
  ['timeout', ['TimeoutError', 'AbortError', 'PushTimeoutError']],
  ['request_cap', ['RequestCapError']],
  ['no_data', ['DataUnavailableException']],
  ['bad_answer', ['AnswerError']],
  ['bad_amount', ['InvalidAmountError']],
  ['gateway', ['PushError']],
  ['other', ['Error', 'ValidationException', '']],
])('an error is counted as %s by any of these names: %j', (kind, names) => {
  expect(names.map((name) => errorKind(named(name)))).toEqual(names.map(() => kind));
});

test('a denial because nobody has opened Cost Explorer yet is counted apart', () => {
  expect(errorKind(named('AccessDeniedException', 'User not enabled for Cost Explorer access'))).toBe(
    'not_enabled',
  );
  expect(errorKind(named('AccessDeniedException', 'not authorized'))).toBe('denied');
  expect(errorKind(named('ThrottlingException', 'not enabled for cost explorer'))).toBe('throttled');
});

test('what is thrown instead of an error is counted by its name, if it has one', () => {
  const thrown = [undefined, null, 'AccessDenied', 7, {}, { name: 'AccessDenied' }];
  expect(thrown.map(errorKind)).toEqual(['other', 'other', 'other', 'other', 'other', 'denied']);
});

function named(name: string, message = 'no'): Error {
  return Object.assign(new Error(message), { name });
}
