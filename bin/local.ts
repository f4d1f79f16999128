import { createInterface } from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import { type BackfillFlags, runBackfill } from '../lib/backfill/command';
import { progressOn } from '../lib/backfill/progress';
import { configuredSinks, readSettings } from '../lib/config';
import { type SinksOptions, sinks } from '../lib/ledger/sinks';
import { demo } from '../lib/local/demo';
import type { DemoOptions } from '../lib/local/demo-options';
import type { Outcome } from '../lib/local/demo-world';
import { FlagError } from '../lib/local/flag-error';
import { cdkContext } from '../lib/local/synthesise';
import { monthlyPrices, priceTable } from '../lib/price';
import { UserError } from '../lib/user-error';
import { backfillCommand } from './backfill-command';
import { demoCommand } from './demo-command';
import { sinksCommand } from './sinks-command';

// The SDK would warn at each start with a Node.js that AWS supports only for some months more.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const WRONG_FLAGS = 2;
const STATUSES: Readonly<Record<Outcome, number>> = { complete: 0, incomplete: 1, interrupted: 130 };

const program = new Command('tollgate').description('The suite on this machine.');
program.addCommand(demoCommand(runDemo));
program.addCommand(backfillCommand(backfill));
program.addCommand(sinksCommand(runSinks));
program
  .command('plan')
  .description('Prints the Cost Explorer requests that the settings of cdk.json cause, and their price.')
  .action(() => {
    const settings = readSettings(cdkContext().tollgate);
    process.stdout.write(priceTable(monthlyPrices(settings)));
  });
for (const command of [program, ...program.commands]) command.exitOverride();

program.parseAsync().catch(fail);

async function runDemo(options: DemoOptions): Promise<void> {
  const print = (text: string) => void process.stdout.write(text);
  process.exitCode = STATUSES[await demo(options, { print, progress, signal: interruption() })];
}

async function backfill(flags: BackfillFlags): Promise<void> {
  const settings = readSettings(cdkContext().tollgate);
  const { stdin, stdout, stderr } = process;
  if (!flags.yes && !stdin.isTTY)
    throw new FlagError('--yes: expected it without a terminal, because nobody can be asked about the price');
  const signal = interruption();
  const ports = {
    now: () => new Date(),
    signal,
    progress: progressOn(stderr),
    stdout,
    tell: progress,
    ask: (prompt: string) => ask(prompt, signal),
  };
  process.exitCode = STATUSES[await runBackfill(settings, flags, ports)];
}

/** Returns the reply to a prompt; Ctrl-D is an empty reply. While it waits, the terminal does not pass Ctrl-C to the process. */
async function ask(prompt: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return await Promise.race([terminal.question(prompt, { signal }), closed]);
  } finally {
    terminal.close();
  }
}

/** Returns a signal that aborts when the user or the system ends the command. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      progress('\nstopping …');
      controller.abort();
    });
  // A closed pipe, as after `| head`, means that the results have no reader any more.
  process.stdout.on('error', () => controller.abort());
  return controller.signal;
}

async function runSinks(options: SinksOptions): Promise<void> {
  const signal = interruption();
  const print = (text: string) => void process.stdout.write(text);
  const configured = configuredSinks(cdkContext().tollgate);
  // Without a terminal, nobody can answer.
  const reply = async (prompt: string) => (process.stdin.isTTY ? ask(prompt, signal) : undefined);
  try {
    await sinks(options, { configured, print, ask: reply, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = STATUSES.interrupted;
  }
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints the message of a user error, or the stack of a defect. Commander has already printed its own errors. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode && WRONG_FLAGS;
    return;
  }
  progress(error instanceof UserError ? error.message : ((error as Error).stack ?? String(error)));
  process.exitCode = error instanceof FlagError ? WRONG_FLAGS : 1;
}
