import { readEvent } from '../../lambdas/event';

test('an event has a time, and optionally an account and the permission to replace newer numbers', () => {
  expect(readEvent({ scheduledTime: '2026-03-01T06:00:00Z' })).toEqual({
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
  });
  expect(
    readEvent({ scheduledTime: '2026-03-01T07:00:00+01:00', account: '222233334444', replace: true }),
  ).toEqual({ scheduledTime: new Date('2026-03-01T06:00:00Z'), account: '222233334444', replace: true });
});

test.each([
  ['a day', '2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['hours and minutes', '2026-03-01T06:30Z', '2026-03-01T06:30:00.000Z'],
  ['fractions of a second', '2026-03-01T06:00:00.123Z', '2026-03-01T06:00:00.123Z'],
  ['a zone west of Greenwich', '2026-03-01T01:00:00-05:00', '2026-03-01T06:00:00.000Z'],
])('a time may be %s', (_, scheduledTime, expected) => {
  expect(readEvent({ scheduledTime }).scheduledTime.toISOString()).toBe(expected);
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
    'no time at all',
    { scheduledTime: 'yesterday' },
    'scheduledTime: expected an ISO 8601 time with its zone such as 2026-03-01T06:00:00Z, got "yesterday"',
  ],
  [
    'a day that does not exist',
    { scheduledTime: '2026-13-01T06:00:00Z' },
    'scheduledTime: expected a time that exists such as 2026-03-01T06:00:00Z, got "2026-13-01T06:00:00Z"',
  ],
  [
    'a time after other text',
    { scheduledTime: 'on 2026-03-01' },
    'scheduledTime: expected an ISO 8601 time with its zone such as 2026-03-01T06:00:00Z, got "on 2026-03-01"',
  ],
  [
    'a time before other text',
    { scheduledTime: '2026-03-01 (noon)' },
    'scheduledTime: expected an ISO 8601 time with its zone such as 2026-03-01T06:00:00Z, got "2026-03-01 (noon)"',
  ],
  [
    'permission that is a string',
    { scheduledTime: '2026-03-01T06:00:00Z', replace: 'no' },
    'replace: expected true or false, got "no"',
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
