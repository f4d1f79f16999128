import { inParallel } from '../../lambdas/in-parallel';
import { type GroupName, groupId } from '../../lambdas/metrics/group';
import { registered } from '../../lambdas/metrics/registered-group';
import type { LabelSet, SeriesMemory, Sink } from '../../lambdas/sinks/sink';
import { UserError } from '../user-error';
import type { History } from './history';

/**
 * Returns a history that a receiver stores. Series and groups that vanish from one run to the next are ended as those of a daily
 * run are. Runs are written one after another, and the groups of a run at the same time.
 */
export function remoteWriteHistory(sink: Pick<Sink, 'put' | 'delete'>, signal: AbortSignal): History {
  const memories = new Map<string, SeriesMemory>();
  const memoryOf = (id: string) => {
    const memory = memories.get(id) ?? memoryOfSeries();
    memories.set(id, memory);
    return memory;
  };
  /** The groups of the last run of each collector and account. */
  const written = new Map<string, readonly GroupName[]>();
  return {
    async write({ of, at: time, groups }) {
      const call = (name: GroupName) => ({ time, signal, series: memoryOf(groupId(name)) });
      const current = new Set(groups.map(groupId));
      const gone = (written.get(of) ?? []).filter((name) => !current.has(groupId(name)));
      const writes = [
        ...groups.map((group) => () => sink.put(registered(group), call(group))),
        ...gone.map((name) => () => sink.delete(name, call(name))),
      ];
      written.set(of, groups.map(nameOf));
      await inParallel(writes, { atOnce: GROUPS_AT_ONCE }, (write) =>
        write().catch((error: Error) => {
          throw new UserError(`--remote-write: ${error.message} (${time.toISOString()}); ${OLD_SAMPLES}`);
        }),
      );
    },
    end: async () => {},
    discard: async () => {},
  };
}

/** Returns the name alone, so that the samples of a past run can be released. */
function nameOf({ job, groupingKey }: GroupName): GroupName {
  return { job, groupingKey };
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
