import type { Failure } from '../failure';
import type { RunItem } from './run-item';

/** A run's request for its turn. */
export interface TurnRequest {
  readonly scheduledTime: Date;
  readonly now: Date;
  /** Runs again, whatever the ledger has. */
  readonly replace: boolean;
}

/** The answer to a run that asks for its turn. */
export type Decision =
  | { readonly kind: 'run' }
  /** The run of this time was complete: nothing is left to do. */
  | { readonly kind: 'complete'; readonly covers: readonly string[] }
  /** The run of this time failed in a way that no retry can fix. */
  | { readonly kind: 'permanent'; readonly failures: readonly Failure[] }
  | { readonly kind: 'refused'; readonly problem: string };

/**
 * Decides whether a run may query and publish. A retry of the same scheduled time takes over from a run that failed or
 * crashed, and a later scheduled time takes over from any run.
 */
export function decide(
  previous: RunItem | undefined,
  { scheduledTime, now, replace }: TurnRequest,
): Decision {
  if (replace) return RUN;
  if (scheduledTime.getTime() > now.getTime() + MOST_AHEAD_MS)
    return refused(
      `expected a scheduledTime of at most five minutes after ${now.toISOString()}, got ${scheduledTime.toISOString()}`,
    );
  if (!previous) return RUN;
  const last = new Date(previous.scheduledTime);
  if (last > scheduledTime)
    return refused(
      `the run of ${last.toISOString()} came first, and this one of ${scheduledTime.toISOString()} would publish older numbers`,
    );
  return last < scheduledTime ? RUN : again(previous);
}

/** Tolerates clocks that differ, but not a wrong date. */
const MOST_AHEAD_MS = 5 * 60_000;

const RUN: Decision = { kind: 'run' };

function again({ outcome, covers, failures }: RunItem): Decision {
  if (outcome === 'complete') return { kind: 'complete', covers };
  return outcome === 'permanent' ? { kind: 'permanent', failures } : RUN;
}

function refused(problem: string): Decision {
  return { kind: 'refused', problem: `${problem}; add "replace": true to the event to run it anyway` };
}
