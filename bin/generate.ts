import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Command, Option } from 'commander';
import type { Origin } from '../lib/alerts/origin';
import { type GeneratedFile, generatedFiles, monitoringSet, ORIGIN } from '../lib/docs/generated-files';

const ROOT = path.join(__dirname, '..');

const ORIGINS = { scraped: 'pushgateway', written: 'remote-write' } as const;

interface GenerateOptions {
  readonly check?: true;
  readonly delivery?: 'scraped' | 'written';
  readonly exporter?: true;
  readonly out?: string;
}

const command = new Command('generate')
  .description(
    'Writes the generated files: docs, and the dashboards and alerts that fit the sinks in cdk.json. With --out, writes dashboards and alerts alone, to another folder.',
  )
  .addOption(
    new Option('--check', 'write nothing; fail if a file is stale').conflicts([
      'out',
      'delivery',
      'exporter',
    ]),
  )
  .option('--out <folder>', 'write the dashboards and alerts there instead of docs')
  .addOption(
    new Option(
      '--delivery <kind>',
      'numbers that Prometheus scrapes, or that runs write to it; needs --out',
    ).choices(['scraped', 'written']),
  )
  .option('--exporter', 'scraped from `npm run serve` instead of a Pushgateway; needs --out')
  .showHelpAfterError('npm run generate -- --help lists the flags')
  .action(run);

command.parse();

function run(options: GenerateOptions): void {
  const { check, delivery, exporter, out } = options;
  if (exporter && delivery === 'written')
    command.error('error: --exporter: expected --delivery scraped or none, got --delivery written');
  if ((delivery || exporter) && !out)
    command.error(
      `error: ${delivery ? '--delivery' : '--exporter'}: expected --out with a folder, because docs holds the set for the sinks in cdk.json`,
    );
  if (check) checkAll();
  else if (out) for (const file of monitoringSet(originOf(options))) write(file, path.resolve(out));
  else for (const file of generatedFiles()) write(file, ROOT);
}

function originOf({ delivery, exporter }: GenerateOptions): Origin {
  if (exporter) return 'exporter';
  return delivery ? ORIGINS[delivery] : ORIGIN;
}

function write(file: GeneratedFile, folder: string): void {
  const stale = isStale(file, folder);
  if (stale) {
    const target = path.join(folder, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.content);
  }
  console.log(`${file.path}: ${stale ? 'written' : 'unchanged'}`);
}

function checkAll(): void {
  const stale = generatedFiles().filter((file) => isStale(file, ROOT));
  for (const { path } of stale) console.error(`${path}: stale`);
  if (stale.length === 0) return;
  console.error('run: npm run generate');
  process.exitCode = 1;
}

function isStale({ path: file, content }: GeneratedFile, folder: string): boolean {
  const target = path.join(folder, file);
  return !existsSync(target) || readFileSync(target, 'utf8') !== content;
}
