import { BLIND_AT_SINK, type SinkTurn, type Turn } from '../ledger/take-run';
import { type GroupName, withLabels } from '../metrics/group';
import type { RegisteredGroup } from '../metrics/registered-group';
import type { SeriesMemory, StoredGroups } from '../sinks/sink';
import type { Run, SuiteSink } from './ports';

/** A sink during a run: its writes have the time of the run and the memory of their group. */
export interface Target extends Omit<SuiteSink, 'sink'> {
  /** The id of the sink. */
  readonly id: string;
  /** The groups that the ledger has of the sink. */
  readonly turn: SinkTurn;
  readonly check: (signal: AbortSignal) => Promise<void>;
  readonly put: (group: RegisteredGroup, signal: AbortSignal) => Promise<void>;
  readonly delete: (group: GroupName, signal: AbortSignal, series: SeriesMemory) => Promise<void>;
  readonly stored: (signal: AbortSignal) => Promise<StoredGroups | undefined>;
  /** Labels that the sink adds to the grouping key of every group. */
  readonly labels: Readonly<Record<string, string>>;
  /** Returns a group under its name at this sink. */
  readonly named: <G extends GroupName>(group: G) => G;
}

interface Circumstances {
  readonly turn: Turn;
  /** The end of the run's collection, which all groups share at all sinks. */
  readonly time: Date;
}

/** Returns a sink of the run. */
export function targetOf(
  { deployment }: Pick<Run, 'deployment'>,
  { sink, ...treatment }: SuiteSink,
  { turn, time }: Circumstances,
): Target {
  const own = treatment.keepsGroups ? turn.at(sink.id) : BLIND_AT_SINK;
  const labels = { ...(deployment && { deployment }), ...sink.groupingLabels };
  return {
    ...treatment,
    id: sink.id,
    labels,
    turn: own,
    check: (signal) => sink.check(signal),
    put: (group, signal) => sink.put(group, { signal, time, series: own.series(group) }),
    delete: (group, signal, series) => sink.delete(group, { signal, time, series }),
    stored: (signal) => sink.stored(signal),
    named: (group) => withLabels(labels, group),
  };
}
