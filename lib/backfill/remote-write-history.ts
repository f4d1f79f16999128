import { inParallel } from '../../lambdas/in-parallel';
import { groupId } from '../../lambdas/metrics/group';
import { registered } from '../../lambdas/metrics/registered-group';
import { remoteWriteSink } from '../../lambdas/sinks/remote-write/remote-write-sink';
import type { LabelSet, SeriesMemory } from '../../lambdas/sinks/sink';
import { UserError } from '../user-error';
import type { History } from './history';

interface RemoteWriteOptions {
  readonly url: string;
  /** Secret headers that are sent with each request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Returns a history that a receiver stores. Series that vanish from one day to the next are ended as those of a daily run are.
 * Days are written one after another, and the groups of a day at the same time.
 */
export function remoteWriteHistory({ url, headers, signal }: RemoteWriteOptions): History {
  const sink = remoteWriteSink({ url, headers });
  const memories = new Map<string, SeriesMemory>();
  const memoryOf = (id: string) => {
    const memory = memories.get(id) ?? memoryOfSeries();
    memories.set(id, memory);
    return memory;
  };
  return {
    async write({ at: time, groups }) {
      await inParallel(groups, { atOnce: GROUPS_AT_ONCE }, (group) =>
        sink
          .put(registered(group), { time, signal, series: memoryOf(groupId(group)) })
          .catch((error: Error) => {
            throw new UserError(`--remote-write: ${error.message} (${time.toISOString()}); ${OLD_SAMPLES}`);
          }),
      );
    },
    end: async () => {},
    discard: async () => {},
  };
}

const GROUPS_AT_ONCE = 8;

const OLD_SAMPLES =
  'expected a receiver that accepts samples of past days: Prometheus with out_of_order_time_window, Mimir or VictoriaMetrics; --out writes a file for any Prometheus';

function memoryOfSeries(): SeriesMemory {
  let sets: readonly LabelSet[] = [];
  return {
    read: async () => sets,
    write: async (given) => {
      sets = given;
    },
  };
}
