import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import { FlagError } from '../lib/local/flag-error';
import { wholeNumber } from '../lib/local/flag-values';
import { startServeDemo } from '../lib/local/serve-demo';
import { collectorsIn } from '../lib/serve/collectors-in';
import { scrapeConfig } from '../lib/serve/scrape-config';
import { type Serving, serve } from '../lib/serve/serve';
import { demoSettings, type ServeFlags, serveSettings } from '../lib/serve/settings-file';
import { UserError } from '../lib/user-error';

const WRONG_FLAGS = 2;

interface ServeOptions extends ServeFlags {
  readonly settings?: string;
  readonly demo: boolean;
  readonly collector: readonly string[];
  readonly catalog: boolean;
}

const AFTER_HELP = `
AWS is read with the SDK's usual credentials (environment, profile, web identity, container), in the Region of AWS_REGION.
docs/serve.md has the paths, the files and the signals.

Exit status:
  0    stopped by SIGTERM or SIGINT
  1    it could not start
  2    a flag is invalid
  130  stopped at once by a second signal`;

new Command('serve')
  .description('Runs the collectors on their schedules and serves their metrics to Prometheus.')
  .option('--settings <file>', 'JSON file with the settings (default: context "tollgate" of cdk.json)')
  .option('--host <host>', 'serve.host: address to listen on (default: 127.0.0.1)')
  .addOption(port())
  .option('--data-dir <folder>', 'serve.dataDir: folder of the snapshot and the ledger')
  .option(
    '--collector <file>',
    'module of JavaScript that exports collectors of your own; may be repeated (docs/own-collector.md)',
    (file: string, files: readonly string[]) => [...files, file],
    [],
  )
  .option('--no-catalog', "run only collectors of your own, and none of Tollgate's")
  .option('--demo', 'serve a simulated AWS with a generated bill; needs no credentials', false)
  .showHelpAfterError('npm run serve -- --help lists the flags')
  .addHelpText('after', AFTER_HELP)
  .exitOverride()
  .action(run)
  .parseAsync()
  .catch(fail);

function port(): Option {
  const read = wholeNumber(1, 65_535);
  return new Option('--port <n>', 'serve.port: port to listen on (default: 9464)').argParser((text) => {
    try {
      return read(text);
    } catch (error) {
      throw new FlagError(`--port: ${(error as Error).message}`);
    }
  });
}

async function run(options: ServeOptions): Promise<void> {
  const { settings: file, demo, collector, catalog, ...flags } = options;
  const collectors = (await Promise.all(collector.map(imported))).flat();
  if (!demo)
    return untilSignal(await serve({ settings: serveSettings({ file, flags }), collectors, catalog, warn }));
  const settings = demoSettings({ file, flags });
  const simulated = await startServeDemo(settings);
  for (const [name, value] of Object.entries(simulated.environment)) setVariable(name, value);
  const dataDir = flags.dataDir ?? simulated.dataDir;
  const demoServe = { ...settings, serve: { ...settings.serve, dataDir } };
  const serving = await serve({ settings: demoServe, collectors, catalog, warn });
  warn(
    `the demo bill is at ${serving.url}/metrics; Prometheus scrapes it with:\n${scrapeConfig(serving.url)}`,
  );
  untilSignal({ ...serving, stop: () => serving.stop().finally(simulated.stop) });
}

/** Returns the collectors of a module, which is found as seen from the current folder. */
async function imported(file: string) {
  const exported = await import(pathToFileURL(path.resolve(file)).href).catch((error: Error) => {
    throw new UserError(`--collector ${file}: expected a module that can be imported, got: ${error.message}`);
  });
  return collectorsIn(`--collector ${file}`, exported);
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** Stops at the first signal, and exits at once at the second. */
function untilSignal(serving: Serving): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (isStopping) process.exit(130);
      isStopping = true;
      warn('stopping …');
      serving.stop().then(() => process.exit(0), fail);
    });
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints the message of a user error, or the stack of a defect. Commander has already printed its own errors. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) process.exit(error.exitCode && WRONG_FLAGS);
  warn(error instanceof UserError ? error.message : ((error as Error).stack ?? String(error)));
  process.exit(error instanceof FlagError ? WRONG_FLAGS : 1);
}
