import type { Settings } from '../../lambdas/catalog/settings';
import { demandDefinition } from '../../lambdas/own/demand-definition';
import type { OwnCollectorDefinition } from '../../lambdas/own/own-collector';
import { UserError } from '../user-error';
import { ownServedCollector, type ServedCollector, servedCollectors } from './collectors';
import type { ScrapedDefinition } from './scraped-collector';

/** The choice of collectors. */
export interface Choice {
  /** `serveSettings` reads them. */
  readonly settings: Settings;
  /** Collectors of your own. @default none */
  readonly collectors?: readonly OwnCollectorDefinition[];
  /** False runs only collectors of your own, so nothing is paid to Cost Explorer. @default true */
  readonly catalog?: boolean;
}

/** The collectors of an exporter, by the way in which they are collected. */
interface Chosen {
  readonly scheduled: readonly ServedCollector[];
  readonly scraped: readonly ScrapedDefinition[];
}

/**
 * Returns the collectors that the exporter runs.
 * @throws UserError for a collector that cannot be served, and for two of one name.
 */
export function chosenCollectors({ settings, collectors = [], catalog = true }: Choice): Chosen {
  demandUsable(collectors);
  if (collectors.length === 0 && !catalog)
    throw new UserError('serve: expected a collector of your own together with catalog: false, got none');
  const scheduled = collectors.filter((one) => !isScraped(one));
  return {
    scheduled: [
      ...(catalog ? servedCollectors(settings) : []),
      ...scheduled.map((one) => ownServedCollector(one, settings)),
    ],
    scraped: collectors.filter(isScraped),
  };
}

function isScraped(definition: OwnCollectorDefinition): definition is ScrapedDefinition {
  return definition.collectAtScrape !== undefined;
}

function demandUsable(collectors: readonly OwnCollectorDefinition[]): void {
  const names = new Set<string>();
  for (const definition of collectors) {
    try {
      demandDefinition(definition);
    } catch (error) {
      throw new UserError((error as Error).message);
    }
    const { name } = definition;
    if (names.has(name))
      throw new UserError(`own collector ${name}: expected one collector of each name, got two`);
    names.add(name);
  }
}
