import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { everyAction } from '../../lambdas/catalog/actions';
import type { Settings } from '../../lambdas/catalog/settings';
import { startSimulatedAws } from './aws/server';
import { generateBill } from './bill/generated';

/** A simulated AWS for the exporter. */
interface ServeDemo {
  /** Environment variables for the SDK; undefined for those that must not exist. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A folder for the exporter's data, which is removed at the end. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

type BillSettings = Pick<
  Settings,
  'ownerTag' | 'projectTag' | 'costDays' | 'resourceDays' | 'projectDays' | 'settleDays'
>;

/** Starts a simulated AWS with a generated bill that ends today. */
export async function startServeDemo(settings: BillSettings): Promise<ServeDemo> {
  const { ownerTag, projectTag, costDays, resourceDays, projectDays, settleDays } = settings;
  const bill = generateBill({
    seed: 1,
    users: 20,
    regions: 4,
    resourcesPerUser: 5,
    ownerTag,
    projectTag,
    // The last run may have been scheduled yesterday.
    days: Math.max(costDays, resourceDays, projectDays) + settleDays + 1,
    asOf: new Date(new Date().toISOString().slice(0, 10)),
  });
  const caller = { accessKeyId: 'AKIADEMO', name: 'serve', actions: everyAction() };
  const aws = await startSimulatedAws({ bill, callers: [caller] });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tollgate-serve-'));
  return {
    environment: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: caller.accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'demo',
      AWS_ENDPOINT_URL: aws.url,
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
    },
    dataDir,
    stop: async () => {
      await aws.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
