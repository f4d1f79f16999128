import type { Unavailable } from '../collector';
import type { GroupName } from '../metrics/group';
import { belongsTo } from './vanished';

/** Data that could not be read, and the first run that could not read it. */
export interface Missed extends Pick<Unavailable, 'part' | 'region'> {
  readonly since: Date;
}

interface Known {
  readonly scheduledTime: Date;
  /** Groups that earlier runs published. */
  readonly owned: readonly GroupName[];
  /** The times of earlier runs, by `missedKey`. */
  readonly unavailableSince: Readonly<Record<string, string>>;
}

/**
 * Returns the data that should be there and was not available. Data of one Region is always expected; other data only if it was
 * published before, because an account may never have had it.
 */
export function missedData(
  unavailable: readonly Unavailable[],
  { scheduledTime, owned, unavailableSince }: Known,
): Missed[] {
  const expected = unavailable.filter(
    (data) => data.region !== undefined || owned.some((name) => belongsTo(name, data)),
  );
  return expected.map(({ part, region }) => {
    const since = unavailableSince[missedKey({ part, region })];
    return { part, ...(region !== undefined && { region }), since: since ? new Date(since) : scheduledTime };
  });
}

/** Returns the key of missed data in the ledger. */
export function missedKey({ part, region }: Pick<Unavailable, 'part' | 'region'>): string {
  return region === undefined ? part : `${part} ${region}`;
}
