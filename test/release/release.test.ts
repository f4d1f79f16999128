import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { release } from '../../lib/release/release';

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-01-01

- The first.
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollgate-release-'));
  git('init', '--quiet', '--initial-branch=main');
  for (const [key, value] of IDENTITY) git('config', key, value);
  write('CHANGELOG.md', CHANGELOG);
  write('package.json', json({ name: 'tollgate', version: '0.1.0', dependencies: { other: '0.1.0' } }));
  write(
    'package-lock.json',
    json({
      version: '0.1.0',
      packages: { '': { version: '0.1.0' }, 'node_modules/other': { version: '0.1.0' } },
    }),
  );
  commit();
});
afterEach(() => rmSync(folder, { recursive: true }));

test('moves the entries, sets the version, commits, and tags with the entries', () => {
  expect(run('0.2.0')).toBe('### Added\n\n- A thing.');
  expect(read('CHANGELOG.md')).toBe(`# Changelog

## [Unreleased]

## [0.2.0] - 2026-03-01

### Added

- A thing.

## [0.1.0] - 2026-01-01

- The first.
`);
  expect(JSON.parse(read('package.json'))).toMatchObject({
    version: '0.2.0',
    dependencies: { other: '0.1.0' },
  });
  expect(JSON.parse(read('package-lock.json'))).toEqual({
    version: '0.2.0',
    packages: { '': { version: '0.2.0' }, 'node_modules/other': { version: '0.1.0' } },
  });
  expect(git('log', '-1', '--format=%s')).toBe('chore: release 0.2.0');
  expect(git('status', '--porcelain')).toBe('');
  expect(git('for-each-ref', '--format=%(objecttype) %(contents)', 'refs/tags/v0.2.0')).toBe(
    'tag 0.2.0\n\n### Added\n\n- A thing.',
  );
});

test('the version in package.json can be released once', () => {
  run('0.1.1');
  expect(() => run('0.1.1')).toThrow('expected a new version, got 0.1.1, which has the tag v0.1.1');
});

test('a dry run returns the entries and changes nothing', () => {
  expect(run('0.2.0', true)).toBe('### Added\n\n- A thing.');
  expect([git('status', '--porcelain'), git('tag'), git('rev-list', '--count', 'HEAD')]).toEqual([
    '',
    '',
    '1',
  ]);
});

test.each<[string, () => void, string, string]>([
  ['a version of another form', () => {}, 'v0.2', 'expected a version such as 1.2.3, got "v0.2"'],
  [
    'an older version',
    () => {},
    '0.0.9',
    'expected a version from 0.1.0, the one in package.json, got 0.0.9',
  ],
  [
    'another branch',
    () => git('switch', '--quiet', '-c', 'topic'),
    '0.2.0',
    'expected the branch main, got topic',
  ],
  ['a file that is not committed', () => write('new.txt', ''), '0.2.0', 'expected a clean tree'],
  [
    'no entries',
    () => changelog('## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n'),
    '0.2.0',
    'expected entries below',
  ],
  [
    'no heading',
    () => changelog('# Changelog\n'),
    '0.2.0',
    'expected the heading "## [Unreleased]", got none',
  ],
  [
    'a section of that version',
    () => changelog(`${CHANGELOG}\n## [0.2.0]\n`),
    '0.2.0',
    'expected no section of 0.2.0, got one',
  ],
])('refuses %s and changes nothing', (_, prepare, version, message) => {
  prepare();
  const before = state();
  expect(() => run(version)).toThrow(message);
  expect(state()).toEqual(before);
});

const IDENTITY = [
  ['user.name', 'Test'],
  ['user.email', 'test@example.com'],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
] as const;

function run(version: string, dryRun = false): string {
  return release({ folder, version, date: '2026-03-01', dryRun });
}

function changelog(page: string): void {
  write('CHANGELOG.md', page);
  commit();
}

function state(): string[] {
  return [git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('tag'), read('CHANGELOG.md')];
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test: a state');
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function read(file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}

function write(file: string, content: string): void {
  writeFileSync(path.join(folder, file), content);
}
