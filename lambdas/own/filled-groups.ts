import Registry from 'prom-client/lib/registry';
import { type Failure, failure } from '../failure';
import { inParallel } from '../in-parallel';
import { type GroupName, groupId } from '../metrics/group';
import type { RegisteredGroup } from '../metrics/registered-group';
import { demandMetrics, type FilledMetric } from './demand-metrics';
import { demandGroupingKey, demandJob } from './demand-names';
import type { OwnGroup } from './own-collector';
import { untilAborted } from './until-aborted';

/** The groups of a user's own collector after its functions have run. */
interface FilledGroups {
  readonly groups: readonly RegisteredGroup[];
  /** One failure for each group that could not be filled. */
  readonly failures: readonly Failure[];
}

/** The collector and the account of the groups. */
interface Owner {
  readonly name: string;
  readonly accountId: string;
  /** Ends the wait for a group that is not filled in time. */
  readonly signal: AbortSignal;
}

/** Fills every group. A group that fails does not stop the others. */
export async function filledGroups(owner: Owner, groups: readonly OwnGroup[]): Promise<FilledGroups> {
  if (!Array.isArray(groups))
    throw new Error(`collect: expected an array of groups, got a value of type ${typeof groups}`);
  const seen = new Set<string>();
  const outcomes = await inParallel(groups, { atOnce: GROUPS_AT_ONCE }, async (group) => {
    try {
      const name = named(owner, group, seen);
      return { group: await untilAborted(owner.signal, () => filled(name, group)) };
    } catch (error) {
      return { failure: failure('group', error, String(group.job ?? owner.name)) };
    }
  });
  return {
    groups: outcomes.flatMap(({ group }) => group ?? []),
    failures: outcomes.flatMap(({ failure }) => failure ?? []),
  };
}

/** Filling a group may send requests. */
const GROUPS_AT_ONCE = 8;

/** @throws Error for a name that the group may not have, and for a name that an earlier group has. */
function named({ name, accountId }: Owner, group: OwnGroup, seen: Set<string>): GroupName {
  const { job = name, groupingKey = {} } = group;
  demandJob(job);
  demandGroupingKey(groupingKey);
  const full = { job, groupingKey: { account_id: accountId, ...groupingKey } };
  const id = groupId(full);
  if (seen.has(id)) throw new Error(`expected one group of each name, got two of ${id}`);
  seen.add(id);
  return full;
}

async function filled(name: GroupName, { fill }: OwnGroup): Promise<RegisteredGroup> {
  const registry = new Registry();
  await fill(registry);
  const metrics = (await registry.getMetricsAsJSON()) as unknown as readonly FilledMetric[];
  demandMetrics(name, metrics);
  return { ...name, registry: snapshot(metrics), size: seriesIn(metrics) };
}

/**
 * Returns a registry whose values never change. A user's metric may have a function `collect`, which would give each sink
 * other numbers.
 */
function snapshot(metrics: readonly FilledMetric[]): Registry {
  const registry = new Registry();
  for (const metric of metrics) {
    const held = { ...metric, get: async () => ({ ...metric, name: held.name }) };
    registry.registerMetric(held as never);
  }
  return registry;
}

function seriesIn(metrics: readonly FilledMetric[]): number {
  return metrics.reduce((sum, { values }) => sum + values.length, 0);
}
