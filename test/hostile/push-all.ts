import type { Group } from '../../lambdas/metrics/group';
import { registered } from '../../lambdas/metrics/registered-group';
import type { Sink } from '../../lambdas/sinks/sink';
import { callOf } from '../support/sink-call';

/** Puts or deletes all groups, eight at a time, because most of the time is waiting. */
export async function forAll(groups: readonly Group[], act: (group: Group) => Promise<void>): Promise<void> {
  const todo = [...groups];
  const work = async () => {
    for (let group = todo.pop(); group; group = todo.pop()) await act(group);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

export function putAll(sink: Sink, groups: readonly Group[]): Promise<void> {
  return forAll(groups, (group) => sink.put(registered(group), callOf(new AbortController().signal)));
}
