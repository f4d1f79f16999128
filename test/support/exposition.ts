import type { Collector } from '../../lambdas/collector';
import { exposition as expositionOf } from '../../lambdas/metrics/exposition';
import type { Group } from '../../lambdas/metrics/group';

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

export async function groupText(group: Group): Promise<string> {
  const { chunks } = await expositionOf(group);
  return `${JSON.stringify({ job: group.job, ...group.groupingKey })}
${[...chunks].join('')}`;
}
