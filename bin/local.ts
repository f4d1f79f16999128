import { Command, InvalidArgumentError } from 'commander';
import { readSettings } from '../lib/config';
import { demo } from '../lib/local/demo';
import type { DemoOptions } from '../lib/local/demo-options';
import { cdkContext } from '../lib/local/synthesise';
import { Mistake } from '../lib/mistake';
import { monthlyPrices, priceTable } from '../lib/price';

const program = new Command('tollgate').description(
  'The suite on this machine. Results go to stdout, progress to stderr.',
);

program
  .command('demo')
  .description(
    'run every schedule of the synthesised app against a simulated AWS, a real Pushgateway and a real Prometheus',
  )
  .option('--once', 'end after the rounds, with status 0 or 1, instead of staying up', false)
  .option('--rounds <n>', 'how often every schedule is invoked', atLeast(1), 1)
  .option('--history <days>', 'days of the past to load (90; with --once 0)', atLeast(0))
  .option('--out <folder>', 'also write gateway.txt, summary.json and digest.json there')
  .option('--seed <n>', 'the generated world', atLeast(0), 1)
  .option('--users <n>', 'IAM users in it', atLeast(1), 20)
  .option('--regions <n>', 'Regions in it, besides global and NoRegion', atLeast(1), 4)
  .option('--resources <n>', 'resources of each user', atLeast(0), 5)
  .option('--members <n>', 'member accounts, entered by assuming a role in each', atLeast(0), 0)
  .option('--at <time>', 'the moment the generated bill is looked at (last UTC midnight)', time)
  .option('--owner-tag <key>', 'the tag that names the owner (setting ownerTag)')
  .option('--attribution <rules>', 'rules of attribution, comma-separated (setting attribution)', list)
  .option('--lookback <days>', 'whole days of the cost window (setting costDays)', atLeast(1))
  .option('--max-series <n>', 'series a job may hold (setting maxSeries)', atLeast(1))
  .option('--max-requests <n>', 'Cost Explorer requests a run may send (setting maxRequests)', atLeast(1))
  .option('--metric-profile <profile>', 'tollgate or xc3 (setting metricProfile)')
  .option(
    '--pages [groups]',
    'several pages everywhere: at most this many groups a Cost Explorer page (40)',
    atLeast(1),
  )
  .option('--deny <action>', 'an IAM action that AWS denies to every function; repeatable', append, [])
  .option('--gateway-url <url>', 'push to a Pushgateway that runs already, and start nothing', url)
  .option('--no-gateway', 'nothing listens where the functions push')
  .option('--no-resource-data', 'resource-level data is switched off in the account')
  .option('--focus <file>', 'answer from a FOCUS 1.x CSV export, at the end of its last day, as one account')
  .action(runDemo);

program
  .command('plan')
  .description('print what the settings of cdk.json ask of Cost Explorer, and what that costs')
  .action(() => {
    const settings = readSettings(cdkContext().tollgate);
    process.stdout.write(priceTable(monthlyPrices(settings)));
  });

program.parseAsync().catch(fail);

async function runDemo({
  pages,
  ...options
}: Omit<DemoOptions, 'pages'> & { pages?: number | true }): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const output = {
    print: (text: string) => void process.stdout.write(text),
    progress: (line: string) => void process.stderr.write(`${line}\n`),
  };
  const whole = await demo({ ...options, pages: pages === true ? 40 : pages }, output, interrupted.signal);
  process.exitCode = whole ? 0 : 1;
}

/** Mistakes of the person get their message; ours get the stack. */
function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Mistake ? error.message : ((error as Error).stack ?? error)}\n`);
  process.exitCode = 1;
}

function atLeast(least: number) {
  return (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`expected a whole number from ${least}.`);
  };
}

function url(text: string): string {
  if (/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('expected a URL such as http://127.0.0.1:9091.');
}

function time(text: string): Date {
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError('expected a time such as 2026-03-01T06:00:00Z.');
}

function list(text: string): string[] {
  return text.split(',');
}

function append(value: string, values: readonly string[]): string[] {
  return [...values, value];
}
