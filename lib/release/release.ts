import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { releaseChangelog } from './changelog';

interface ReleaseOptions {
  /** The root of the repository. */
  readonly folder: string;
  /** `1.2.3` */
  readonly version: string;
  /** `2026-03-01`, the date in the changelog. */
  readonly date: string;
  /** Checks everything and changes nothing. */
  readonly dryRun: boolean;
}

/**
 * Releases a version: moves the changelog's unreleased entries below it, sets it in package.json, commits and tags.
 * Nothing is pushed. Returns the release notes. Throws when the repository is not ready.
 */
export function release({ folder, version, date, dryRun }: ReleaseOptions): string {
  const git = gitIn(folder);
  checkVersion(version, readVersion(folder));
  checkRepository(git, version);
  const { page, notes } = releaseChangelog(read(folder, 'CHANGELOG.md'), version, date);
  if (dryRun) return notes;
  write(folder, 'CHANGELOG.md', page);
  for (const file of VERSIONED) write(folder, file, withVersion(read(folder, file), version));
  git(['commit', '--quiet', '--message', `chore: release ${version}`, '--', 'CHANGELOG.md', ...VERSIONED]);
  // Without `verbatim`, git takes the headings, which begin with #, for comments.
  git(['tag', '--annotate', '--cleanup=verbatim', '--file=-', `v${version}`], `${version}\n\n${notes}\n`);
  return notes;
}

/** Files whose `version` is the project's; the lock file has it twice. */
const VERSIONED = ['package.json', 'package-lock.json'];

type Git = (args: readonly string[], input?: string) => string;

function gitIn(cwd: string): Git {
  return (args, input) => execFileSync('git', args, { cwd, input, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function checkVersion(version: string, current: string): void {
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version))
    throw new Error(`expected a version such as 1.2.3, got "${version}"`);
  if (compareVersions(version, current) < 0)
    throw new Error(`expected a version from ${current}, the one in package.json, got ${version}`);
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function checkRepository(git: Git, version: string): void {
  const branch = git(['rev-parse', '--abbrev-ref', 'HEAD']);
  if (branch !== 'main') throw new Error(`expected the branch main, got ${branch}: git switch main`);
  const changes = git(['status', '--porcelain']);
  if (changes !== '')
    throw new Error(`expected a clean tree, got these changes: commit or stash them\n${changes}`);
  if (git(['tag', '--list', `v${version}`]) !== '')
    throw new Error(`expected a new version, got ${version}, which has the tag v${version}`);
}

function readVersion(folder: string): string {
  return (JSON.parse(read(folder, 'package.json')) as { version: string }).version;
}

/** Sets the version of the project, but not of its packages. */
function withVersion(file: string, version: string): string {
  const parsed = JSON.parse(file) as { version: string; packages?: { '': { version: string } } };
  parsed.version = version;
  if (parsed.packages) parsed.packages[''].version = version;
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

function read(folder: string, file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}

function write(folder: string, file: string, content: string): void {
  writeFileSync(path.join(folder, file), content);
}
