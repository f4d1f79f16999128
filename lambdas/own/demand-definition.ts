import { demandCollectorName } from './demand-names';
import type { OwnCollectorDefinition } from './own-collector';

/**
 * Checks the properties of a user's own collector.
 * @throws Error for a name that it may not have, hours that no day has, and a time limit that no scrape can keep.
 */
export function demandDefinition({ name, hours, collectAtScrape }: OwnCollectorDefinition): void {
  demandCollectorName(name);
  if (hours !== undefined && !(hours.length > 0 && hours.every(isHour)))
    throw new Error(
      `own collector ${name}: hours: expected hours of the day such as [6, 18], got ${JSON.stringify(hours)}`,
    );
  if (collectAtScrape && !isLimit(collectAtScrape.timeoutSeconds))
    throw new Error(
      `own collector ${name}: collectAtScrape.timeoutSeconds: expected a number above 0 and at most ${MOST_SECONDS}, got ${collectAtScrape.timeoutSeconds}`,
    );
}

/** Prometheus gives up after ten seconds by default. */
const MOST_SECONDS = 60;

function isHour(hour: number): boolean {
  return Number.isInteger(hour) && hour >= 0 && hour <= 23;
}

function isLimit(seconds: number): boolean {
  return seconds > 0 && seconds <= MOST_SECONDS;
}
