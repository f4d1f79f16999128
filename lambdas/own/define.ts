import { handlerOf } from '../lambda-handler';
import { readOwnSettings } from '../read-settings';
import { collectorFor } from './collector-for';
import { demandCollectorName } from './demand-names';
import type { OwnCollector, OwnCollectorDefinition } from './own-collector';

/**
 * Returns a collector with its Lambda handler.
 * @throws Error for a name that it may not have.
 */
export function ownCollector(definition: OwnCollectorDefinition): OwnCollector {
  const { name, push } = definition;
  demandCollectorName(name);
  return {
    ...definition,
    handler: handlerOf({
      name,
      push,
      read: readOwnSettings,
      collectorOf: (aws) => collectorFor(definition, aws),
    }),
  };
}
