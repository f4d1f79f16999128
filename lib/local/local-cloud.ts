import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { everyAction } from '../../lambdas/catalog/actions';
import { SETTINGS_VARIABLE } from '../../lambdas/catalog/function-settings';
import type { SinkSettings } from '../../lambdas/catalog/sink-settings';
import { type SimulatedAws, type SimulatedAwsOptions, startSimulatedAws } from './aws/server';
import type { Bill } from './bill/bill';
import { type DeployedSchedule, readSchedules } from './cloud-assembly';
import { type Invocation, type Invoker, invoke } from './lambda';
import { allReported } from './progress';
import { synthesise } from './synthesise';

/** The bill and the settings of a local cloud. */
interface LocalCloudOptions
  extends Pick<
    SimulatedAwsOptions,
    'now' | 'pageSize' | 'denied' | 'resourceDataEnabled' | 'secrets' | 'workspaces'
  > {
  readonly bill: Bill;
  /** The `tollgate` object of cdk.json's context, with the URLs on this machine. */
  readonly settings: LocalSettings;
  /** Schedules of an app that is synthesised already. @default the app is synthesised */
  readonly schedules?: readonly DeployedSchedule[];
  readonly signal?: AbortSignal;
  /** @default nothing is reported */
  readonly progress?: (line: string) => void;
}

interface LocalSettings {
  readonly sinks: readonly SinkSettings[];
  readonly members?: readonly {
    readonly accountId: string;
    readonly roleArn: string;
    readonly externalId?: string;
  }[];
}

/** The synthesised app beside a simulated AWS. */
export interface LocalCloud {
  readonly aws: SimulatedAws;
  readonly schedules: readonly DeployedSchedule[];
  /**
   * Invokes the function of every schedule once, at the time at which the bill is read: first those that push, then
   * those that read Prometheus. `scraped` is awaited in between.
   */
  round(scraped: () => Promise<unknown>): Promise<Invocation[]>;
  stop(): Promise<void>;
}

/** The Region that the stack is deployed to. */
export const REGION = 'eu-west-1';

/** Synthesises the app, reads schedules, functions and roles from its templates, and starts the AWS that they call. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const outdir = await mkdtemp(path.join(tmpdir(), 'tollgate-'));
  const removeOutdir = () => rm(outdir, { recursive: true, force: true });
  try {
    const schedules = options.schedules ?? (await synthesised(options, outdir));
    const aws = await startSimulatedAws({
      ...options,
      callers: callersOf(schedules),
      memberRoles: memberRolesOf(options.settings),
    });
    let rounds = 0;
    const invokeAll = (some: readonly DeployedSchedule[]) =>
      allReported(
        'functions have ended',
        some.map((schedule) => invokeSchedule(schedule, aws, { ...options, rounds })),
        options.progress ?? (() => {}),
      );
    const readers = schedules.filter(readsPrometheus);
    return {
      aws,
      schedules,
      round: async (scraped) => {
        const pushed = await invokeAll(schedules.filter((schedule) => !readers.includes(schedule)));
        if (readers.length > 0) await scraped();
        const read = await invokeAll(readers);
        rounds += 1;
        return [...pushed, ...read];
      },
      stop: async () => void (await Promise.all([aws.stop(), removeOutdir()])),
    };
  } catch (error) {
    await removeOutdir();
    throw error;
  }
}

async function synthesised({ settings, bill, signal }: LocalCloudOptions, outdir: string) {
  await synthesise(settings, outdir, signal);
  return readSchedules(outdir, { accountId: bill.accountId, region: REGION });
}

/** Returns the function's own access key. */
function accessKeyOf({ function: { name } }: DeployedSchedule): string {
  return `AKIA-${name}`;
}

function callersOf(schedules: readonly DeployedSchedule[]) {
  return schedules.map((schedule) => ({
    accessKeyId: accessKeyOf(schedule),
    name: schedule.function.name,
    actions: schedule.function.actions,
  }));
}

function readsPrometheus({ function: { environment } }: DeployedSchedule): boolean {
  return 'digest' in JSON.parse(environment[SETTINGS_VARIABLE] ?? '{}');
}

/** Returns a role for each member. It allows the actions of the catalog, as docs/member-role.template.json does. */
export function memberRolesOf({ members = [] }: Pick<LocalSettings, 'members'>) {
  const actions = everyAction();
  return members.map(({ roleArn, externalId }) => ({ roleArn, externalId, actions }));
}

function invokeSchedule(
  schedule: DeployedSchedule,
  aws: SimulatedAws,
  { bill, signal, rounds }: LocalCloudOptions & { readonly rounds: number },
): Promise<Invocation> {
  // Prometheus stamps its samples with the current time; everything else happens at the bill's time. Each round is a moment
  // later than the one before, because a second run of the same time would be a duplicate.
  const at = readsPrometheus(schedule) ? new Date() : new Date(bill.asOf.getTime() + rounds);
  const input = schedule.input.replaceAll('<aws.scheduler.scheduled-time>', at.toISOString());
  return invoke(schedule.function, JSON.parse(input), invokerOf(schedule, aws, signal));
}

/** Returns the environment in which a schedule's function is invoked. */
function invokerOf(schedule: DeployedSchedule, { url: awsUrl }: SimulatedAws, signal?: AbortSignal): Invoker {
  return { awsUrl, region: REGION, accessKeyId: accessKeyOf(schedule), signal };
}
