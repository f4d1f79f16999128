import { Command, type Option } from 'commander';
import { GENERATED_REGIONS } from '../lib/local/bill/generated';
import { type DemoOptions, PAGE_PORT } from '../lib/local/demo-options';
import {
  commaSeparated,
  httpUrl,
  SENT_ACTIONS,
  sentAction,
  time,
  wholeNumber,
} from '../lib/local/flag-values';
import { flag, repeated } from './flag';

/** Returns the command `demo`; `run` is called once all flags are read. */
export function demoCommand(run: (options: DemoOptions) => Promise<void>): Command {
  const command = new Command('demo')
    .summary('run the suite on this machine')
    .description(
      'Runs every schedule of the synthesised app against a simulated AWS, a real Pushgateway and a real Prometheus.',
    )
    .showHelpAfterError('npm run demo -- --help lists the flags')
    .addHelpText('after', AFTER_HELP)
    .action(run);
  for (const [group, options] of Object.entries(GROUPS))
    for (const option of options) command.addOption(option.helpGroup(group));
  return command;
}

/** Flags that describe a generated bill; an export replaces all of it. */
const GENERATED = ['seed', 'users', 'regions', 'resources', 'members', 'at'];

const GROUPS: Readonly<Record<string, readonly Option[]>> = {
  'Run:': [
    flag('--once', 'end after the rounds instead of staying up with a page').default(false),
    flag('--rounds <n>', 'invoke every schedule this many times', wholeNumber(1)).default(1),
    flag(
      '--history <days>',
      'compute past days first, so that graphs have lines (default: 90; with --once 0)',
      wholeNumber(0, 365),
    ).conflicts(['gateway', 'gatewayUrl']),
    flag(
      '--port <n>',
      `port of the page with the dashboards (default: ${PAGE_PORT}, or a free one when that is taken)`,
      wholeNumber(1, 65_535),
    ).conflicts(['once', 'gateway', 'gatewayUrl']),
    flag('--out <folder>', 'also write gateway.txt, summary.json and digest.json there'),
  ],
  'Bill:': [
    flag('--users <n>', 'IAM users', wholeNumber(1)).default(20),
    flag(
      '--regions <n>',
      'Regions besides global and NoRegion',
      wholeNumber(1, GENERATED_REGIONS.length),
    ).default(4),
    flag('--resources <n>', 'resources of each user', wholeNumber(0)).default(5),
    flag('--members <n>', 'member accounts, each entered by assuming a role', wholeNumber(0)).default(0),
    flag('--seed <n>', 'another number generates another bill', wholeNumber(0)).default(1),
    flag('--at <time>', 'day or time at which the bill is read (default: the last UTC midnight)', time),
    flag(
      '--focus <file>',
      'your own bill: a FOCUS 1.x CSV export, read at the end of its last day',
    ).conflicts(GENERATED),
  ],
  'Settings, instead of those in cdk.json:': [
    flag('--owner-tag <key>', 'ownerTag: the tag that names the owner'),
    flag('--attribution <rules>', 'attribution: rules that find the owner, comma-separated', commaSeparated),
    flag('--lookback <days>', 'costDays: full UTC days in the cost window', wholeNumber(0)),
    flag('--max-series <n>', 'maxSeries: series that a job may hold', wholeNumber(0)),
    flag('--max-requests <n>', 'maxRequests: Cost Explorer requests that a run may send', wholeNumber(0)),
    flag('--metric-profile <profile>', 'metricProfile: tollgate or xc3'),
  ],
  'Other destinations, and failures to provoke:': [
    flag(
      '--gateway-url <url>',
      'push to a Pushgateway that already runs; start no servers and no page',
      httpUrl,
    ).conflicts('gateway'),
    flag('--no-gateway', 'push to a closed port'),
    flag(
      '--pages [groups]',
      'split Cost Explorer answers into pages of at most this many groups',
      wholeNumber(1),
    ).preset('40'),
    flag('--deny <action>', 'deny an IAM action to every function; repeatable')
      .argParser(repeated('--deny', sentAction))
      .default([], 'none'),
    flag('--no-resource-data', 'switch resource-level data off in the account'),
  ],
};

const AFTER_HELP = `
Actions for --deny:
${SENT_ACTIONS.map((action) => `  ${action}`).join('\n')}

Exit status:
  0    every function completed
  1    a function failed, or the servers are not available
  2    a flag is invalid; nothing was started
  130  interrupted

Results go to stdout, progress and failures to stderr.`;
