import * as path from 'node:path';
import { Command } from 'commander';
import type { BackfillFlags } from '../lib/backfill/command';
import { HISTORY_MONTHS } from '../lib/backfill/days';
import { receiverOfThePast } from '../lib/backfill/receiver';
import { httpUrl, outputFile, usd, wholeNumber } from '../lib/local/flag-values';
import { flag } from './flag';

/** The folder of answers that were paid for, next to node_modules and ignored by git. */
const CACHE = path.join(__dirname, '..', '.cache', 'backfill');

/** Returns the command `backfill`; `run` is called once all flags are read. */
export function backfillCommand(run: (flags: BackfillFlags) => Promise<void>): Command {
  return new Command('backfill')
    .summary('compute the metrics of past days')
    .description(
      'Computes the metrics that the collectors would have published on past days, from a few queries to Cost Explorer.',
    )
    .addOption(
      flag('--months <n>', 'full months before the current one', wholeNumber(1, HISTORY_MONTHS)).default(
        HISTORY_MONTHS,
      ),
    )
    .addOption(flag('--yes', 'send the queries without asking').default(false))
    .addOption(flag('--max-usd <usd>', 'stop before a request that would exceed this price', usd).default(5))
    .addOption(
      flag('--out <file>', 'the OpenMetrics file to write; - writes to stdout', outputFile).default(
        path.join(CACHE, 'history.om'),
        '.cache/backfill/history.om',
      ),
    )
    .addOption(
      flag(
        '--remote-write <url>',
        'write to a receiver that accepts old samples instead: Prometheus with out_of_order_time_window, Mimir, VictoriaMetrics',
        (text) => receiverOfThePast(httpUrl(text)),
      ).conflicts('out'),
    )
    .addOption(
      flag('--cache <folder>', 'the folder that keeps the answers that were paid for').default(
        CACHE,
        '.cache/backfill',
      ),
    )
    .showHelpAfterError('npm run backfill -- --help lists the flags')
    .addHelpText('after', AFTER_HELP)
    .action(run);
}

const AFTER_HELP = `
It reads cdk.json for the settings, and uses the AWS credentials and the Region of the environment, as the AWS CLI does.
If it is interrupted, the same command continues without paying for an answer twice.

Exit status:
  0    the history is complete
  1    AWS refused something, the price was not accepted, or the next request would exceed --max-usd
  2    a flag is invalid; nothing was requested
  130  interrupted

The file for - goes to stdout, everything else to stderr.`;
