import { createInterface } from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import { configuredSinks, readSettings } from '../lib/config';
import { type SinksOptions, sinks } from '../lib/ledger/sinks';
import { demo } from '../lib/local/demo';
import type { DemoOptions } from '../lib/local/demo-options';
import type { Outcome } from '../lib/local/demo-world';
import { FlagError } from '../lib/local/flag-error';
import { cdkContext } from '../lib/local/synthesise';
import { monthlyPrices, priceTable } from '../lib/price';
import { UserError } from '../lib/user-error';
import { demoCommand } from './demo-command';
import { sinksCommand } from './sinks-command';

const WRONG_FLAGS = 2;
const STATUSES: Readonly<Record<Outcome, number>> = { complete: 0, incomplete: 1, interrupted: 130 };

const program = new Command('tollgate').description('The suite on this machine.');
program.addCommand(demoCommand(runDemo));
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
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      progress('\nstopping …');
      interruption.abort();
    });
  // A closed pipe, as after `| head`, means that the results have no reader any more.
  process.stdout.on('error', () => interruption.abort());
  const print = (text: string) => void process.stdout.write(text);
  process.exitCode = STATUSES[await demo(options, { print, progress, signal: interruption.signal })];
}

async function runSinks(options: SinksOptions): Promise<void> {
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const print = (text: string) => void process.stdout.write(text);
  const configured = configuredSinks(cdkContext().tollgate);
  try {
    await sinks(options, {
      configured,
      print,
      ask: (text) => ask(text, interruption.signal),
      signal: interruption.signal,
    });
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.exitCode = STATUSES.interrupted;
  }
}

/** Resolves with the answer on the terminal, or with undefined if there is none. */
async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal takes Ctrl-C for itself while it waits for an answer.
  terminal.once('SIGINT', () => process.emit('SIGINT'));
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
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
