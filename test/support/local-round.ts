import type { SettingsInput } from '../../lambdas/catalog/settings';
import type { SimulatedRequest } from '../../lib/local/aws/server';
import type { Bill } from '../../lib/local/bill/bill';
import { type LocalCloudOptions, startLocalCloud } from '../../lib/local/local-cloud';
import { schedulesWith } from './deployed';

interface Round {
  readonly bill: Bill;
  readonly settings: SettingsInput & LocalCloudOptions['settings'];
}

/**
 * Invokes every deployed function once in a local cloud; resolves with the requests that its AWS received.
 * @throws Error for a function that fails.
 */
export async function runRound({ bill, settings }: Round): Promise<readonly SimulatedRequest[]> {
  const cloud = await startLocalCloud({ bill, settings, schedules: await schedulesWith(settings) });
  try {
    const invocations = await cloud.round(async () => {});
    const errors = invocations.flatMap(({ error }) => error ?? []);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return cloud.aws.requests;
  } finally {
    await cloud.stop();
  }
}
