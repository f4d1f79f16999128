import * as v from 'valibot';
import { checkInput } from '../../lambdas/catalog/check-input';
import { expected, objectOf } from '../../lambdas/catalog/setting-types';

const WORD = v.string(expected('a word'));
const SCHEMA = objectOf(
  {
    word: v.optional(WORD, 'default'),
    externalId: v.optional(v.pipe(v.string(), v.regex(/^never$/, expected('an id')))),
    secretArn: v.optional(v.pipe(v.string(), v.regex(/^never$/, expected('an ARN')))),
    pageUrl: v.optional(v.pipe(v.string(), v.regex(/^never$/, expected('a URL')))),
    items: v.optional(v.array(objectOf({ word: WORD }, '{"word":"a"}'), expected('an array such as [1]'))),
    names: v.optional(v.record(v.string(), v.pipe(WORD, v.regex(/^\w+$/, expected('a word'))))),
    gone: v.optional(v.never(expected('no such setting any more'))),
  },
  '{"word":"a"}',
);

test('the value has its defaults', () => {
  expect(checkInput(SCHEMA, { names: { anything: 'a' } })).toEqual({
    value: { word: 'default', names: { anything: 'a' } },
  });
});

test.each<[unknown, string]>([
  [null, 'null'],
  [7, '7'],
  [Number.NaN, 'NaN'],
  [true, 'true'],
  [[], 'an empty array'],
  [['a'], 'another array'],
  [{ a: 1 }, 'an object'],
])('%j instead of a word is described as %s', (word, shown) => {
  expect(problems({ word })).toEqual([`word: expected a word, got ${shown}`]);
});

test('an input that is no object has no path', () => {
  expect(problems(undefined)).toEqual(['expected an object such as {"word":"a"}, got nothing']);
  expect(problems(null)).toEqual(['expected an object such as {"word":"a"}, got null']);
  expect(problems('text')).toEqual([`expected an object such as {"word":"a"}, got ${HIDDEN(4)}`]);
});

const CUT = (start: string) => `"${start}…", whose end is not shown because it may be secret`;
const HIDDEN = (characters: number) =>
  `a string of ${characters} characters, which is not shown because it may be secret`;

test.each([
  [{ externalId: 'hunter2' }, `externalId: expected an id, got ${HIDDEN(7)}`],
  [{ externalId: '\n' }, `externalId: expected an id, got ${HIDDEN(1)}`],
  [{ externalId: '' }, 'externalId: expected an id, got ""'],
  [{ secretArn: 'hunter2' }, `secretArn: expected an ARN, got ${HIDDEN(7)}`],
  [{ secretArn: 'my arn:aws:' }, `secretArn: expected an ARN, got ${HIDDEN(11)}`],
  [{ secretArn: 'arn:aws:' }, 'secretArn: expected an ARN, got "arn:aws:"'],
  [{ pageUrl: 'https://u:p@x' }, `pageUrl: expected a URL, got ${CUT('https://')}`],
  [{ pageUrl: 'https://u:p/w@x' }, `pageUrl: expected a URL, got ${CUT('https://')}`],
  [{ pageUrl: 'https://x?t' }, `pageUrl: expected a URL, got ${CUT('https://x')}`],
  [{ pageUrl: 'https://x#t' }, `pageUrl: expected a URL, got ${CUT('https://x')}`],
  [{ pageUrl: 'https://x.y:80/t' }, `pageUrl: expected a URL, got ${CUT('https://x.y:80')}`],
  [{ pageUrl: 'u:hunter2@x' }, `pageUrl: expected a URL, got ${HIDDEN(11)}`],
  [{ pageUrl: 'hunter2' }, `pageUrl: expected a URL, got ${HIDDEN(7)}`],
  [{ pageUrl: 'gateway' }, 'pageUrl: expected a URL, got "gateway"'],
  [{ pageUrl: 'localhost:9091' }, 'pageUrl: expected a URL, got "localhost:9091"'],
  [{ pageUrl: 'https://x' }, 'pageUrl: expected a URL, got "https://x"'],
  [{ names: { a: 'Basic dXNlcjpodW50ZXIyMjI=' } }, `names.a: expected a word, got ${HIDDEN(26)}`],
  [{ names: { a: 'c4N4rY7f3Kq9Zx2L sg-0a1b2c3d4e5f6a7b8' } }, `names.a: expected a word, got ${HIDDEN(37)}`],
  [{ names: { a: 'sg-0a1b2c3d4e5f6a7b8 c4N4rY7f3Kq9Zx2L' } }, `names.a: expected a word, got ${HIDDEN(37)}`],
  [{ names: { a: '%68%75%6e' } }, `names.a: expected a word, got ${HIDDEN(9)}`],
  [{ names: { a: 'above 5 %a' } }, 'names.a: expected a word, got "above 5 %a"'],
  [{ names: { a: '1111222233334444 !' } }, 'names.a: expected a word, got "1111222233334444 !"'],
  [{ names: { 'Bearer x': 'a b' } }, 'names.(a key of 8 characters): expected a word, got "a b"'],
])('of the string in %j no more is shown than is safe', (input, problem) => {
  expect(problems(input)).toEqual([problem]);
});

test.each(['other-externalId', 'externalIds', 'ArnCount', 'urlCount'])(
  'a string is shown below the key %s',
  (key) => {
    expect(problems({ names: { [key]: 'u:p x' } })).toEqual([`names.${key}: expected a word, got "u:p x"`]);
  },
);

test('a key is shown unless it resembles a secret', () => {
  expect(problems({ colour: 1, 'Authorization: Basic x': 1, c4N4rY7f3Kq9Zx2LmW8: 1 })).toEqual([
    expect.stringMatching(/^colour: unknown key/),
    expect.stringMatching(/^\(a key of 22 characters\): unknown key/),
    expect.stringMatching(/^\(a key of 19 characters\): unknown key/),
  ]);
});

test('the id of a resource is shown, because it is no secret', () => {
  expect(problems({ names: { a: '!', b: 'sg-0a1b2c3d4e5f6a7b8' } })).toContain(
    'names.b: expected a word, got "sg-0a1b2c3d4e5f6a7b8"',
  );
});

test('a known key that may have no value is not an unknown key', () => {
  expect(problems({ gone: 1 })).toEqual(['gone: expected no such setting any more, got 1']);
});

test('a string is shown up to its 80th character', () => {
  const shown = (length: number) => problems({ names: { a: `-${'x'.repeat(length - 1)}` } });
  expect(shown(80)).toEqual([`names.a: expected a word, got "-${'x'.repeat(79)}"`]);
  expect(shown(81)).toEqual([`names.a: expected a word, got "-${'x'.repeat(79)}…"`]);
});

test('every problem is named, those of values before unknown keys', () => {
  expect(
    problems({
      words: 'a',
      word: 1,
      items: [{ word: 'a' }, { word: 2, first: 1, second: 2 }],
      names: { x: 3 },
    }),
  ).toEqual([
    'word: expected a word, got 1',
    'items.1.word: expected a word, got 2',
    'names.x: expected a word, got 3',
    'words: unknown key, did you mean "word"?',
    'items.1.first: unknown key, expected one of word',
    'items.1.second: unknown key, expected one of word',
  ]);
});

test.each([[{ items: null }], [{ items: {} }], [{ items: 'a' }]])(
  '%j has a wrong value and no unknown key',
  (input) => {
    expect(problems(input)).toEqual([expect.stringMatching(/^items: expected an array such as \[1\], got /)]);
  },
);

function problems(input: unknown): readonly string[] | undefined {
  return checkInput(SCHEMA, input).problems;
}
