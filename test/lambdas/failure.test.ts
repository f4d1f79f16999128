import { attempt, describeFailures, type Failure, failure } from '../../lambdas/failure';
import { PushError } from '../../lambdas/sinks/push-error';

test('a failure has the reason and the message of its error, in one line', () => {
  const error = Object.assign(new Error('not\n  authorized'), { name: 'AccessDenied' });
  expect(failure('role_resources', error, 'eu-west-1')).toEqual({
    part: 'role_resources',
    subject: 'eu-west-1',
    reason: 'denied',
    message: 'not authorized',
  });
});

test('a failure of a complete part has no subject', () => {
  expect(failure('users', new Error('no'))).toEqual({ part: 'users', reason: 'other', message: 'no' });
});

test('a failed push is described without its job, which is the subject', () => {
  const error = new PushError({ job: 'IAM_User_Details', groupingKey: {} }, 'no answer');
  expect(failure('push', error, 'IAM_User_Details').message).toBe('no answer');
});

test.each([
  ['a string', 'a string'],
  [undefined, 'undefined'],
])('%p, thrown instead of an error, is its own message', (thrown, message) => {
  expect(failure('users', thrown)).toEqual({ part: 'users', reason: 'other', message });
});

test('an attempt has the result of its operation, or its failure', async () => {
  expect(await attempt('users', async () => 7)).toEqual({ value: 7, failures: [] });
  expect(await attempt('users', () => Promise.reject(new Error('no')), 'eu-west-1')).toEqual({
    failures: [{ part: 'users', subject: 'eu-west-1', reason: 'other', message: 'no' }],
  });
});

test('each cause is described once, after up to three of its subjects', () => {
  const push = (subject: string): Failure => ({
    part: 'push',
    subject,
    reason: 'gateway',
    message: 'no answer',
  });
  const users: Failure = { part: 'users', reason: 'denied', message: 'not authorized' };
  expect(describeFailures([push('a'), users, push('b'), push('c')])).toBe(
    'push a, push b, push c: no answer (gateway); users: not authorized (denied)',
  );
  expect(describeFailures(['a', 'b', 'c', 'd', 'e'].map(push))).toBe(
    'push a, push b, push c and 2 more: no answer (gateway)',
  );
});
