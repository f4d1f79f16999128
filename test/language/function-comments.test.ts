import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

test.each(['bin', 'lambdas', 'lib'])('in %s, the doc comment of a function begins with a verb', (folder) => {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts')).map((file) => path.join(folder, file));
  expect(
    sources.flatMap((file) =>
      withoutVerb(readFileSync(path.join(ROOT, file), 'utf8')).map((words) => [file, words]),
    ),
  ).toEqual([]);
});

test.each([
  ['/** Returns the sum. */\nexport function sum() {}', []],
  ['/** @throws Error for no number. */\nfunction demand() {}', []],
  ['/**\n * The sum of all.\n */\nexport async function sum() {}', ['The sum of all.']],
  ['/** Sums are exact. */\nconst SUM = 0;\nfunction sum() {}', []],
  ['/** Users without cost. */\nfunction* idle() {}', ['Users without cost.']],
])('a function whose comment begins with something else is found: %j', (code, found) => {
  expect(withoutVerb(code)).toEqual(found);
});

/** Returns the first line of each comment above a function that does not begin with a verb in the third person. */
function withoutVerb(code: string): string[] {
  const comments = code.matchAll(
    /\/\*\*[\s*]*((?:(?!\*\/).)*?)\s*(?:\*\/|\n(?:(?!\*\/)[\s\S])*?\*\/)\n(?:export )?(?:async )?function\b/g,
  );
  return [...comments].map(([, line = '']) => line).filter((line) => !VERB.test(line) || PLURAL.test(line));
}

const VERB = /^([A-Z][a-z]+s,? |@throws )/;

/** Nouns that look like a verb in the third person. */
const PLURAL =
  /^(Accounts|Collectors|Costs|Days|Instances|Panels|Projects|Regions|Resources|Roles|Rows|Samples|Services|Tags|This|Times|Titles|Users|Values) /;
