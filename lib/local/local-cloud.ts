import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type SimulatedAws, type SimulatedAwsOptions, startSimulatedAws } from './aws/server';
import type { Bill } from './bill/bill';
import { type DeployedSchedule, readSchedules } from './cloud-assembly';
import { type Invocation, invoke } from './lambda';
import { synthesise } from './synthesise';

export interface LocalCloudOptions
  extends Pick<SimulatedAwsOptions, 'pageSize' | 'denied' | 'resourceDataEnabled'> {
  readonly bill: Bill;
  /** The `tollgate` object of cdk.json's context, with the gateway's URL on this machine. */
  readonly settings: { readonly pushgateway: { readonly url: string; readonly headersSecretArn?: string } };
  readonly signal?: AbortSignal;
}

/** The synthesised app beside a simulated AWS. */
export interface LocalCloud {
  readonly aws: SimulatedAws;
  readonly schedules: readonly DeployedSchedule[];
  /** Invokes the function of every schedule once, as at the moment the bill is looked at. */
  round(): Promise<Invocation[]>;
  stop(): Promise<void>;
}

/** The Region that the stack is deployed to. */
const REGION = 'eu-west-1';

/** Synthesises the app, reads its schedules, functions and roles from the templates, and starts the AWS they will call. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const outdir = await mkdtemp(path.join(tmpdir(), 'tollgate-'));
  const removeOutdir = () => rm(outdir, { recursive: true, force: true });
  try {
    await synthesise(options.settings, outdir);
    const schedules = readSchedules(outdir, { accountId: options.bill.accountId, region: REGION });
    const aws = await startSimulatedAws({
      ...options,
      callers: callersOf(schedules),
      secrets: secretsOf(options),
    });
    return {
      aws,
      schedules,
      round: () => Promise.all(schedules.map((schedule) => invokeSchedule(schedule, aws, options))),
      stop: async () => void (await Promise.all([aws.stop(), removeOutdir()])),
    };
  } catch (error) {
    await removeOutdir();
    throw error;
  }
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

/** The gateway on this machine wants no headers. */
function secretsOf({ settings: { pushgateway } }: LocalCloudOptions): Record<string, string> {
  return pushgateway.headersSecretArn ? { [pushgateway.headersSecretArn]: '{}' } : {};
}

function invokeSchedule(
  schedule: DeployedSchedule,
  aws: SimulatedAws,
  { bill, signal }: LocalCloudOptions,
): Promise<Invocation> {
  const input = schedule.input.replaceAll('<aws.scheduler.scheduled-time>', bill.asOf.toISOString());
  const invoker = { awsUrl: aws.url, region: REGION, accessKeyId: accessKeyOf(schedule), signal };
  return invoke(schedule.function, JSON.parse(input), invoker);
}
