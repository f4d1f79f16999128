import {
  commaSeparated,
  httpUrl,
  SENT_ACTIONS,
  sentAction,
  time,
  wholeNumber,
} from '../../lib/local/flag-values';
import { UserError } from '../../lib/user-error';

test.each([
  ['a whole number', wholeNumber(1), '20', 20],
  ['the least', wholeNumber(1, 35), '1', 1],
  ['the most', wholeNumber(1, 35), '35', 35],
  ['a URL', httpUrl, 'http://127.0.0.1:9091', 'http://127.0.0.1:9091'],
  [
    'a URL with a path and slashes at its end',
    httpUrl,
    'https://g.example.com/push//',
    'https://g.example.com/push',
  ],
  ['a day', time, '2026-03-01', new Date('2026-03-01T00:00:00Z')],
  ['a time of UTC', time, '2026-03-01T06:00:00Z', new Date('2026-03-01T06:00:00Z')],
  ['a time of another zone', time, '2026-03-01T06:00+02:00', new Date('2026-03-01T04:00:00Z')],
  ['items with spaces between them', commaSeparated, 'owner-tag, created-by', ['owner-tag', 'created-by']],
  ['an action of the catalog', sentAction, 'ce:GetCostAndUsage', 'ce:GetCostAndUsage'],
  ['an action on the ledger', sentAction, 'dynamodb:Query', 'dynamodb:Query'],
  ['an action of the platform', sentAction, 'sts:AssumeRole', 'sts:AssumeRole'],
])('%s is accepted', (_, read, text, value) => {
  expect(read(text)).toEqual(value);
});

test.each([
  ['a letter', wholeNumber(1), 'x', 'expected a whole number from 1, got "x"'],
  ['too little', wholeNumber(1), '0', 'expected a whole number from 1, got "0"'],
  ['too much', wholeNumber(1, 35), '36', 'expected a whole number from 1 to 35, got "36"'],
  ['a fraction', wholeNumber(0), '1.5', 'expected a whole number from 0, got "1.5"'],
  ['a number too large to be exact', wholeNumber(0), '9007199254740993', /^expected a whole number/],
  [
    'a URL without a protocol',
    httpUrl,
    'localhost:9091',
    'expected an http or https URL such as http://127.0.0.1:9091, got "localhost:9091"',
  ],
  ['a URL of another protocol', httpUrl, 'ftp://a', /, got "ftp:\/\/a"$/],
  ['a word', time, 'foo 1', /^expected a day such as .*, got "foo 1"$/],
  ['a day that does not exist', time, '2026-02-30', /, got "2026-02-30"$/],
  ['a time without a zone', time, '2026-03-01T06:00:00', /, got "2026-03-01T06:00:00"$/],
  [
    'a misspelt action',
    sentAction,
    'ce:GetCostAndUsages',
    'expected an action that is sent, got "ce:GetCostAndUsages"; did you mean ce:GetCostAndUsage?',
  ],
  ['an action in lower case', sentAction, 'iam:listusers', /did you mean iam:ListUsers\?$/],
  ['an action of no service', sentAction, 'foo', `expected one of ${SENT_ACTIONS.join(', ')}, got "foo"`],
])('%s is refused', (_, read, text, message) => {
  expect(() => read(text)).toThrow(UserError);
  expect(() => read(text)).toThrow(message);
});

test.each(['https://ada:secret@g.example.com', 'ftp://ada:secret@g.example.com', 'ada:secret@g.example.com'])(
  'the credentials of %s are not shown',
  (url) => {
    expect(() => httpUrl(url)).toThrow(/^expected an http or https URL(?!.*secret)/);
  },
);
