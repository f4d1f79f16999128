import type { AwsAccess } from '../aws/access';
import type { Collector } from '../collector';
import { filledGroups } from './filled-groups';
import type { OwnCollectorDefinition } from './own-collector';
import { untilAborted } from './until-aborted';

/** Returns the collector of a run from a user's definition. */
export function collectorFor(
  { name, collect }: OwnCollectorDefinition,
  { signal, client }: Pick<AwsAccess, 'signal' | 'client'>,
): Collector {
  return async ({ accountId, partition, scheduledTime }) => {
    const run = { accountId, partition, scheduledTime, signal, client };
    const groups = await untilAborted(signal, () => collect(run));
    const { groups: registered, failures } = await filledGroups({ name, accountId, signal }, groups);
    return { groups: [], registered, failures };
  };
}
