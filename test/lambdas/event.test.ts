import { readEvent } from '../../lambdas/event';

test('an event has a time, and optionally an account and the permission to replace newer numbers', () => {
  expect(readEvent({ scheduledTime: '2026-03-01T06:00:00Z' })).toEqual({
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
  });
  expect(
    readEvent({ scheduledTime: '2026-03-01T07:00:00+01:00', account: '222233334444', replace: true }),
  ).toEqual({ scheduledTime: new Date('2026-03-01T06:00:00Z'), account: '222233334444', replace: true });
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'expected an object such as {"scheduledTime":"2026-03-01T06:00:00Z"}, got nothing'],
  [
    'the example event of the console',
    { key1: 'value1' },
    'scheduledTime: expected an ISO 8601 time with its zone such as 2026-03-01T06:00:00Z, got nothing; key1: unknown key, expected one of scheduledTime, account, replace',
  ],
  [
    'a time without its zone',
    { scheduledTime: '2026-03-01T06:00:00' },
    'scheduledTime: expected an ISO 8601 time with its zone such as 2026-03-01T06:00:00Z, got "2026-03-01T06:00:00"',
  ],
  [
    'a day that does not exist',
    { scheduledTime: '2026-13-01T06:00:00Z' },
    'scheduledTime: expected a time that exists such as 2026-03-01T06:00:00Z, got "2026-13-01T06:00:00Z"',
  ],
  [
    'an account that is a number',
    { scheduledTime: '2026-03-01T06:00:00Z', account: 222233334444 },
    'account: expected an account id of twelve digits such as 111122223333, got 222233334444',
  ],
  [
    'a typo',
    { scheduledTime: '2026-03-01T06:00:00Z', acount: '222233334444' },
    'acount: unknown key, did you mean "account"?',
  ],
])('%s is an error with an example', (_, input, message) => {
  expect(() => readEvent(input)).toThrow(new Error(`event: ${message}`));
});
