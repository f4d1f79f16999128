import type { GroupName } from '../metrics/group';
import type { RegisteredGroup } from '../metrics/registered-group';
import type { SeriesMemory, Sink, StoredGroups } from '../sinks/sink';

/** A sink during a run: its writes have the time of the run and the memory of their group. */
export interface RunSink {
  put(group: RegisteredGroup, signal: AbortSignal): Promise<void>;
  delete(group: GroupName, signal: AbortSignal): Promise<void>;
  stored(signal: AbortSignal): Promise<StoredGroups | undefined>;
}

interface Circumstances {
  /** The end of the run's collection. */
  readonly time: Date;
  readonly seriesOf: (group: GroupName) => SeriesMemory;
}

/** Returns the sink of a run. */
export function runSink(sink: Sink, { time, seriesOf }: Circumstances): RunSink {
  return {
    put: (group, signal) => sink.put(group, { signal, time, series: seriesOf(group) }),
    delete: (group, signal) => sink.delete(group, { signal, time, series: seriesOf(group) }),
    stored: (signal) => sink.stored(signal),
  };
}
