import { isUnreachable } from '../../lambdas/unreachable';

test.each<[string, object, boolean]>([
  ['an unknown host', { code: 'ENOTFOUND' }, true],
  ['a DNS server without an answer', { code: 'EAI_AGAIN' }, true],
  ['a refused connection', { code: 'ECONNREFUSED' }, true],
  ['a reset connection', { name: 'TimeoutError', code: 'ECONNRESET' }, true],
  ['an answer that never came', { name: 'TimeoutError', $metadata: { attempts: 5 } }, true],
  ['the end of the run', { name: 'AbortError' }, false],
  ['a denial', { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }, false],
  [
    'an error of AWS after a reset connection',
    { code: 'ECONNRESET', $metadata: { httpStatusCode: 500 } },
    false,
  ],
  ['any other error', {}, false],
])('%s: %j is unreachable: %p', (_, properties, expected) => {
  expect(isUnreachable(Object.assign(new Error('no'), properties))).toBe(expected);
});

test('a value that is no error is not unreachable', () => {
  expect(isUnreachable(undefined)).toBe(false);
});
