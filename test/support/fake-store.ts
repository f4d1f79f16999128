import { type GroupName, groupId } from '../../lambdas/metrics/group';
import type { RegisteredGroup } from '../../lambdas/metrics/registered-group';
import type { Sink } from '../../lambdas/sinks/sink';

/** A store of groups that a test can break. */
export interface FakeStore {
  readonly sink: Sink;
  calls(): string[];
  /** Jobs of the DELETEs. */
  deleted(): string[];
  /** Names of the stored groups, sorted. */
  names(): string[];
  valueOf(job: string, metric: string): Promise<number | undefined>;
  /** Forgets the calls. */
  clear(): void;
  refuse(job: string): void;
  down(isDown: boolean): void;
  /** Loses everything before the next answer to `stored`. */
  loseAfterPuts(): void;
}

/** Returns a store of groups like the Pushgateway. */
export function fakeStore(id = 'store', groupingLabels: Sink['groupingLabels'] = {}): FakeStore {
  const groups = new Map<string, RegisteredGroup>();
  let calls: string[] = [];
  let refused = '';
  let isDown = false;
  let loses = false;
  const demand = ({ job }: GroupName) => {
    if (isDown) throw new Error('no answer from the gateway');
    if (job === refused) throw new Error('refused');
  };
  return {
    sink: {
      id,
      groupingLabels,
      async check() {
        if (isDown) throw new Error('no answer from the gateway');
      },
      async put(pushed) {
        demand(pushed);
        calls.push(`put ${pushed.job}`);
        groups.set(groupId(pushed), pushed);
      },
      async delete(name) {
        demand(name);
        calls.push(`delete ${name.job}`);
        groups.delete(groupId(name));
      },
      async stored() {
        if (loses) groups.clear();
        loses = false;
        return new Map([...groups.keys()].map((id) => [id, 1]));
      },
    },
    calls: () => calls,
    deleted: () => calls.flatMap((call) => (call.startsWith('delete ') ? call.slice(7) : [])),
    names: () => [...groups.values()].map(({ job, groupingKey }) => nameOf(job, groupingKey)).sort(),
    async valueOf(job, metric) {
      const { registry } = [...groups.values()].find((one) => one.job === job) ?? {};
      return (await registry?.getSingleMetric(metric)?.get())?.values[0]?.value;
    },
    clear: () => {
      calls = [];
    },
    refuse: (job) => {
      refused = job;
    },
    down: (down) => {
      isDown = down;
    },
    loseAfterPuts: () => {
      loses = true;
    },
  };
}

/** Returns the job and the values of the grouping key, in the order of the labels. */
function nameOf(job: string, key: Readonly<Record<string, string>>): string {
  const { account_id, deployment, instance, collector } = key;
  return [job, account_id, deployment, instance, collector].filter((part) => part !== undefined).join(' ');
}
