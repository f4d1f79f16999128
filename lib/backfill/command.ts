import { Writable } from 'node:stream';
import type { AwsAccess } from '../../lambdas/aws/access';
import type { Settings } from '../../lambdas/catalog/settings';
import { awsProblem } from './aws-problem';
import { type BackfillPorts, type BackfillReport, backfill, type Offer } from './backfill';
import { loadText, offerText } from './command-text';
import { firstDay, lastRunDay, oldestDay, runDays } from './days';
import type { History } from './history';
import { openMetrics, openMetricsFile } from './open-metrics-file';
import { labelsAt, sinkAt } from './receiver';
import { remoteWriteHistory } from './remote-write-history';

/** The flags of the command, as bin/backfill-command.ts reads them. */
export interface BackfillFlags {
  /** Full months before the current one. */
  readonly months: number;
  /** True if the price needs no confirmation. */
  readonly yes: boolean;
  readonly maxUsd: number;
  /** The file to write; `-` is stdout. */
  readonly out: string;
  /** The URL to write to instead of the file. */
  readonly remoteWrite?: string;
  readonly cache: string;
}

/** The terminal and the clock of the command. */
interface CommandPorts extends Pick<BackfillPorts, 'now' | 'signal' | 'connection' | 'progress'> {
  readonly stdout: NodeJS.WritableStream;
  /** Shows a line on stderr. */
  readonly tell: (line: string) => void;
  /** Shows a prompt and returns the reply. @default nobody replies */
  readonly ask?: (prompt: string) => Promise<string>;
}

/**
 * Runs the command.
 * @throws UserError if AWS refuses a request, or a limit is reached.
 */
export async function runBackfill(
  settings: Settings,
  flags: BackfillFlags,
  ports: CommandPorts,
): Promise<'complete' | 'incomplete' | 'interrupted'> {
  try {
    const report = await backfill(optionsOf(settings, flags), {
      ...ports,
      ...choices(settings, flags, ports),
    });
    if (!report) ports.tell('nothing was requested');
    else ports.tell(reportText(report, flags));
    return report ? 'complete' : 'incomplete';
  } catch (error) {
    if (ports.signal.aborted) return 'interrupted';
    throw awsProblem(error);
  }
}

function optionsOf(settings: Settings, { months, cache, maxUsd, remoteWrite }: BackfillFlags) {
  const days = (begun: Date) => runDays(firstDay(begun, months), lastRunDay(begun));
  const labels = labelsAt(settings, remoteWrite);
  return { settings, cache, maxUsd, labels, days, oldest: oldestDay };
}

function choices(settings: Settings, flags: BackfillFlags, { tell, ask, stdout, signal }: CommandPorts) {
  return {
    async accept(offer: Offer) {
      tell(offerText(offer, flags));
      if (flags.yes || offer.queriesLeft === 0) return true;
      return /^y(es)?$/i.test((await ask?.('Send these queries? [y/N] ')) ?? '');
    },
    async output(aws: AwsAccess) {
      const { remoteWrite: url } = flags;
      if (url === undefined) return fileOf(flags, stdout);
      return remoteWriteHistory(await sinkAt(settings, url, aws), signal);
    },
  };
}

function fileOf({ out }: BackfillFlags, stdout: NodeJS.WritableStream): Promise<History> {
  return out === '-' ? openMetrics(() => writingTo(stdout)) : openMetricsFile(out);
}

/** Returns a stream whose end leaves the other stream open. */
function writingTo(stream: NodeJS.WritableStream): Writable {
  return new Writable({ write: (chunk, _, done) => void stream.write(chunk, done) });
}

function reportText({ usd, runs }: BackfillReport, { out, remoteWrite }: BackfillFlags): string {
  const paid = `${runs} past runs computed; Cost Explorer: $${usd.toFixed(2)}`;
  return out === '-' || remoteWrite !== undefined ? paid : `${paid}\n${loadText(out)}`;
}
