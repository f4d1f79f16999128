import { handlerOf, type LambdaHandler } from '../lambda-handler';
import { readOwnSettings } from '../read-settings';
import { collectorFor } from './collector-for';
import { demandDefinition } from './demand-definition';
import type { OwnCollector, OwnCollectorDefinition } from './own-collector';

/**
 * Returns a collector with its Lambda handler.
 * @throws Error for properties that it may not have.
 */
export function ownCollector(definition: OwnCollectorDefinition): OwnCollector {
  demandDefinition(definition);
  const { name, push, hours, collectAtScrape } = definition;
  if (collectAtScrape && !hours) return { ...definition, handler: unscheduled(name) };
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

/** Returns the handler of a collector that is collected only at scrapes. */
function unscheduled(name: string): LambdaHandler {
  return async () => {
    throw new Error(
      `own collector ${name}: expected hours beside collectAtScrape, because a function runs on a schedule and nobody scrapes it: add hours, or serve the collector with the exporter alone`,
    );
  };
}
