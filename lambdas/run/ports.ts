import type { RequestMeter } from '../aws/request-meter';
import type { Collector, RunInput } from '../collector';
import type { LedgerStore } from '../ledger/store';
import type { Profile } from '../metrics/profile';
import type { Sink } from '../sinks/sink';
import type { Deadlines } from './deadlines';
import type { RunSink } from './run-sink';

/** A run and everything that it needs. */
export interface Run extends RunInput {
  readonly name: string;
  readonly collect: Collector;
  readonly sink: Sink;
  readonly meter: RequestMeter;
  readonly profile: Profile;
  /** The record of runs and groups. @default none: every run publishes, and deletes nothing */
  readonly ledger?: LedgerStore;
  /** The time at which Lambda ends the function. */
  readonly leaseUntil: Date;
  /** Runs even if a run of the same or of a later time was complete. */
  readonly replace: boolean;
  /** True if the collector pays for requests, so that the gateway is checked first. */
  readonly pays: boolean;
  /** True for any account but the function's own. */
  readonly isMember: boolean;
  /** Added to the grouping key of every group. */
  readonly deployment?: string;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

/** A run whose turn has begun. */
export interface Publishing extends Omit<Run, 'sink'> {
  readonly sink: RunSink;
}
