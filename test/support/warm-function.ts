import type { Permission } from '../../lib/local/aws/callers';
import type { LedgerItems } from '../../lib/local/aws/dynamodb/item';
import {
  type SimulatedAwsOptions,
  type SimulatedRequest,
  startSimulatedAws,
} from '../../lib/local/aws/server';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { type Invocation, startFunction } from '../../lib/local/lambda';
import { REGION } from './functions';
import { actionIn } from './permissions';

/** A function that keeps its process, and has its own simulated AWS: a run takes milliseconds. */
export interface WarmFunction {
  /** Runs the function once; its role, and that of every member, lacks the action. Members allow what has no resource level. */
  run(lacking?: {
    readonly action: string;
  }): Promise<Pick<Invocation, 'error'> & { requests: SimulatedRequest[] }>;
  /** Ends the process and resolves with the log of all its runs. */
  stop(): Promise<string>;
}

/**
 * Starts the process and its AWS. The options are read at every request, so a test may change them between runs. Each run has an
 * empty ledger, because a run that is complete would not be repeated; pass a ledger to keep it.
 */
export async function startWarm(
  fn: DeployedFunction,
  { memberRoles = [], ledger, ...options }: Omit<SimulatedAwsOptions, 'callers'>,
): Promise<WarmFunction> {
  const accessKeyId = `AKIA-${fn.name}`;
  const allowed: Permission[] = [];
  const items: LedgerItems = new Map();
  const allowedToMembers: string[] = [];
  const aws = await startSimulatedAws({
    ...options,
    ledger: ledger ?? { items },
    callers: [{ accessKeyId, name: fn.name, actions: allowed }],
    memberRoles: memberRoles.map((role) => ({ ...role, actions: allowedToMembers })),
  });
  const running = startFunction(fn, { awsUrl: aws.url, region: REGION, accessKeyId });
  const event = { scheduledTime: options.bill.asOf.toISOString() };
  return {
    async run(lacking) {
      const left = fn.actions.filter((permission) => actionIn(permission) !== lacking?.action);
      allowed.splice(0, allowed.length, ...left);
      allowedToMembers.splice(0, allowedToMembers.length, ...left.filter((one) => typeof one === 'string'));
      items.clear();
      const before = aws.requests.length;
      const error = await running.invoke(event);
      return { ...(error && { error }), requests: aws.requests.slice(before) };
    },
    async stop() {
      const log = await running.stop();
      await aws.stop();
      return log;
    },
  };
}
