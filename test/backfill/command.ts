import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import type { SimulatedAws, SimulatedAwsOptions } from '../../lib/local/aws/server';
import { simulate } from '../local/aws/simulation';

const ROOT = path.join(__dirname, '../..');

/** The permissions that docs/backfill.md names. */
export const PERMISSIONS = [
  'ce:GetCostAndUsage',
  'iam:ListUsers',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
];

/** Starts a simulated AWS whose caller has only the permissions of a backfill. */
export function simulateFor(options: Partial<SimulatedAwsOptions>): Promise<SimulatedAws> {
  const callers = [{ accessKeyId: 'AKIABACKFILL', name: 'person', actions: PERMISSIONS }];
  return simulate({ callers, ...options });
}

interface Running {
  readonly child: ChildProcess;
  /** Resolves when the command has ended. */
  readonly ended: Promise<Ended>;
}

interface Ended {
  /** Null if a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `npm run backfill` with the given flags, without npm in between. */
export function startBackfill({ url }: SimulatedAws, ...flags: string[]): Running {
  const args = ['--import', 'tsx', path.join(ROOT, 'bin/local.ts'), 'backfill', ...flags];
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIABACKFILL',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, ended: outputOf(child) };
}

async function outputOf(child: ChildProcess): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (output.stdout += chunk));
  child.stderr?.on('data', (chunk) => (output.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

/** Returns the number of pages that Cost Explorer answered, each of which costs a cent. */
export function paidPages({ requests }: SimulatedAws): number {
  return requests.filter(({ action, status, fault }) => action.startsWith('ce:') && status === 200 && !fault)
    .length;
}
