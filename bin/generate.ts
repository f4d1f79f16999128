import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { type GeneratedFile, generatedFiles } from '../lib/docs/generated-files';

const ROOT = path.join(__dirname, '..');

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
if (values.check) check();
else generatedFiles().forEach(write);

function write(file: GeneratedFile): void {
  const stale = isStale(file);
  if (stale) {
    const target = path.join(ROOT, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.content);
  }
  console.log(`${file.path}: ${stale ? 'written' : 'unchanged'}`);
}

function check(): void {
  const stale = generatedFiles().filter(isStale);
  for (const { path } of stale) console.error(`${path}: stale`);
  if (stale.length === 0) return;
  console.error('run: npm run generate');
  process.exitCode = 1;
}

function isStale({ path: file, content }: GeneratedFile): boolean {
  const target = path.join(ROOT, file);
  return !existsSync(target) || readFileSync(target, 'utf8') !== content;
}
