import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { COLLECTORS } from '../../lambdas/catalog/collectors';
import { type SimulatedAws, type SimulatedAwsOptions, startSimulatedAws } from './aws/server';
import type { Bill } from './bill/bill';
import { type DeployedSchedule, readSchedules } from './cloud-assembly';
import { type Invocation, type Invoker, invoke } from './lambda';
import { synthesise } from './synthesise';

export interface LocalCloudOptions
  extends Pick<SimulatedAwsOptions, 'now' | 'pageSize' | 'denied' | 'resourceDataEnabled' | 'secrets'> {
  readonly bill: Bill;
  /** The `tollgate` object of cdk.json's context, with the URLs of this machine. */
  readonly settings: LocalSettings;
  /** Schedules of an app that is synthesised already. @default the app is synthesised */
  readonly schedules?: readonly DeployedSchedule[];
  readonly signal?: AbortSignal;
}

export interface LocalSettings {
  readonly pushgateway: { readonly url: string };
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
   * Invokes the function of every schedule once, as at the moment the bill is looked at: first those that push, then
   * those that read what Prometheus has scraped.
   */
  round(scraped: () => Promise<unknown>): Promise<Invocation[]>;
  stop(): Promise<void>;
}

/** The Region that the stack is deployed to. */
const REGION = 'eu-west-1';

/** Synthesises the app, reads its schedules, functions and roles from the templates, and starts the AWS they will call. */
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
    const invokeAll = (some: readonly DeployedSchedule[]) =>
      Promise.all(some.map((schedule) => invokeSchedule(schedule, aws, options)));
    const readers = schedules.filter(readsPrometheus);
    return {
      aws,
      schedules,
      round: async (scraped) => {
        const pushed = await invokeAll(schedules.filter((schedule) => !readers.includes(schedule)));
        if (readers.length > 0) await scraped();
        return [...pushed, ...(await invokeAll(readers))];
      },
      stop: async () => void (await Promise.all([aws.stop(), removeOutdir()])),
    };
  } catch (error) {
    await removeOutdir();
    throw error;
  }
}

async function synthesised({ settings, bill }: LocalCloudOptions, outdir: string) {
  await synthesise(settings, outdir);
  return readSchedules(outdir, { accountId: bill.accountId, region: REGION });
}

/** Each function has an access key of its own. */
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
  return environment.TOLLGATE_PROMETHEUS_URL !== undefined;
}

/** The role in every member allows what the catalog's rows do, as docs/member-role.template.json. */
function memberRolesOf({ members = [] }: LocalSettings) {
  const actions = Object.values(COLLECTORS).flatMap((collector) => [...collector.actions]);
  return members.map(({ roleArn, externalId }) => ({ roleArn, externalId, actions }));
}

function invokeSchedule(
  schedule: DeployedSchedule,
  aws: SimulatedAws,
  { bill, signal }: LocalCloudOptions,
): Promise<Invocation> {
  // the bill is looked at when it says; Prometheus has its samples of now
  const at = readsPrometheus(schedule) ? new Date() : bill.asOf;
  const input = schedule.input.replaceAll('<aws.scheduler.scheduled-time>', at.toISOString());
  return invoke(schedule.function, JSON.parse(input), invokerOf(schedule, aws, signal));
}

/** Who invokes the function of a schedule beside the simulated AWS. */
export function invokerOf(
  schedule: DeployedSchedule,
  { url: awsUrl }: SimulatedAws,
  signal?: AbortSignal,
): Invoker {
  return { awsUrl, region: REGION, accessKeyId: accessKeyOf(schedule), signal };
}
