import { errorKind } from '../../lambdas/aws/error-kind';
import type { Settings } from '../../lambdas/catalog/settings';
import { REAL_TIME, type Timing } from '../../lambdas/sinks/timing';
import { UserError } from '../user-error';
import { type Authentication, readAuthentication } from './authentication';
import { type Choice, chosenCollectors } from './chosen-collectors';
import { type DataFolder, openDataFolder } from './data-folder';
import { type HeldGroups, heldGroups } from './held-groups';
import { knownFamilies } from './known-families';
import { type Log, logToStdout } from './log';
import { memorySink } from './memory-sink';
import { oneAtATime } from './one-at-a-time';
import { ownAccount } from './own-account';
import { type RuntimeMetrics, runtimeMetrics } from './runtime-metrics';
import { scrapedCollector } from './scraped-collector';
import type { Served } from './served';
import { startCollectors } from './start-collectors';

export interface ExporterOptions extends Choice {
  /** @default lines of JSON on the standard output */
  readonly log?: Log;
  /** @default real time */
  readonly timing?: Pick<Timing, 'now' | 'sleep'>;
}

/** An exporter whose collectors run on their schedules. */
interface Exporter extends Served {
  /** Lets runs end for some seconds, then ends them, and resolves when all groups are on the disk. */
  stop(): Promise<void>;
}

/** An exporter whose collectors do not run yet. */
export interface OpenExporter extends Served {
  /** Starts the collectors. */
  start(): Exporter;
  /** Releases the data folder of an exporter that is not started. */
  close(): Promise<void>;
}

/**
 * Starts the collectors on their schedules, and serves the groups of the last process until they have run.
 * @throws UserError if a file of the settings cannot be used, or the Region is missing, or a collector cannot be served.
 */
export async function startExporter(options: ExporterOptions): Promise<Exporter> {
  return (await openExporter(options)).start();
}

/**
 * Reads the files of the settings, and the groups of the last process. Nothing is paid before the start.
 * @throws UserError if a file of the settings cannot be used, or the Region is missing, or a collector cannot be served.
 */
export async function openExporter({
  log = logToStdout,
  timing = REAL_TIME,
  ...choice
}: ExporterOptions): Promise<OpenExporter> {
  const { settings } = choice;
  demandRegion(process.env);
  const { scheduled, scraped } = chosenCollectors(choice);
  const authentication = await authenticationOf(settings);
  const data = await openDataFolder(settings.serve.dataDir, {
    collectors: scheduled.map(({ name }) => name),
    log,
  });
  const runtime = runtimeMetrics();
  const held = heldGroups(data.groups);
  const save = saver({ data, held, runtime, log });
  const known = knownFamilies(runtime.registry.getMetricsAsArray().map(({ name }) => name));
  for (const { job, groupingKey, families } of data.groups)
    known.add({ labels: { job, ...groupingKey }, families }, 'on a schedule');
  const account = ownAccount();
  const now = () => new Date(timing.now());
  const { deployment } = settings;
  const collections = scraped.map((one) =>
    scrapedCollector({ account, deployment, known, runtime, log, now }, one),
  );
  let waitingFor: () => string | undefined = () => 'starting';
  const served: Served = {
    snapshot: held.current,
    collectAtScrape: async () => (await Promise.all(collections.map((collect) => collect()))).flat(),
    notReady: () => (data.groups.length > 0 ? undefined : waitingFor()),
    runtime,
    log,
    ...(authentication && { authentication }),
  };
  return {
    ...served,
    start() {
      const newSink = (collector: string) => memorySink({ collector, held, known, save });
      const ports = { ...data, account, newSink, runtime, log };
      const work = startCollectors({ collectors: scheduled, settings, timing, ports });
      waitingFor = work.waitingFor;
      const stop = async () => {
        await work.stop();
        await save();
        await data.close();
      };
      return { ...served, stop };
    },
    close: data.close,
  };
}

function demandRegion({ AWS_REGION }: NodeJS.ProcessEnv): void {
  if (AWS_REGION) return;
  throw new UserError('AWS_REGION: expected a Region such as eu-west-1 in the environment, got nothing');
}

async function authenticationOf({ serve: { auth } }: Settings): Promise<Authentication | undefined> {
  return auth && readAuthentication(auth);
}

interface Saving {
  readonly data: DataFolder;
  readonly held: HeldGroups;
  readonly runtime: RuntimeMetrics;
  readonly log: Log;
}

/** Returns a function that writes all groups. If that fails, they are still served, and the failure is counted. */
function saver({ data, held, runtime, log }: Saving): () => Promise<void> {
  return oneAtATime(async () => {
    try {
      await data.write(held.current());
    } catch (error) {
      log({ level: 'error', problem: (error as Error).message });
      runtime.failure('snapshot', errorKind(error));
    }
  });
}
