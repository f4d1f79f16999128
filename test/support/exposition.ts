import type { Collector } from '../../lambdas/collector';
import { exposition as expositionOf } from '../../lambdas/metrics/exposition';
import type { Group } from '../../lambdas/metrics/group';
import { type RegisteredGroup, registered } from '../../lambdas/metrics/registered-group';

export const ACCOUNT = '111122223333';

/** Returns the groups that a collector would push, in the exposition format of Prometheus. */
export async function exposition(collect: Collector, scheduledTime: string): Promise<string> {
  const { groups, failures } = await collect({
    accountId: ACCOUNT,
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date(scheduledTime),
  });
  const texts = await Promise.all(groups.map(groupText));
  return [...texts, ...failures.map((failure) => `failed: ${JSON.stringify(failure)}\n`)].join('\n');
}

export function groupText(group: Group): Promise<string> {
  return registeredText(registered(group));
}

/** Returns the name of a group and its exposition. */
export async function registeredText({ job, groupingKey, registry }: RegisteredGroup): Promise<string> {
  const { chunks } = await expositionOf(registry);
  return `${JSON.stringify({ job, ...groupingKey })}
${[...chunks].join('')}`;
}
