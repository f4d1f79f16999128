import { awsAccess } from '../../lambdas/aws/access';
import { requestMeter } from '../../lambdas/aws/request-meter';
import { describeFailures, type Failure, failure } from '../../lambdas/failure';
import { familiesOf } from '../../lambdas/metrics/families';
import { withLabels } from '../../lambdas/metrics/group';
import type { RegisteredGroup } from '../../lambdas/metrics/registered-group';
import { collectorFor } from '../../lambdas/own/collector-for';
import type { OwnCollectorDefinition, ScrapeLimit } from '../../lambdas/own/own-collector';
import { untilAborted } from '../../lambdas/own/until-aborted';
import { timeoutSignal } from '../../lambdas/timeout-signal';
import type { HeldGroup } from './held-groups';
import type { KnownFamilies } from './known-families';
import type { Log } from './log';
import type { OwnAccount } from './own-account';
import type { RuntimeMetrics } from './runtime-metrics';
import { watched } from './watched';

/** A collector of a user that is collected at each scrape. */
export interface ScrapedDefinition extends OwnCollectorDefinition {
  readonly collectAtScrape: ScrapeLimit;
}

/** The ports of every collection. */
interface ScrapePorts {
  readonly account: () => Promise<OwnAccount>;
  /** Added to the grouping key of every group. */
  readonly deployment?: string;
  readonly known: KnownFamilies;
  readonly runtime: RuntimeMetrics;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * Returns a function that collects. Calls during a collection share it. A collection that fails or takes too long has no group, is
 * counted and logged, and never rejects. The next collection begins only when all functions of the last one have ended.
 */
export function scrapedCollector(
  ports: ScrapePorts,
  definition: ScrapedDefinition,
): () => Promise<readonly HeldGroup[]> {
  const { log, runtime } = ports;
  const { name, collectAtScrape } = definition;
  const { watchedDefinition, isBusy } = watched(definition);
  const collect = async () => {
    const signal = timeoutSignal(collectAtScrape.timeoutSeconds * 1000);
    const { groups, failures } = isBusy() ? STILL_BUSY : await collected(ports, watchedDefinition, signal);
    const [first] = failures;
    if (!first) return groups;
    runtime.scrapeFailure(name, first.reason);
    log({ level: 'error', collector: name, scrape: 'failed', problem: describeFailures(failures) });
    return []; // Some groups without the others would be a wrong sum.
  };
  let running: Promise<readonly HeldGroup[]> | undefined;
  return () => {
    running ??= collect().finally(() => {
      running = undefined;
    });
    return running;
  };
}

interface Collected {
  readonly groups: readonly HeldGroup[];
  readonly failures: readonly Failure[];
}

const STILL_BUSY: Collected = {
  groups: [],
  failures: [
    {
      part: 'collect',
      reason: 'timeout',
      message:
        'expected the functions of the last collection to have ended, but they still run: pass run.signal to every request',
    },
  ],
};

async function collected(
  ports: ScrapePorts,
  definition: OwnCollectorDefinition,
  signal: AbortSignal,
): Promise<Collected> {
  try {
    const { registered = [], failures } = await untilAborted(signal, () => run(ports, definition, signal));
    const groups = await held(ports, definition.name, registered);
    for (const { job, groupingKey, families } of groups)
      ports.known.add({ labels: { job, ...groupingKey }, families }, `at each scrape by ${definition.name}`);
    return { groups, failures };
  } catch (error) {
    return { groups: [], failures: [failure('collect', error)] };
  }
}

async function run(ports: ScrapePorts, definition: OwnCollectorDefinition, signal: AbortSignal) {
  const home = await ports.account();
  const collector = collectorFor(definition, awsAccess(requestMeter(0), signal));
  return collector({ ...home, scheduledTime: ports.now(), suiteAccounts: [home.accountId] });
}

/** Returns the groups with their values. Their counters count since the process started, as far as the exporter knows. */
async function held(
  { deployment, runtime }: ScrapePorts,
  collector: string,
  groups: readonly RegisteredGroup[],
): Promise<HeldGroup[]> {
  const labels = { ...(deployment !== undefined && { deployment }) };
  const all = groups.map(async (group) => {
    const { job, groupingKey } = withLabels(labels, group);
    const families = await familiesOf(group.registry);
    return { collector, job, groupingKey, families, time: runtime.startedAt };
  });
  return Promise.all(all);
}
