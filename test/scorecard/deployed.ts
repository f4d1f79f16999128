import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { type DeployedSchedule, readSchedules } from '../../lib/local/cloud-assembly';
import { synthesise } from '../../lib/local/synthesise';
import { REGION, SETTINGS } from './deployment';

let outdir = '';
let schedules: Promise<readonly DeployedSchedule[]> | undefined;

/** The schedule of a collector and the function that it invokes. */
export async function deployed(collector: CollectorName): Promise<DeployedSchedule> {
  const all = await theOneSynthesis();
  const found = all.find(({ name }) => name.toLowerCase().startsWith(collector.replaceAll('-', '')));
  if (found) return found;
  throw new Error(`expected a schedule of ${collector}, got ${all.map(({ name }) => name)}`);
}

/** Files of the synthesised templates. */
export async function templates(): Promise<string[]> {
  await theOneSynthesis();
  const files = await readdir(outdir);
  return files.filter((file) => file.endsWith('.template.json')).map((file) => path.join(outdir, file));
}

export async function removeDeployment(): Promise<void> {
  await schedules?.catch(() => {});
  if (outdir) await rm(outdir, { recursive: true, force: true });
}

// concurrent tests start before any beforeAll
function theOneSynthesis(): Promise<readonly DeployedSchedule[]> {
  schedules ??= deploy();
  return schedules;
}

async function deploy(): Promise<DeployedSchedule[]> {
  outdir = await mkdtemp(path.join(tmpdir(), 'tollgate-scorecard-'));
  await synthesise(SETTINGS, outdir);
  return readSchedules(outdir, { accountId: BILL_ACCOUNT_ID, region: REGION });
}
