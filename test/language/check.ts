import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { findingsIn } from './findings';

/** Files and folders that are checked. Add a line to widen the check. */
const COVERED = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'README.md',
  '.github',
  'bin',
  'docs',
  'examples',
  'lambdas',
  'lib',
  'test',
];

/** Files whose prose is checked elsewhere, or that quote the phrases. */
const EXEMPT = [
  'docs/metrics.md', // generated from lambdas/catalog
  'docs/alerts/', // generated from lib/alerts
  'test/language/phrases.ts',
  'test/language/findings.test.ts',
];

const ROOT = path.join(__dirname, '..', '..');

/** Prints every forbidden phrase of the given paths, or of the covered ones, and fails if there is one. */
function check(paths: readonly string[]): void {
  const lines = filesOf(paths).flatMap((file) =>
    findingsIn(file, readFileSync(path.join(ROOT, file), 'utf8')).map(
      ({ line, words, phrase }) =>
        `${file}:${line}: "${words.replace(/\s+/g, ' ')}": write ${phrase.instead} (${phrase.why})`,
    ),
  );
  for (const line of lines) console.error(line);
  if (lines.length > 0)
    console.error(`${lines.length} forbidden phrases; the list is test/language/phrases.ts`);
  process.exitCode = lines.length > 0 ? 1 : 0;
}

function filesOf(paths: readonly string[]): string[] {
  return paths
    .flatMap((name) => below(name))
    .filter((file) => !EXEMPT.some((exempt) => file.startsWith(exempt)))
    .sort();
}

/** Returns the file of that name, or every file below the folder of that name. */
function below(name: string): string[] {
  const found = path.join(ROOT, name);
  if (statSync(found).isFile()) return [name];
  const names = readdirSync(found, { recursive: true, encoding: 'utf8' });
  return names
    .map((entry) => path.join(name, entry))
    .filter((file) => statSync(path.join(ROOT, file)).isFile());
}

const given = process.argv.slice(2);
check(given.length > 0 ? given : COVERED);
