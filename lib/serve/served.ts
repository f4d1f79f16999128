import type { Authentication } from './authentication';
import type { HeldGroup, Snapshot } from './held-groups';
import type { Log } from './log';
import type { RuntimeMetrics } from './runtime-metrics';

/** The data that the exporter serves. */
export interface Served {
  /** Returns the groups at this moment. */
  snapshot(): Snapshot;
  /** Returns the groups of the collectors that are collected at each scrape. It never rejects. @default no group */
  collectAtScrape?(): Promise<readonly HeldGroup[]>;
  /** Returns the reason why there is nothing complete to scrape; undefined if there is. */
  notReady(): string | undefined;
  readonly runtime: RuntimeMetrics;
  readonly log: Log;
  /** @default everyone may read */
  readonly authentication?: Authentication;
}
