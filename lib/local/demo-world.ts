import type { Bill } from './bill/bill';
import type { DemoOptions } from './demo-options';
import type { DemoSettings } from './demo-settings';
import type { DigestReceiver } from './digest-receiver';
import type { LocalCloud } from './local-cloud';
import type { LocalServers } from './servers/local-servers';
import type { findPrograms } from './servers/programs';

/** The output of a demo and its interruption. */
export interface DemoPorts {
  /** Shows results. */
  readonly print: (text: string) => void;
  /** Reports progress and failures, one per line. */
  readonly progress: (line: string) => void;
  /** Interrupts the demo; everything that was started is stopped. */
  readonly signal: AbortSignal;
  /** @default findPrograms */
  readonly find?: typeof findPrograms;
}

/** `complete` when every function completed and everything could be shown. */
export type Outcome = 'complete' | 'incomplete' | 'interrupted';

/** A demo whose servers run. */
export interface DemoWorld extends DemoPorts {
  readonly options: DemoOptions;
  readonly servers: LocalServers;
  readonly receiver: DigestReceiver;
  readonly bill: Bill;
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number;
}

/** A demo whose functions can be invoked. */
export interface Demo extends DemoWorld {
  readonly cloud: LocalCloud;
  readonly settings: DemoSettings;
}
