import { errorKind } from '../../lambdas/aws/error-kind';
import type { Settings } from '../../lambdas/catalog/settings';
import { REAL_TIME, type Timing } from '../../lambdas/sinks/timing';
import { UserError } from '../user-error';
import type { Served } from './application';
import { type Authentication, readAuthentication } from './authentication';
import { type DataFolder, openDataFolder } from './data-folder';
import { type HeldGroups, heldGroups } from './held-groups';
import { knownFamilies } from './known-families';
import { type Log, logToStdout } from './log';
import { memorySink } from './memory-sink';
import { oneAtATime } from './one-at-a-time';
import { type RuntimeMetrics, runtimeMetrics } from './runtime-metrics';
import { startCollectors } from './start-collectors';

interface ExporterOptions {
  readonly settings: Settings;
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
interface OpenExporter extends Served {
  /** Starts the collectors. */
  start(): Exporter;
}

/**
 * Starts the collectors of the settings on their schedules, and serves the groups of the last process until they have run.
 * @throws UserError if a file of the settings cannot be used, or the Region is missing.
 */
export async function startExporter(options: ExporterOptions): Promise<Exporter> {
  return (await openExporter(options)).start();
}

/**
 * Reads the files of the settings, and the groups of the last process. Nothing is paid before the start.
 * @throws UserError if a file of the settings cannot be used, or the Region is missing.
 */
export async function openExporter({
  settings,
  log = logToStdout,
  timing = REAL_TIME,
}: ExporterOptions): Promise<OpenExporter> {
  demandRegion(process.env);
  const authentication = await authenticationOf(settings);
  const data = await openDataFolder(settings.serve.dataDir, log);
  const runtime = runtimeMetrics();
  const held = heldGroups(data.groups);
  const save = saver({ data, held, runtime, log });
  const known = knownFamilies(runtime.registry.getMetricsAsArray().map(({ name }) => name));
  for (const { job, groupingKey, families } of data.groups)
    known.add({ labels: { job, ...groupingKey }, families });
  const newSink = () => memorySink({ held, known, save });
  let waitingFor: () => string | undefined = () => 'starting';
  const served: Served = {
    snapshot: held.current,
    notReady: () => (data.groups.length > 0 ? undefined : waitingFor()),
    runtime,
    log,
    ...(authentication && { authentication }),
  };
  return {
    ...served,
    start() {
      const work = startCollectors({ settings, timing, ports: { ...data, newSink, runtime, log } });
      waitingFor = work.waitingFor;
      const stop = async () => {
        await work.stop();
        await save();
      };
      return { ...served, stop };
    },
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
