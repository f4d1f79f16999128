import type { AwsAccess } from '../aws/access';
import type { Collector } from '../collector';
import { handlerOf } from '../lambda-handler';
import { readOwnSettings } from '../read-settings';
import { demandCollectorName } from './demand-names';
import { filledGroups } from './filled-groups';
import type { OwnCollector, OwnCollectorDefinition } from './own-collector';
import { untilAborted } from './until-aborted';

/**
 * Returns a collector with its Lambda handler.
 * @throws Error for a name that it may not have.
 */
export function ownCollector(definition: OwnCollectorDefinition): OwnCollector {
  const { name } = definition;
  demandCollectorName(name);
  return {
    ...definition,
    handler: handlerOf({ name, read: readOwnSettings, collectorOf: (aws) => collectorFor(definition, aws) }),
  };
}

function collectorFor({ name, collect }: OwnCollectorDefinition, aws: AwsAccess): Collector {
  const { signal, client } = aws;
  return async ({ accountId, partition, scheduledTime }) => {
    const run = { accountId, partition, scheduledTime, signal, client };
    const groups = await untilAborted(signal, () => collect(run));
    const { groups: registered, failures } = await filledGroups({ name, accountId, signal }, groups);
    return { groups: [], registered, failures };
  };
}
