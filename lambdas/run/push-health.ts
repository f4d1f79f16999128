import { atSink, attempt, type Failure } from '../failure';
import type { Group } from '../metrics/group';
import { registered } from '../metrics/registered-group';
import { type Ended, healthGroup, successGroup } from './health';
import type { Run } from './ports';
import type { Target } from './target';

/**
 * Pushes the health of a run to every sink. The success goes to those that received everything, so its age is the age of what
 * each sink has.
 */
export async function pushHealth(
  run: Run,
  targets: readonly Target[],
  ended: Ended,
): Promise<readonly Failure[]> {
  const health = healthGroup(run, ended);
  const active = targets.filter(({ isRetired }) => !isRetired);
  const failures = await Promise.all(
    active.map(async (target) => {
      const unhealthy = await push(run, target, health);
      if (ended.failures.some(({ sink }) => sink === undefined || sink === target.id)) return unhealthy;
      return unhealthy.length > 0 ? unhealthy : push(run, target, successGroup(run, ended.found));
    }),
  );
  return failures.flat();
}

async function push({ deadlines }: Run, target: Target, group: Group): Promise<readonly Failure[]> {
  const named = registered(target.named(group));
  const { failures } = await attempt('health', () => target.put(named, deadlines.health), group.job);
  return atSink(target.id, failures);
}
