import { findingsIn } from './findings';
import { OPENINGS, PHRASES } from './phrases';
import { proseIn } from './prose';

const asPage = (text: string) =>
  findingsIn('page.md', text).map(({ line, words }) => `${line}: ${words.replace(/\s+/g, ' ')}`);
const asCode = (text: string) =>
  findingsIn('code.ts', text).map(({ line, words }) => `${line}: ${words.replace(/\s+/g, ' ')}`);

test.each(PHRASES)('$example: found, and its replacement is not', ({ example, instead }) => {
  expect(asPage(example)).toHaveLength(1);
  expect(asPage(instead)).toEqual([]);
});

test.each(OPENINGS)('a comment that opens with "$example" is found', ({ example }) => {
  expect(findingsIn('code.ts', `/** ${example} */`)).toHaveLength(1);
});

test('a phrase is found in a comment, a string and a page, and not in code', () => {
  expect(asCode('// read anew\nconst a = 1;')).toEqual(['1: anew']);
  expect(asCode("const a = 1;\nthrow new Error('read anew');")).toEqual(['2: anew']);
  expect(asCode('const anew = texts.folded;')).toEqual([]);
  expect(asPage('# Title\n\nIt is read anew.')).toEqual(['3: anew']);
});

test('a phrase is found across a line break and reported at its first line', () => {
  expect(asPage('one\nafter a whole\nrun it goes')).toEqual(['2: whole run']);
  expect(asCode('const a = 1;\n/**\n * After a whole\n * run it goes.\n */')).toEqual(['3: whole run']);
  expect(asCode('// Deleted after a whole\n// run.')).toEqual(['1: whole run']);
});

test('a phrase in backticks is a quotation', () => {
  expect(asPage('Do not write `whole run`.')).toEqual([]);
  expect(asCode('// Do not write `whole run`.')).toEqual([]);
});

test('a fragment is found at the start of a comment only', () => {
  expect(asCode('/** Of HTTP. */')).toEqual(['1: Of']);
  expect(asCode('// Returns the rows of HTTP. What else it does is a secret.')).toEqual([]);
  expect(asCode('/** `of` as an argument. */')).toEqual([]);
  expect(asPage('Of HTTP.')).toEqual([]);
});

test('generated parts of a page and program output are checked in their source', () => {
  expect(asPage('```sh\n# read anew\n```\n\n```\na whole run\n```')).toEqual(['2: anew']);
  expect(asPage('<!-- generated: a -->\na whole run\n<!-- end: a -->\nanew')).toEqual(['4: anew']);
});

test('quotation marks in a regular expression and in a comment start no string', () => {
  const strings = proseIn('code.ts', "const a = /[\"'`]/; // don't\nconst b = 'text';");
  expect(strings.map(({ kind, text }) => [kind, text.trim()])).toEqual([
    ['comment', "don't"],
    ['string', 'text'],
  ]);
});

test('comments of YAML are comments', () => {
  expect(findingsIn('compose.yaml', 'a: b # of the host\n').map(({ line }) => line)).toEqual([1]);
});
