import { type Failure, isPermanent } from '../failure';
import type { RunResult, Turn } from '../ledger/take-run';
import type { Ended } from './health';
import { missedKey } from './missed-data';
import type { Run } from './ports';
import type { Target } from './target';

/** A run at its end. */
interface Ending extends Pick<Ended, 'found' | 'missed' | 'left' | 'failures'> {
  readonly targets: readonly Target[];
}

/** Returns the result of a run, for the ledger. */
export function resultOf({ suiteAccounts }: Run, turn: Turn, ending: Ending): RunResult {
  const { found, missed, failures } = ending;
  const isComplete = failures.length === 0;
  const isFinal = isPermanent(failures);
  const since = Object.fromEntries(missed.map((data) => [missedKey(data), data.since.toISOString()]));
  return {
    outcome: isComplete ? 'complete' : isFinal ? 'permanent' : 'failed',
    failures: isFinal ? failures : [],
    covers: (found.covers ?? []).filter((id) => suiteAccounts.includes(id)),
    recordedSinks: recordedSinks(turn, ending),
    // A run that failed may not have asked for the data.
    unavailableSince: isComplete ? since : { ...turn.unavailableSince, ...since },
  };
}

/** Returns the sinks of which the ledger has every group. A sink that is no longer published to stays until it is empty. */
function recordedSinks(turn: Turn, { targets, left, failures }: Ending): string[] {
  const active = targets.filter(({ isRetired, keepsGroups }) => keepsGroups && !isRetired);
  const recorded = active.filter(({ id }) => isRecorded(turn.at(id).isRecorded, failuresAt(id, failures)));
  return [...recorded.map(({ id }) => id), ...turn.recordedSinks.filter((id) => left.has(id))];
}

/** Returns the failures that affect a sink: its own, and those of no single sink. */
function failuresAt(id: string, failures: readonly Failure[]): readonly Failure[] {
  return failures.filter(({ sink }) => sink === undefined || sink === id);
}

/** A complete run records everything. Until then, and after a failure of the ledger, groups may be missing. */
function isRecorded(wasRecorded: boolean, failures: readonly Failure[]): boolean {
  return failures.length === 0 || (wasRecorded && failures.every(({ part }) => part !== 'ledger'));
}
