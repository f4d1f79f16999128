import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { release } from '../lib/release/release';

const USAGE = 'usage: npm run release -- X.Y.Z [--dry-run]';

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const [version, ...rest] = positionals;
  if (version === undefined || rest.length > 0) throw new Error(USAGE);
  const dryRun = values['dry-run'];
  const date = new Date().toISOString().slice(0, 10);
  console.log(release({ folder: path.join(__dirname, '..'), version, date, dryRun }));
  console.log(dryRun ? `\nnothing was changed: without --dry-run, this becomes v${version}` : next(version));
}

function next(version: string): string {
  return `\ncommitted and tagged v${version}; to publish it: git push --follow-tags origin main`;
}
