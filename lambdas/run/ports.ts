import type { RequestMeter } from '../aws/request-meter';
import type { Collector, RunInput } from '../collector';
import type { LedgerStore } from '../ledger/store';
import type { Profile } from '../metrics/profile';
import type { Sink } from '../sinks/sink';
import type { Deadlines } from './deadlines';

/** A run and everything that it needs. */
export interface Run extends RunInput {
  readonly name: string;
  readonly collect: Collector;
  /** At least one of them is not retired. */
  readonly sinks: readonly SuiteSink[];
  readonly meter: RequestMeter;
  readonly profile: Profile;
  /** The record of runs and groups. @default none: every run publishes, and deletes nothing */
  readonly ledger?: LedgerStore;
  /** The time at which Lambda ends the function. */
  readonly leaseUntil: Date;
  /** Runs even if a run of the same or of a later time was complete. */
  readonly replace: boolean;
  /** True if the collector pays for requests, so that the sinks are checked first. */
  readonly pays: boolean;
  /** True for any account but the function's own. */
  readonly isMember: boolean;
  /** Added to the grouping key of every group. */
  readonly deployment?: string;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

/** A sink, and how runs treat it. */
export interface SuiteSink {
  readonly sink: Sink;
  /** True if it receives no more samples, and what runs published there is deleted. */
  readonly isRetired: boolean;
  /** True if it keeps groups until they are deleted, so that the ledger records them. */
  readonly keepsGroups: boolean;
  /** True if it may hold groups that the ledger lacks, which other programs pushed, or runs whose ledger was lost. */
  readonly mayHoldMore: boolean;
}
