import type { HealthJob } from '../../lambdas/catalog/jobs';
import { familiesOf } from '../../lambdas/metrics/families';
import { groupId } from '../../lambdas/metrics/group';
import type { Sink } from '../../lambdas/sinks/sink';
import { changed, type HeldGroup, type HeldGroups } from './held-groups';
import type { KnownFamilies } from './known-families';

interface MemorySinkOptions {
  /** The collector of the run. */
  readonly collector: string;
  readonly held: HeldGroups;
  readonly known: KnownFamilies;
  /** Writes the held groups to the disk. */
  readonly save: () => Promise<void>;
}

/**
 * Returns the sink of one run in one account. Its groups appear together with the run's health, which comes last, so a scrape has
 * all groups of a run or none. They are on the disk before the ledger records that the run was complete.
 */
export function memorySink({ collector, held, known, save }: MemorySinkOptions): Sink {
  let changes = new Map<string, HeldGroup | undefined>();
  const commit = async () => {
    held.change(changes);
    changes = new Map();
    await save();
  };
  return {
    id: 'memory',
    groupingLabels: {},
    async check() {}, // Memory is always there.
    async put({ job, groupingKey, registry }, { signal, time }) {
      signal.throwIfAborted();
      const group = { collector, job, groupingKey, families: await familiesOf(registry), time };
      known.add({ labels: { job, ...groupingKey }, families: group.families }, 'on a schedule');
      changes.set(groupId(group), group);
      if (HEALTH.has(job)) await commit();
    },
    async delete(name, { signal }) {
      signal.throwIfAborted();
      changes.set(groupId(name), undefined);
    },
    async stored() {
      const groups = [...changed(held.current(), changes)];
      return new Map(groups.map(([id, { time }]) => [id, time.getTime() / 1000]));
    },
  };
}

const HEALTH: ReadonlySet<string> = new Set<HealthJob>(['tollgate', 'tollgate_success']);
